import { createHash, createHmac, createSecretKey } from "node:crypto";

type Data = string | ArrayBuffer | ArrayBufferView;

/**
 * SHA-256, or its HMAC with a secret, for the signatures of the AWS SDK. The SDK's own passes secrets to `createHmac` as bytes. Node then
 * first finds out by an exception, with a stack trace, that they are not a `KeyObject`, which takes longer than the HMAC.
 */
export class Sha256 {
  readonly digestLength = 32;
  readonly #create;
  #hash;

  constructor(secret?: Data) {
    const key = secret === undefined ? undefined : createSecretKey(bytesOf(secret));
    this.#create = () => (key === undefined ? createHash("sha256") : createHmac("sha256", key));
    this.#hash = this.#create();
  }

  update(data: Data): void {
    this.#hash.update(bytesOf(data));
  }

  /** Call it once. */
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#create();
  }
}

function bytesOf(data: Data): Buffer {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
