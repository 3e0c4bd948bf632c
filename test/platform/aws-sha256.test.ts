import { createHash, createHmac } from "node:crypto";
import { S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { Sha256 } from "../../src/platform/aws-sha256.ts";

const hex = async (hash: Sha256): Promise<string> => Buffer.from(await hash.digest()).toString("hex");

describe("the SHA-256 for the AWS SDK", () => {
  const expected = createHash("sha256").update("one two").digest("hex");

  it("is that of all data", async () => {
    const hash = new Sha256();
    hash.update("one ");
    // A view of a part of a larger buffer.
    hash.update(new TextEncoder().encode("[two]").subarray(1, 4));

    expect(await hex(hash)).toBe(expected);
  });

  it("begins again after a reset", async () => {
    const hash = new Sha256();
    hash.update("other data");
    hash.reset();
    hash.update("one two");

    expect(await hex(hash)).toBe(expected);
  });

  it.each([
    ["a text", "sécret"],
    ["bytes", Buffer.from("sécret")],
    ["an ArrayBuffer", new TextEncoder().encode("sécret").buffer],
  ])("is an HMAC with a secret: %s", async (_, secret) => {
    const hash = new Sha256(secret);
    hash.update("one two");

    expect(await hex(hash)).toBe(createHmac("sha256", "sécret").update("one two").digest("hex"));
  });
});

it("signs as the SDK itself does", async () => {
  const signatureOf = async (config: { sha256?: typeof Sha256 }): Promise<string | undefined> => {
    const credentials = { accessKeyId: "id", secretAccessKey: "sécret", sessionToken: "token" };
    const client = new S3Client({ region: "eu-west-1", credentials, ...config });
    const signer = await client.config.signer();
    const request = {
      method: "PUT",
      protocol: "https:",
      hostname: "bucket.s3.eu-west-1.amazonaws.com",
      path: "/a%20key",
      query: { "x-id": "PutObject" },
      headers: { host: "bucket.s3.eu-west-1.amazonaws.com" },
      body: Buffer.from("body"),
    };
    const { headers } = await signer.sign(request, { signingDate: new Date(0) });
    return headers["authorization"];
  };
  const own = await signatureOf({ sha256: Sha256 });

  expect(own).toMatch(/^AWS4-HMAC-SHA256 .* Signature=[0-9a-f]{64}$/);
  expect(own).toBe(await signatureOf({}));
});
