import { createHmac } from "node:crypto";

/** The names under which a project knows one person. Without the keys, none leads to another or to the person. */
export interface Pseudonyms {
  /** In rows of the label file. */
  labeler: string;
  /** In new rows of the upload file. */
  uploader: string;
  /** All names that rows of the upload file may have for the person. */
  uploaders: readonly string[];
  /** Names the person's tombstone, which covers all tables. */
  tombstone: string;
  /** Names that the built-in project does not need. */
  shared?: SharedNames;
}

/** The names of one person that all projects but the built-in one share. */
export interface SharedNames {
  /** Names the folder of the person's markers. */
  marker: string;
  /** Names the person's tombstone in the built-in project. */
  tombstone: string;
}

/** The names that a file needs for a new row, besides the one in the row. */
export type RowOwner = Pick<Pseudonyms, "tombstone" | "shared">;

type Key = string | Buffer;

/** The keys of one project's pseudonyms, a separate key per purpose, so that rows of two purposes cannot be joined. */
export interface PersonKeys {
  labels: Key;
  /** The first is for new rows; rows of earlier versions may use the others. */
  uploads: readonly [Key, ...Key[]];
  /** The keys of exports are derived from this one. */
  exports: Key;
  /** The keys of the names that projects share; undefined for the built-in project. */
  shared?: SharedKeys;
}

interface SharedKeys {
  markers: Key;
  tombstones: Key;
}

/**
 * The keys of the built-in project. Its labels use the operator's secret itself, and its first uploads did too; stored rows
 * depend on both.
 */
export function hotdogKeys(secret: string): PersonKeys {
  return { labels: secret, uploads: [deriveKey(secret, "uploads/hotdog"), secret], exports: secret };
}

/** The keys of any other project. @param id of the project */
export function projectKeys(secret: string, id: string): PersonKeys {
  return {
    labels: deriveKey(secret, `labels/${id}`),
    uploads: [deriveKey(secret, `uploads/${id}`)],
    exports: deriveKey(secret, `exports/${id}`),
    shared: sharedKeys(secret),
  };
}

function sharedKeys(secret: string): SharedKeys {
  return { markers: deriveKey(secret, "people"), tombstones: hotdogKeys(secret).labels };
}

/** The names of a person that all projects but the built-in one share. */
export function sharedNames(secret: string, userId: string): SharedNames {
  return namesBy(sharedKeys(secret), userId);
}

function namesBy({ markers, tombstones }: SharedKeys, userId: string): SharedNames {
  return { marker: pseudonym(markers, userId), tombstone: pseudonym(tombstones, userId) };
}

/** Returns a function from a Discord user id to the person's pseudonyms. Most are computed when read. */
export function pseudonymizer({ labels, uploads, shared }: PersonKeys): (userId: string) => Pseudonyms {
  return (userId) => {
    const labeler = pseudonym(labels, userId);
    return {
      labeler,
      tombstone: tombstoneOf(labeler),
      get uploader() {
        return pseudonym(uploads[0], userId);
      },
      get uploaders() {
        return uploads.map((key) => pseudonym(key, userId));
      },
      ...(shared && {
        get shared() {
          return namesBy(shared, userId);
        },
      }),
    };
  };
}

/** Names the tombstone of the person who has this pseudonym in rows of the label file. */
export function tombstoneOf(labeler: string): string {
  return labeler;
}

/** Derives a key for one purpose from another key. */
export function deriveKey(key: Key, purpose: string): Buffer {
  return createHmac("sha256", key).update(purpose).digest();
}

/**
 * A name that leads to a person only with the key: 64 hexadecimal digits, which no spreadsheet takes for a formula.
 * @param id a Discord user id, or a pseudonym to replace
 */
export function pseudonym(key: Key, id: string): string {
  return createHmac("sha256", key).update(id).digest("hex");
}
