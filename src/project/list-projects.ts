import pLimit from "p-limit";
import { IMAGE_NAME } from "../labeling/images.ts";
import { MAX_LABELS } from "../labeling/question.ts";
import { listAll, type ListedObject, type ObjectStore } from "../object-store/object-store.ts";
import { isSnowflake } from "../platform/snowflake.ts";
import type { ProjectDefinition } from "./definition.ts";
import type { ProjectIndex } from "./project-index.ts";
import { projectData, projectPrefix, PROJECTS_PREFIX } from "./project.ts";

/** Maximum number of projects that are read at a time. */
const READ_CONCURRENCY = 8;
/** A question with all possible labels, to count the answers to any question. */
const ANY_QUESTION = { labels: Array.from({ length: MAX_LABELS }, (_, label) => String(label)) };

/**
 * - "open": people can use it in its channel.
 * - "closed": somebody has closed it for good.
 * - "detached": its channel has another project, after a move that failed.
 * - "damaged": its definition cannot be read.
 * - "incomplete": it has no definition, after an interrupted deletion.
 */
type ProjectState = "open" | "closed" | "detached" | "damaged" | "incomplete";

/** A project as the operator sees it. */
export interface ListedProject {
  id: string;
  state: ProjectState;
  /** Undefined if it is damaged or missing. */
  definition: ProjectDefinition | undefined;
  images: number;
  /** Number of images that wait for approval. */
  waiting: number;
  /** Number of all answers, including those changed later. */
  answers: number;
  /** Number of people who gave these answers. */
  people: number;
  /** Size of all its objects. */
  bytes: number;
}

/** Lists all projects but the built-in one in order of creation. Reads all their label files. @param store the whole store */
export async function listProjects(store: ObjectStore, index: ProjectIndex): Promise<ListedProject[]> {
  const objects = await listAll(store, PROJECTS_PREFIX);
  const byProject = Map.groupBy(objects, ({ key }) => key.split("/")[1] ?? "");
  const ids = [...byProject.keys()].filter(isSnowflake);
  const projects = await pLimit(READ_CONCURRENCY).map(ids, (id) =>
    describe(store, index, id, byProject.get(id) ?? []),
  );
  return projects.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** Finds one project as `listProjects` does. @returns undefined if the store has no project with this id */
export async function findListed(
  store: ObjectStore,
  index: ProjectIndex,
  id: string,
): Promise<ListedProject | undefined> {
  const objects = await listAll(store, projectPrefix(id));
  return objects.length === 0 ? undefined : describe(store, index, id, objects);
}

/** @param objects all objects of the project */
async function describe(
  store: ObjectStore,
  index: ProjectIndex,
  id: string,
  objects: readonly ListedObject[],
): Promise<ListedProject> {
  const inFolder = (folder: string): ListedObject[] =>
    objects.filter(({ key }) => key.startsWith(projectPrefix(id) + folder));
  return {
    id,
    ...(await stateOf(id, index)),
    ...(await countIn(store, id)),
    images: inFolder("images/").length,
    waiting: inFolder("pending/").filter(({ key }) => IMAGE_NAME.test(key.split("/").at(-1) ?? "")).length,
    bytes: objects.reduce((sum, { size }) => sum + size, 0),
  };
}

async function stateOf(
  id: string,
  index: ProjectIndex,
): Promise<Pick<ListedProject, "state" | "definition">> {
  try {
    const definition = await index.read(id);
    if (definition === undefined) return { state: "incomplete", definition };
    if (definition.closedAt !== undefined) return { state: "closed", definition };
    const holder = await index.readChannel(definition.channel);
    return { state: typeof holder === "object" && holder.id === id ? "open" : "detached", definition };
  } catch {
    return { state: "damaged", definition: undefined };
  }
}

async function countIn(store: ObjectStore, id: string): Promise<Pick<ListedProject, "answers" | "people">> {
  const labelers = new Set<string>();
  let answers = 0;
  const { batches } = await projectData(store, projectPrefix(id)).readLabels(ANY_QUESTION);
  for await (const { rows } of batches) {
    answers += rows.length;
    for (const { labeler } of rows) labelers.add(labeler);
  }
  return { answers, people: labelers.size };
}
