import { createCipheriv, createDecipheriv } from "node:crypto";
import { SEALED } from "../labeling/images.ts";
import { deriveKey } from "./pseudonyms.ts";

/**
 * Encrypts image names for the buttons of private messages, so that a person who reads the buttons' ids cannot compare an image with
 * others: neither with those that the session has shown, nor with those that somebody else knows to be gold.
 */
export interface NameSeal {
  /** @param session id of the interaction that began it; each session has its own key */
  seal(session: string, image: string): string;
  /** The name of an image, from what a button carries. Buttons of earlier versions carry the name itself. */
  unseal(session: string, shown: string): string;
}

/**
 * Without an initialization vector, for which a custom id has no room. It would change nothing: a name has two blocks, of a hash, so
 * that no two names have the same block.
 */
const CIPHER = "aes-256-ecb";

/** @param key of the project */
export function nameSeal(key: string | Buffer): NameSeal {
  const keyOf = (session: string): Buffer => deriveKey(key, `shown/${session}`);
  return {
    seal(session, image) {
      const cipher = createCipheriv(CIPHER, keyOf(session), null).setAutoPadding(false);
      return SEALED + replaceHash(image, (hash) => cipher.update(hash));
    },
    unseal(session, shown) {
      if (!shown.startsWith(SEALED)) return shown;
      const decipher = createDecipheriv(CIPHER, keyOf(session), null).setAutoPadding(false);
      return replaceHash(shown.slice(SEALED.length), (hash) => decipher.update(hash));
    },
  };
}

/** Replaces the hash that a name begins with. The format of the image stays. */
function replaceHash(name: string, replace: (hash: Buffer) => Buffer): string {
  const [hash = "", format = ""] = name.split(".");
  return `${replace(Buffer.from(hash, "hex")).toString("hex")}.${format}`;
}
