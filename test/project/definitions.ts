import { DEFAULT_SETTLE_AT } from "../../src/labeling/settle-thresholds.ts";
import { encodeDefinition } from "../../src/project/definition.ts";
import type { NewProject } from "../../src/project/project-index.ts";

/** The definition of a project for a channel. */
export function newProject(channel: string, changes: Partial<NewProject> = {}): NewProject {
  return {
    channel,
    guild: "9",
    question: "Cat, dog or neither?",
    labels: ["🐱 Cat", "🐶 Dog", "Neither"],
    offersUnsure: true,
    settleAt: DEFAULT_SETTLE_AT,
    uploads: "everyone",
    name: `channel-${channel}`,
    ...changes,
  };
}

/** The object in which the definition of a project is stored. */
export function storedDefinition(channel: string, { closedAt }: { closedAt?: string } = {}): Buffer {
  const createdAt = "2026-11-29T12:00:00.000Z";
  return encodeDefinition({ version: 1, ...newProject(channel), createdAt, ...(closedAt && { closedAt }) });
}
