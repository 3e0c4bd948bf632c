import { createPrivateKey, createPublicKey, sign } from "node:crypto";

/**
 * A private key in PKCS #8, up to the 32 bytes of an Ed25519 key.
 * @see https://www.rfc-editor.org/rfc/rfc8410#section-7
 */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** The Ed25519 key pair of an application, with which requests to its endpoint are signed. */
export interface SigningKey {
  /** 64 hexadecimal digits. */
  publicKey: string;
  /** Returns a signature of 128 hexadecimal digits. */
  sign(text: string): string;
}

/** @param privateKey 64 hexadecimal digits */
export function signingKey(privateKey: string): SigningKey {
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.from(privateKey, "hex")]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return {
    publicKey: Buffer.from(x, "base64url").toString("hex"),
    sign: (text) => sign(null, Buffer.from(text), key).toString("hex"),
  };
}
