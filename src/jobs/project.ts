import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage, type RateLimit } from "./declaration.ts";
import { projectForm } from "./project-form.ts";
import { attachedFile, interaction, MAX_FILES } from "./references.ts";
import { UPLOAD_SLOT } from "./upload.ts";

const CREATION_LIMIT: RateLimit = { points: 10, per: "hour", counts: "times" };
/** One limit for all other jobs about the project of a channel. */
const LIMIT: RateLimit = { points: 10, per: "minute", counts: "times" };

const createProject = z.object({
  kind: z.literal("create-project"),
  interaction,
  form: projectForm,
  /** The first images. */
  files: z.array(attachedFile).max(MAX_FILES),
});
export type CreateProjectJob = z.infer<typeof createProject>;

/** Makes the channel a project with this interaction's id, adds the first images, and announces it in the channel. */
export const CREATE_PROJECT_JOB = interactionJob(createProject, { limit: CREATION_LIMIT, slot: UPLOAD_SLOT });

const projectInfo = z.object({ kind: z.literal("project-info"), interaction });
export type ProjectInfoJob = z.infer<typeof projectInfo>;

/** Tells a person what the channel's project is, privately. */
export const PROJECT_INFO_JOB = interactionJob(projectInfo, { limit: LIMIT, isPrivate: true });

const projectSettings = z.object({ kind: z.literal("project-settings"), interaction });
export type ProjectSettingsJob = z.infer<typeof projectSettings>;

/** Shows the settings of the channel's project, privately, with a button that opens the modal to change them. */
export const PROJECT_SETTINGS_JOB = interactionJob(projectSettings, { limit: LIMIT, isPrivate: true });

const editProject = z.object({
  kind: z.literal("edit-project"),
  interaction,
  /** The project whose settings the modal was opened from. */
  project: snowflake,
  form: projectForm,
  /** The private message whose button opened the modal, which shows the result. */
  messageId: snowflake,
});
export type EditProjectJob = z.infer<typeof editProject>;

/** Changes the settings of a project. */
export const EDIT_PROJECT_JOB = interactionJob(editProject, {
  limit: LIMIT,
  recipient: pressedMessage,
});

const offerClosing = z.object({ kind: z.literal("offer-closing"), interaction });
export type OfferClosingJob = z.infer<typeof offerClosing>;

/** Asks privately whether to close the channel's project, with buttons that export its labels and that close it. */
export const OFFER_CLOSING_JOB = interactionJob(offerClosing, { limit: LIMIT, isPrivate: true });

const closeProject = z.object({ kind: z.literal("close-project"), interaction, project: snowflake });
export type CloseProjectJob = z.infer<typeof closeProject>;

/** Closes a project. The private message with the pressed button shows the result. */
export const CLOSE_PROJECT_JOB = interactionJob(closeProject, { limit: LIMIT, isPrivate: true });
