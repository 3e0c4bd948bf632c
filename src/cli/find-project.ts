import { HOTDOG_QUESTION, type Question } from "../labeling/question.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { isSnowflake } from "../platform/snowflake.ts";
import { StartError } from "../platform/start-error.ts";
import { questionOf, type ProjectDefinition } from "../project/definition.ts";
import { readDefinition } from "../project/project-index.ts";
import { projectPrefix } from "../project/project.ts";
import { UsageError } from "./run-command.ts";

/** Checks the value of `--project`. @throws UsageError */
export function parseProject(id: string | undefined): string | undefined {
  if (id !== undefined && !isSnowflake(id))
    throw new UsageError("--project needs the id of a project, as npm run projects -- list prints it.");
  return id;
}

/**
 * Finds the project that `--project` names, by default the built-in one.
 * @param hotdogsSettleAt the probability of its label from which an image of the built-in project is settled
 * @throws StartError when there is no such project
 */
export async function findProject(
  store: ObjectStore,
  id: string | undefined,
  hotdogsSettleAt: number,
): Promise<{ prefix: string; question: Question }> {
  if (id === undefined)
    return { prefix: projectPrefix(null), question: { ...HOTDOG_QUESTION, settleAt: hotdogsSettleAt } };
  return { prefix: projectPrefix(id), question: questionOf(await findDefinition(store, id)) };
}

/**
 * Finds the prefix of the project that `--project` names, by default of the built-in one, to add images to it.
 * @throws StartError when there is no such project, or it is closed, because nobody could label the images
 */
export async function findOpenProject(store: ObjectStore, id: string | undefined): Promise<string> {
  if (id === undefined) return projectPrefix(null);
  const { closedAt } = await findDefinition(store, id);
  if (closedAt === undefined) return projectPrefix(id);
  throw new StartError(
    `Project ${id} is closed, so nobody could label these images. npm run projects -- list shows which are open.`,
  );
}

/** Finds the definition of a project. @throws StartError when there is no such project */
export async function findDefinition(store: ObjectStore, id: string): Promise<ProjectDefinition> {
  const definition = await readDefinition(store, id);
  if (definition === undefined) throw missingProject(id);
  return definition;
}

/** The error about an id that no project has. */
export function missingProject(id: string): StartError {
  return new StartError(`There is no project ${id}. npm run projects -- list shows all.`);
}
