import pLimit from "p-limit";
import type { ChangeOptions } from "../append-log/change-object.ts";
import { headerLine } from "../append-log/csv.ts";
import type { PersonTable } from "../append-log/erasure/person-rows.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import type { ProjectDefinition } from "./definition.ts";
import { erasure, type ErasedRows } from "./erasure.ts";
import { EXCLUSION_TABLE } from "./exclusion-file.ts";
import { imageSet } from "./image-set.ts";
import { LABEL_TABLE } from "./label-file.ts";
import { ownData, PERSON_TABLES, type OwnData, type PersonTableName } from "./own-data.ts";
import type { SettleWaiting } from "./own-images.ts";
import { pendingImages } from "./pending-images.ts";
import { personProjects, type PersonProject, type PersonProjectsOptions } from "./person-projects.ts";
import { UPLOAD_TABLE, uploadRows } from "./upload-file.ts";

/** Maximum number of projects from which a person is erased at a time. */
const ERASURE_CONCURRENCY = 4;
/** Name of the built-in project in the column `project`. */
export const HOTDOG_NAME = "hotdog";

/** The number of a person's rows in one project. */
export interface ProjectRows extends ErasedRows {
  /** Null for the built-in project. */
  id: string | null;
  /** Undefined for the built-in project, and if the definition cannot be read. */
  definition: ProjectDefinition | undefined;
}

/** A person's rows in all projects. */
interface CollectedData extends Record<PersonTableName, OwnData> {
  /** Where the rows are, the built-in project first. Only projects with rows. */
  projects: ProjectRows[];
  /** When the person last asked for erasure, in milliseconds since 1970. */
  asked: number | undefined;
}

/** Collects and erases what all projects hold about one person. Visits the built-in project and those with a marker of the person. */
export interface PersonalData {
  /**
   * Collects all rows of a person into one file per table, which names the project of each row if they are not all of the built-in
   * one. The files have at most `maxBytes` together without that column; a larger file is undefined.
   */
  collect(userId: string, maxBytes: number): Promise<CollectedData>;
  /**
   * Removes all rows of a person up to this interaction, including rows that are still to be written. Resolves with the numbers of
   * rows when they are gone for good: the same numbers for every call with one id, also after a crash.
   * @param options.images whether to remove the images of these rows, too
   * @param options.settle tells in the person's messages that their images no longer wait
   */
  erase(
    userId: string,
    id: string,
    options?: { images?: boolean; settle?: SettleWaiting },
  ): Promise<Pick<CollectedData, "projects">>;
}

/** @param store the whole store */
export function personalData(
  store: ObjectStore,
  options: ChangeOptions & PersonProjectsOptions,
): PersonalData {
  const projects = personProjects(store, options);

  return {
    async collect(userId, maxBytes) {
      const builtInProject = projects.builtIn(userId);
      const found: { rows: ProjectRows; csv: Record<PersonTableName, Buffer | undefined> }[] = [];
      let room = maxBytes;
      // One after the other, because each may take as much memory as is left.
      for (const { id, definition, store: own, person } of [
        builtInProject,
        ...(await projects.marked(userId)),
      ]) {
        const { labels, uploads, exclusions } = await ownData(own, person, Math.max(room, 0));
        const csv = { labels: labels.csv, uploads: uploads.csv, exclusions: exclusions.csv };
        for (const table of PERSON_TABLES) room -= csv[table]?.length ?? 0;
        const counts = { labels: labels.rows, uploads: uploads.rows, exclusions: exclusions.rows };
        found.push({ rows: { id, definition, ...counts }, csv });
      }
      const withRows = found.filter(({ rows }) => hasRows(rows));
      const join = (table: PersonTableName, { columns }: PersonTable): OwnData => {
        const parts = withRows.filter(({ rows }) => rows[table] > 0);
        return {
          rows: parts.reduce((sum, { rows }) => sum + rows[table], 0),
          csv: joined(
            columns,
            parts.map(({ rows, csv }) => ({ id: rows.id, csv: csv[table] })),
          ),
        };
      };
      return {
        labels: join("labels", LABEL_TABLE),
        uploads: join("uploads", UPLOAD_TABLE),
        exclusions: join("exclusions", EXCLUSION_TABLE),
        projects: withRows.map(({ rows }) => rows),
        asked: await erasure(builtInProject.store, options).lastAsked(builtInProject.person.tombstone),
      };
    },

    async erase(userId, id, { images = false, settle } = {}) {
      const eraseIn = async ({ store: own, person, ...visited }: PersonProject): Promise<ProjectRows> => {
        const waiting = {
          id: visited.id,
          images: imageSet(own),
          uploads: uploadRows(own),
          pending: pendingImages(own, options),
        };
        const counts = await erasure(own, options).erase(person, id, {
          images,
          settle: (ids) => settle?.(ids, waiting) ?? Promise.resolve(),
        });
        return { id: visited.id, definition: visited.definition, ...counts };
      };
      // The built-in project comes first: its tombstone must be written before the markers are listed.
      const first = await eraseIn(projects.builtIn(userId));
      const others = await pLimit(ERASURE_CONCURRENCY).map(await projects.marked(userId), eraseIn);
      return { projects: [first, ...others].filter(hasRows) };
    },
  };
}

function hasRows(rows: ProjectRows): boolean {
  return PERSON_TABLES.some((table) => rows[table] > 0);
}

/** Joins a table's CSV from several projects. Undefined if one of them is. */
function joined(
  columns: readonly string[],
  parts: readonly { id: string | null; csv: Buffer | undefined }[],
): Buffer | undefined {
  const isPlain = parts.every(({ id }) => id === null);
  const header = headerLine(isPlain ? columns : ["project", ...columns]);
  const headerLength = headerLine(columns).length;
  const bodies = parts.map(({ id, csv }) => {
    const rows = csv?.subarray(headerLength);
    // Every line is one row.
    return isPlain || rows === undefined
      ? rows
      : Buffer.from(rows.toString().replaceAll(/^(?=.)/gm, `${id ?? HOTDOG_NAME},`));
  });
  const known = bodies.filter((body) => body !== undefined);
  return known.length < bodies.length ? undefined : Buffer.concat([header, ...known]);
}
