import type { ChangeOptions } from "../append-log/change-object.ts";
import { takeRows } from "../append-log/erasure/person-rows.ts";
import { listParts, readParts } from "../append-log/parts.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import { prefixedStore, type ObjectStore } from "../object-store/object-store.ts";
import { personProjects, type PersonProject, type PersonProjectsOptions } from "./person-projects.ts";
import type { ImageSet } from "./image-set.ts";
import { storedImages } from "./stored-image.ts";
import { imageSet } from "./image-set.ts";
import { pendingImages, type PendingImages } from "./pending-images.ts";
import { projectPrefix } from "./project.ts";
import { definitionKey } from "./project-index.ts";
import { UPLOAD_TABLE, uploadRows, type UploadFile, type UploadId } from "./upload-file.ts";

/** Number of images that are looked for at a time. */
const LOOKUP_CONCURRENCY = 8;

/** Names an image that a person has added, by the row of its upload. */
interface OwnImageReference {
  /** Id of the project; null for the built-in one. */
  project: string | null;
  /** Id of the interaction or message that the upload was for. */
  jobId: string;
  /** Position of the file in the upload, from 1. */
  position: number;
}

/** An image that a person has added, and that is still stored. */
export interface OwnImage extends OwnImageReference {
  image: string;
  /** Name of the person's file. */
  name: string;
  of: PersonProject;
  /** Where to read it. */
  images: Pick<ImageSet, "read" | "has">;
}

/** The files of a project that a waiting image of it takes. */
export interface WaitingProject {
  /** Null for the built-in one. */
  id: string | null;
  images: Pick<ImageSet, "addNamed" | "has" | "read">;
  uploads: Pick<UploadFile, "find">;
  pending: PendingImages;
}

/** Does what was decided about images that waited, and tells their senders. */
export type SettleWaiting = (ids: readonly UploadId[], project: WaitingProject) => Promise<void>;

interface OwnImagePage {
  images: OwnImage[];
  /** From 0. */
  page: number;
  /** Whether there are older ones. */
  hasMore: boolean;
}

interface TakenBack {
  /** Whether it was removed before, by somebody else or by an earlier call. */
  wasGone: boolean;
  project: WaitingProject;
}

/** The images that a person has added to any project, also to closed ones. */
export interface OwnImages {
  /**
   * One page of those that are still stored, the newest first. The last page if there are fewer.
   * @param page from 0
   * @param size images per page
   */
  list(userId: string, page: number, size: number): Promise<OwnImagePage>;
  /**
   * Removes an image that the person has added, from the set or from those that wait for approval. Its labels stay.
   * @param settle does what was decided about an image that waited
   * @returns "foreign" if there is no row that says that the person has added it. In a deleted project, everybody's images are gone
   */
  takeBack(userId: string, image: OwnImageReference, settle: SettleWaiting): Promise<TakenBack | "foreign">;
}

/** @param store the whole store */
export function ownImages(store: ObjectStore, options: ChangeOptions & PersonProjectsOptions): OwnImages {
  const projects = personProjects(store, options);

  async function projectsOf(userId: string): Promise<PersonProject[]> {
    return [projects.builtIn(userId), ...(await projects.marked(userId))];
  }

  async function projectOf(userId: string, id: string | null): Promise<PersonProject | undefined> {
    if (id === null) return projects.builtIn(userId);
    return (await projects.marked(userId)).find((project) => project.id === id);
  }

  async function isDeleted(id: string | null): Promise<boolean> {
    return id !== null && (await store.head(definitionKey(id))) === undefined;
  }

  function waitingProject(id: string | null): WaitingProject & { images: Pick<ImageSet, "remove"> } {
    const own = prefixedStore(store, projectPrefix(id));
    return { id, images: imageSet(own), uploads: uploadRows(own), pending: pendingImages(own, options) };
  }

  return {
    async list(userId, page, size) {
      const uploads: OwnImage[] = [];
      for (const project of await projectsOf(userId)) uploads.push(...(await uploadsOf(project)));
      return pageOf(uploads.toSorted(newestFirst), page, size);
    },

    async takeBack(userId, { project: id, ...upload }, settle) {
      const project = waitingProject(id);
      const of = await projectOf(userId, id);
      if (of === undefined) return (await isDeleted(id)) ? { wasGone: true, project } : "foreign";
      const row = await project.uploads.find(upload);
      if (row === undefined || !of.person.uploaders.includes(row.uploader)) return "foreign";
      if (!IMAGE_NAME.test(row.image)) return { wasGone: true, project };
      const record = await project.pending.decide(upload, "taken-back");
      if (record !== undefined) await settle([upload], project);
      if (record?.decision === "taken-back") return { wasGone: false, project };
      return { wasGone: !(await project.images.remove(row.image)), project };
    },
  };
}

/** All uploads of a person to one project, whether or not their images are still stored. */
async function uploadsOf(of: PersonProject): Promise<OwnImage[]> {
  const { store, person, id: project } = of;
  const uploads = new Map<string, OwnImage>();
  const images = storedImages(store);
  for await (const { body } of readParts(store, await listParts(store, UPLOAD_TABLE.prefix)))
    for (const { id = "", image = "", name = "" } of takeRows(
      body,
      UPLOAD_TABLE,
      person.uploaders,
      () => true,
    ).rows) {
      const [, jobId, position] = /^(\d{1,19})-(\d+)$/.exec(id) ?? [];
      if (jobId === undefined || !IMAGE_NAME.test(image)) continue;
      // A person may add an image again after it was removed. Its last row counts.
      uploads.set(image, { project, jobId, position: Number(position), image, name, of, images });
    }
  return [...uploads.values()];
}

function newestFirst(a: OwnImageReference, b: OwnImageReference): number {
  return Number(BigInt(b.jobId) - BigInt(a.jobId)) || a.position - b.position;
}

async function pageOf(uploads: readonly OwnImage[], page: number, size: number): Promise<OwnImagePage> {
  const stored: OwnImage[] = [];
  // One more than is shown, to know whether there are more.
  const needed = (page + 1) * size + 1;
  for (let from = 0; from < uploads.length && stored.length < needed; from += LOOKUP_CONCURRENCY) {
    const slice = uploads.slice(from, from + LOOKUP_CONCURRENCY);
    const found = await Promise.all(slice.map(({ images, image }) => images.has(image)));
    stored.push(...slice.filter((_, index) => found[index] === true));
  }
  const shown = Math.min(page, Math.max(0, Math.ceil(stored.length / size) - 1));
  const from = shown * size;
  return { images: stored.slice(from, from + size), page: shown, hasMore: stored.length > from + size };
}
