import pLimit from "p-limit";
import { listAll, type ObjectStore } from "../object-store/object-store.ts";
import type { People } from "./people.ts";
import { definitionKey, type ProjectIndex } from "./project-index.ts";
import { projectPrefix } from "./project.ts";

const DELETE_CONCURRENCY = 8;

interface Parts {
  index: Pick<ProjectIndex, "close">;
  people: Pick<People, "forgetProject">;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Waits until every worker knows that the project is closed. @param closedAt milliseconds since 1970 */
  settle: (closedAt: number) => Promise<void>;
}

/**
 * Deletes a project with all its objects and markers for good. If it is interrupted, it can be repeated. The pointer of the channel
 * stays (docs/design/projects.md, P5).
 * @param store the whole store
 */
export async function deleteProject(
  store: ObjectStore,
  id: string,
  { index, people, now, settle }: Parts,
): Promise<void> {
  // A damaged definition cannot be closed, but nobody can open it either.
  const closed = await index.close(id, now()).catch(() => undefined);
  await settle(closed?.closedAt === undefined ? now() : Date.parse(closed.closedAt));
  const definition = definitionKey(id);
  const rest = async (): Promise<string[]> =>
    (await listAll(store, projectPrefix(id))).map(({ key }) => key).filter((key) => key !== definition);
  for (let keys = await rest(); keys.length > 0; keys = await rest())
    await pLimit(DELETE_CONCURRENCY).map(keys, (key) => store.delete(key));
  await people.forgetProject(id);
  // The definition comes last (P7).
  await store.delete(definition);
}
