import type {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  ChannelType,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
  SeparatorSpacingSize,
  TextInputStyle,
} from "discord-api-types/v10";

/*
 * Numbers of Discord's API that the page uses. The browser loads the page's modules without a build, so they can import only
 * types from discord-api-types. These types ensure that the numbers are right.
 */

export const messageFlag: {
  ephemeral: MessageFlags.Ephemeral;
  loading: MessageFlags.Loading;
  componentsV2: MessageFlags.IsComponentsV2;
} = { ephemeral: 64, loading: 128, componentsV2: 32_768 };

export const messageType: {
  recipientAdd: MessageType.RecipientAdd;
  recipientRemove: MessageType.RecipientRemove;
  channelNameChange: MessageType.ChannelNameChange;
  channelPinnedMessage: MessageType.ChannelPinnedMessage;
  threadCreated: MessageType.ThreadCreated;
  reply: MessageType.Reply;
  threadStarterMessage: MessageType.ThreadStarterMessage;
  contextMenuCommand: MessageType.ContextMenuCommand;
} = {
  recipientAdd: 1,
  recipientRemove: 2,
  channelNameChange: 4,
  channelPinnedMessage: 6,
  threadCreated: 18,
  reply: 19,
  threadStarterMessage: 21,
  contextMenuCommand: 23,
};

export const commandType: {
  chatInput: ApplicationCommandType.ChatInput;
  user: ApplicationCommandType.User;
  message: ApplicationCommandType.Message;
} = { chatInput: 1, user: 2, message: 3 };

export const interactionType: {
  command: InteractionType.ApplicationCommand;
  component: InteractionType.MessageComponent;
  autocomplete: InteractionType.ApplicationCommandAutocomplete;
  modalSubmit: InteractionType.ModalSubmit;
} = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 };

export const interactionCallback: { modal: InteractionResponseType.Modal } = { modal: 9 };

export const optionType: {
  subcommand: ApplicationCommandOptionType.Subcommand;
  subcommandGroup: ApplicationCommandOptionType.SubcommandGroup;
  string: ApplicationCommandOptionType.String;
  integer: ApplicationCommandOptionType.Integer;
  boolean: ApplicationCommandOptionType.Boolean;
  user: ApplicationCommandOptionType.User;
  channel: ApplicationCommandOptionType.Channel;
  role: ApplicationCommandOptionType.Role;
  mentionable: ApplicationCommandOptionType.Mentionable;
  number: ApplicationCommandOptionType.Number;
  attachment: ApplicationCommandOptionType.Attachment;
} = {
  subcommand: 1,
  subcommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

export const componentType: {
  actionRow: ComponentType.ActionRow;
  button: ComponentType.Button;
  stringSelect: ComponentType.StringSelect;
  userSelect: ComponentType.UserSelect;
  roleSelect: ComponentType.RoleSelect;
  mentionableSelect: ComponentType.MentionableSelect;
  channelSelect: ComponentType.ChannelSelect;
  section: ComponentType.Section;
  textDisplay: ComponentType.TextDisplay;
  thumbnail: ComponentType.Thumbnail;
  mediaGallery: ComponentType.MediaGallery;
  file: ComponentType.File;
  separator: ComponentType.Separator;
  container: ComponentType.Container;
  textInput: ComponentType.TextInput;
  label: ComponentType.Label;
  fileUpload: ComponentType.FileUpload;
  radioGroup: ComponentType.RadioGroup;
  checkboxGroup: ComponentType.CheckboxGroup;
  checkbox: ComponentType.Checkbox;
} = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  textInput: 4,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
};

export const channelType: {
  guildText: ChannelType.GuildText;
  dm: ChannelType.DM;
  guildCategory: ChannelType.GuildCategory;
  privateThread: ChannelType.PrivateThread;
  guildForum: ChannelType.GuildForum;
} = { guildText: 0, dm: 1, guildCategory: 4, privateThread: 12, guildForum: 15 };

/** @see https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
export const permission = {
  addReactions: 1n << 6n,
  sendMessages: 1n << 11n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendMessagesInThreads: 1n << 38n,
  pinMessages: 1n << 51n,
} as const;

export const buttonStyle: {
  primary: ButtonStyle.Primary;
  secondary: ButtonStyle.Secondary;
  success: ButtonStyle.Success;
  danger: ButtonStyle.Danger;
} = { primary: 1, secondary: 2, success: 3, danger: 4 };

export const textInputStyle: { short: TextInputStyle.Short; paragraph: TextInputStyle.Paragraph } = {
  short: 1,
  paragraph: 2,
};

export const separatorSpacing: { large: SeparatorSpacingSize.Large } = { large: 2 };

/** Time in which a bot can answer a deferred interaction. */
export const TOKEN_LIFETIME_MS = 15 * 60_000;
