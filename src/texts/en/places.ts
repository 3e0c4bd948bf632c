/** Why something is not done in a place. */
export const place = {
  closed:
    "This channel’s project is closed, or has moved to another channel, so nothing was done. Members who can manage the server can start a new one here with `/project create`.",
  unknown:
    "Discord did not say which channel this is, so nothing was done. Try again in a channel that I can see.",
  elsewhere:
    "This belongs to a project of another channel, so nothing was done. It works only there, while that project is open.",
  none: "This channel has no project yet, so people label hot dogs here. Members who can manage the server can create a project with `/project create`.",
  privateThread:
    "Images cannot be added from a private thread, so nothing was saved. Send them in the channel instead.",
  ageRestricted:
    "Images from an age-restricted channel are not shown to everyone, so nothing was saved. Make this channel a project first: `/project create`.",
  createInThread: "Use `/project create` in the channel itself, where everyone can see the new project.",
};

/** What only some members may do in a channel’s project. */
export const projectRights = {
  upload:
    "Only members who can manage messages here can add images to this channel’s project, so nothing was saved.",
  moderate: "Only members who can manage messages here can do this in this channel’s project.",
};
