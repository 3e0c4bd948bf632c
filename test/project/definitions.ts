import type { NewProject } from "../../src/project/project-index.ts";

/** The definition of a project for a channel. */
export function newProject(channel: string, changes: Partial<NewProject> = {}): NewProject {
  return {
    channel,
    guild: "9",
    question: "Cat, dog or neither?",
    labels: ["🐱 Cat", "🐶 Dog", "Neither"],
    offersUnsure: true,
    uploads: "everyone",
    name: `channel-${channel}`,
    ...changes,
  };
}
