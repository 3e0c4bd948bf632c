import { createInterface } from "node:readline";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { printable } from "../../platform/safe-text.ts";
import { deleteProject } from "../../project/delete-project.ts";
import { findListed } from "../../project/list-projects.ts";
import { people } from "../../project/people.ts";
import type { ProjectIndex } from "../../project/project-index.ts";
import { missingProject } from "../find-project.ts";
import type { Output } from "../progress-bar.ts";
import { contentsOf } from "./describe-project.ts";

/** This command does not talk to Discord. */
const WAITING_NOTE =
  "Images wait for approval, and the answers to their senders will still say so, until somebody presses Take back there. To tell the senders, use /project close in the channel first.\n";

/** What a command about projects works with. */
export interface ProjectsHost {
  store: ObjectStore;
  stdin: NodeJS.ReadableStream;
  out: Output;
  err: Output;
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
  /** Waits until every worker knows that a project is closed. @param closedAt milliseconds since 1970 */
  settle: (closedAt: number) => Promise<void>;
}

/**
 * Deletes a project for good, after asking for its id.
 * @returns the exit code
 * @throws StartError when there is no such project
 */
export async function removeProject(
  { id, yes }: { id: string; yes: boolean },
  index: ProjectIndex,
  { store, stdin, out, now, settle }: ProjectsHost,
): Promise<number> {
  const project = await findListed(store, index, id);
  if (project === undefined) throw missingProject(id);
  const { definition } = project;
  const name =
    definition === undefined ? "" : ` of #${definition.name}, ${JSON.stringify(definition.question)}`;
  const contents = contentsOf(project).join(", ");
  if (project.waiting > 0) out.write(WAITING_NOTE);
  if (!yes) {
    out.write(`${printable(`This deletes project ${id}${name} for good: ${contents}.`)}\n`);
    out.write("Type its id to delete it: ");
    if ((await readLine(stdin)) !== id) {
      out.write("Nothing was deleted.\n");
      return 1;
    }
  }
  await deleteProject(store, id, { index, people: people(store), now, settle });
  out.write(`Project ${id} was deleted: ${contents}.\n`);
  return 0;
}

/** Reads one line; undefined at the end of the input. */
async function readLine(input: NodeJS.ReadableStream): Promise<string | undefined> {
  // Not as a terminal, whose mode would keep Ctrl+C from ending the process.
  for await (const line of createInterface({ input, terminal: false })) return line.trim();
  return undefined;
}
