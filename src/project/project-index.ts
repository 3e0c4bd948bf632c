import { z } from "zod";
import { objectChanger, type ChangeOptions } from "../append-log/change-object.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { isSnowflake, snowflake, snowflakeTime } from "../platform/snowflake.ts";
import {
  decodeDefinition,
  decodeJson,
  encodeDefinition,
  type ProjectDefinition,
  type ProjectSettings,
} from "./definition.ts";
import { PROJECTS_PREFIX, projectPrefix } from "./project.ts";

const JSON_TYPE = "application/json";
const CHANNELS_PREFIX = `${PROJECTS_PREFIX}channels/`;

const pointer = z.strictObject({
  /** Id of the project that the channel has, or had. */
  project: snowflake,
  /** Number of times the pointer was written (P4). */
  revision: z.int().min(1),
});

/** A project's definition and its id. */
export interface IdentifiedProject {
  id: string;
  definition: ProjectDefinition;
}

/** The definition of a new project, without what the index adds. */
export type NewProject = Omit<ProjectDefinition, "version" | "createdAt" | "closedAt">;

/**
 * The definitions of all projects but the built-in one, and which channel has which project. docs/design/projects.md has the rules P1
 * to P8.
 */
export interface ProjectIndex {
  /**
   * Creates a project for a channel that has no open one. Of several calls for one channel, one wins. A repeated call with one id
   * changes nothing and gives the project as it is now, even if it has been moved or closed since.
   * @param id of the interaction that creates it
   * @returns the project with this id, or the channel's open project, whose id differs
   */
  create(id: string, project: NewProject): Promise<IdentifiedProject>;
  /** Ids of all projects, open or not, in ascending order of texts. Each one is listed when it is asked for. */
  ids(): AsyncGenerator<string>;
  /** @returns undefined if there is no such project. @throws Error if the definition cannot be read */
  read(id: string): Promise<ProjectDefinition | undefined>;
  /**
   * Finds the open project of a channel.
   * @returns "closed" if the channel's project is closed, moved or deleted; undefined if it never had one
   */
  readChannel(channel: string): Promise<IdentifiedProject | "closed" | undefined>;
  /**
   * Changes settings while others may change them too.
   * @param change gets the current definition, perhaps repeatedly; if it returns undefined, nothing is written
   * @returns the definition afterwards; undefined if there is no such project
   */
  change(
    id: string,
    change: (current: ProjectDefinition) => Partial<ProjectSettings> | undefined,
  ): Promise<ProjectDefinition | undefined>;
  /** Closes a project for good. @param at milliseconds since 1970. @returns like `change` */
  close(id: string, at: number): Promise<ProjectDefinition | undefined>;
  /**
   * Moves an open project to another channel. The old channel is closed afterwards (P5).
   * @returns the project, or the other channel's open project if that has one; undefined if there is no such project
   * @throws Error if the project is closed
   */
  move(id: string, to: Pick<ProjectDefinition, "channel" | "guild">): Promise<IdentifiedProject | undefined>;
}

/** @param store the whole store */
export function projectIndex(store: ObjectStore, options: ChangeOptions): ProjectIndex {
  const changeObject = objectChanger(store, options);

  const read = (id: string): Promise<ProjectDefinition | undefined> => readDefinition(store, id);

  /** @param to gets undefined if there is no definition; if it returns undefined, nothing is written */
  async function changeDefinition(
    id: string,
    to: (current: ProjectDefinition | undefined) => ProjectDefinition | undefined,
  ): Promise<ProjectDefinition | undefined> {
    const key = definitionKey(id);
    let outcome: { definition: ProjectDefinition | undefined } | { error: unknown } | undefined;
    await changeObject(key, JSON_TYPE, (body) => {
      try {
        const current = body && decodeDefinition(body, key);
        const changed = to(current);
        outcome = { definition: changed ?? current };
        return changed && encodeDefinition(changed);
      } catch (error) {
        // Thrown below, because a retry would not help.
        outcome = { error };
        return undefined;
      }
    });
    if (outcome !== undefined && "error" in outcome) throw outcome.error;
    return outcome?.definition;
  }

  async function readPointer(channel: string) {
    const key = pointerKey(channel);
    const found = await store.get(key);
    return found && { ...decodeJson(pointer, found.body, key), body: found.body };
  }

  /** Reads a project that the channel's pointer names, if it is open there (P1). */
  async function readOpen(id: string, channel: string): Promise<IdentifiedProject | undefined> {
    const definition = await read(id);
    const isOpen = definition?.channel === channel && definition.closedAt === undefined;
    return isOpen ? { id, definition } : undefined;
  }

  /**
   * Points a channel to a project whose definition already names the channel (P2), unless another project is open there (P3).
   * @param again whether to write a new revision if the pointer names the project already (P4)
   * @returns the channel's open project, if that is another one
   */
  async function claim(
    channel: string,
    id: string,
    { again }: { again: boolean },
  ): Promise<IdentifiedProject | undefined> {
    const key = pointerKey(channel);
    for (let written = !again; ; written = true) {
      const before = await readPointer(channel);
      if (before?.project === id && written) return undefined;
      const holder = before && before.project !== id && (await readOpen(before.project, channel));
      if (holder) return holder;
      const next = { project: id, revision: (before?.revision ?? 0) + 1 };
      await changeObject(key, JSON_TYPE, (body) =>
        body?.toString() === before?.body.toString() ? Buffer.from(JSON.stringify(next)) : undefined,
      );
    }
  }

  /** Removes the definition of a project whose channel has got another one, unless the project has been in use. */
  async function withdraw(id: string): Promise<void> {
    const objects = await store.list(projectPrefix(id), { limit: 2 });
    if (objects.every(({ key }) => key === definitionKey(id))) await store.delete(definitionKey(id));
  }

  return {
    read,

    async *ids() {
      let after = PROJECTS_PREFIX;
      for (;;) {
        const [next] = await store.list(PROJECTS_PREFIX, { startAfter: after, limit: 1 });
        if (next === undefined) return;
        const [id = ""] = next.key.slice(PROJECTS_PREFIX.length).split("/");
        if (isSnowflake(id)) yield id;
        // Sorts after everything below the project's folder, and before all that follows.
        after = `${PROJECTS_PREFIX}${id}0`;
      }
    },

    async create(id, project) {
      const createdAt = snowflakeTime(id).toISOString();
      const definition =
        (await changeDefinition(id, (current) =>
          current === undefined ? { version: 1, ...project, createdAt } : undefined,
        )) ?? missing(id);
      if (definition.closedAt !== undefined) return { id, definition };
      const holder = await claim(definition.channel, id, { again: false });
      if (holder === undefined) return { id, definition };
      await withdraw(id);
      return holder;
    },

    async readChannel(channel) {
      const found = await readPointer(channel);
      return found && ((await readOpen(found.project, channel)) ?? "closed");
    },

    change: (id, change) =>
      changeDefinition(id, (current) => {
        const changes = current && change(current);
        return current && changes && { ...current, ...changes };
      }),

    close: (id, at) =>
      changeDefinition(id, (current) =>
        current && current.closedAt === undefined
          ? { ...current, closedAt: new Date(at).toISOString() }
          : undefined,
      ),

    async move(id, { channel, guild }) {
      const before = await read(id);
      if (before === undefined) return undefined;
      const setChannel = (to: Pick<ProjectDefinition, "channel" | "guild">) =>
        changeDefinition(id, (current) => {
          if (current?.closedAt !== undefined) throw new Error(`project ${id} is closed and cannot be moved`);
          return current && { ...current, channel: to.channel, guild: to.guild };
        });
      // The definition comes first (P2).
      const definition = await setChannel({ channel, guild });
      const holder = definition && (await claim(channel, id, { again: true }));
      if (holder === undefined) return definition && { id, definition };
      await setChannel(before);
      await claim(before.channel, id, { again: true });
      return holder;
    },
  };
}

/** Reads the definition of a project, as `ProjectIndex` does. @param store the whole store */
export async function readDefinition(store: ObjectStore, id: string): Promise<ProjectDefinition | undefined> {
  const key = definitionKey(id);
  const found = await store.get(key);
  return found && decodeDefinition(found.body, key);
}

/** The key of a project's definition. */
export function definitionKey(id: string): string {
  return `${projectPrefix(id)}project.json`;
}

function pointerKey(channel: string): string {
  return CHANNELS_PREFIX + channel;
}

function missing(id: string): never {
  throw new Error(`the definition of project ${id} was removed while it was being created`);
}
