import type { AppendOptions } from "../append-log/append-log.ts";
import { idCache } from "../append-log/id-cache.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { hashMemory } from "./near-duplicates/hash-memory.ts";
import { ownImages, type OwnImages } from "./own-images.ts";
import { people } from "./people.ts";
import { personalData, type PersonalData } from "./personal-data.ts";
import { projectIndex, type ProjectIndex } from "./project-index.ts";
import { projectRegistry, type Attach, type ProjectRegistry } from "./project-registry.ts";

/** All projects of a store. */
export interface Projects {
  index: ProjectIndex;
  personalData: PersonalData;
  ownImages: OwnImages;
  /** Makes the registry of the process. Call it once, so that all jobs share the writers of each project's files. */
  register<Attached>(attach: Attach<Attached>): ProjectRegistry<Attached>;
}

interface Options extends AppendOptions {
  /** The operator's, from which all keys of pseudonyms are derived. */
  secret: string;
  /** The probability of its label from which a hot dog image is settled. */
  hotdogsSettleAt?: number;
}

/**
 * Create one per process.
 * @param store the whole store
 */
export function projectsIn(store: ObjectStore, options: Options): Projects {
  const index = projectIndex(store, options);
  const known = people(store);
  const parts = { ...options, index, people: known, ids: idCache(), hashes: hashMemory() };
  return {
    index,
    personalData: personalData(store, parts),
    ownImages: ownImages(store, parts),
    register: (attach) => projectRegistry(store, { ...parts, attach }),
  };
}
