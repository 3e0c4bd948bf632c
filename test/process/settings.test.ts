import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { readEnvironment } from "../../src/process/environment.ts";
import { settings } from "../../src/process/settings.ts";
import { readConfig } from "../../src/process/read-config.ts";

const shape = z.object({ STORE_URL: settings.STORE_URL });
const storeAt = (url: string) => readEnvironment(shape, { STORE_URL: url }).STORE_URL;

describe("STORE_URL", () => {
  it.each([
    ["s3://my-bucket", "my-bucket", ""],
    ["s3://my-bucket/", "my-bucket", ""],
    ["s3://my.bucket.2/hotdog", "my.bucket.2", "hotdog"],
    ["s3://my-bucket/a/b/", "my-bucket", "a/b"],
    ["s3://my-bucket/a b+c&é%2F/.x/...", "my-bucket", "a b+c&é%2F/.x/..."],
  ])("accepts %s", (url, bucket, prefix) => {
    expect(storeAt(url)).toEqual({ engine: "s3", bucket, prefix });
  });

  it.each([
    "../other",
    "./a",
    "a/..",
    "a/./b",
    "/a",
    "a//b",
    "a//",
    "/",
    " ",
    " a",
    "a ",
    "a\tb",
    "a\nb",
    "\u0001",
  ])("refuses the prefix %j", (prefix) => {
    expect(() => storeAt(`s3://my-bucket/${prefix}`)).toThrow(
      "  STORE_URL has an invalid prefix: the names between its slashes must not be empty, . or ..",
    );
  });

  it.each(["Hotdogs", "hot_dogs", "...", "a..b", "-hotdogs", "hotdogs.", "ab", "hotdogs ", "a".repeat(64)])(
    "refuses the bucket %j",
    (bucket) => {
      expect(() => storeAt(`s3://${bucket}/x`)).toThrow(
        "  STORE_URL has no valid bucket name: bucket names have 3 to 63 lower-case letters, digits, . and -",
      );
    },
  );

  it("refuses a directory bucket, and says why", () => {
    expect(() => storeAt("s3://hotdogs--use1-az4--x-s3")).toThrow(
      "  STORE_URL names a directory bucket (--x-s3), which does not list in order",
    );
  });

  it.each(["s3:", "s3://", "s3:///a", "ftp://x", "file:", "file://data"])("refuses %s", (url) => {
    expect(() => storeAt(url)).toThrow(
      "  STORE_URL must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX",
    );
  });
});

describe("JOB_VISIBILITY_SECONDS and JOB_RETRY_DELAY_MS", () => {
  const { JOB_VISIBILITY_SECONDS, JOB_RETRY_DELAY_MS } = settings;
  const read = (given: Record<string, string>) =>
    readEnvironment(z.object({ JOB_VISIBILITY_SECONDS, JOB_RETRY_DELAY_MS }), given);

  it.each([
    ["JOB_VISIBILITY_SECONDS", 1, 3_600],
    ["JOB_RETRY_DELAY_MS", 1, 10_000],
  ] as const)("%s must be from %d to %d", (name, least, most) => {
    expect(read({ [name]: String(least) })[name]).toBe(least);
    expect(read({ [name]: String(most) })[name]).toBe(most);
    for (const wrong of [least - 1, most + 1, 1.5])
      expect(() => read({ [name]: String(wrong) })).toThrow(
        `  ${name} must be a whole number from ${least} to ${most}`,
      );
  });
});

describe("S3_FORCE_PATH_STYLE", () => {
  const forced = (given: Record<string, string>) =>
    readEnvironment(z.object({ S3_FORCE_PATH_STYLE: settings.S3_FORCE_PATH_STYLE }), given)
      .S3_FORCE_PATH_STYLE;

  it("is false by default, and its error lists the valid values", () => {
    expect([forced({}), forced({ S3_FORCE_PATH_STYLE: "true" })]).toEqual([false, true]);
    expect(() => forced({ S3_FORCE_PATH_STYLE: "yes" })).toThrow(
      "  S3_FORCE_PATH_STYLE must be true or false",
    );
  });
});

it("HOTDOG_UPLOADS is everyone by default, and its error lists the choices", () => {
  const chosen = (given: Record<string, string>) =>
    readEnvironment(z.object({ HOTDOG_UPLOADS: settings.HOTDOG_UPLOADS }), given).HOTDOG_UPLOADS;
  expect([chosen({}), chosen({ HOTDOG_UPLOADS: "approval" })]).toEqual(["everyone", "approval"]);
  expect(() => chosen({ HOTDOG_UPLOADS: "nobody" })).toThrow(
    "  HOTDOG_UPLOADS must be everyone, approval or home",
  );
});

it("HOTDOG_SETTLE is a probability, 0.95 by default, and its error lists the valid ones", () => {
  const chosen = (given: Record<string, string>) =>
    readEnvironment(z.object({ HOTDOG_SETTLE: settings.HOTDOG_SETTLE }), given).HOTDOG_SETTLE;
  expect([chosen({}), chosen({ HOTDOG_SETTLE: "0.9" })]).toEqual([0.95, 0.9]);
  expect(() => chosen({ HOTDOG_SETTLE: "95" })).toThrow(
    "  HOTDOG_SETTLE must be one of 0.8, 0.85, 0.9, 0.95, 0.99",
  );
});

describe("HOTDOG_CHOOSE", () => {
  const chosen = (given: Record<string, string>) =>
    readEnvironment(z.object({ HOTDOG_CHOOSE: settings.HOTDOG_CHOOSE }), given).HOTDOG_CHOOSE;

  it("is random by default, and its error lists the valid values", () => {
    expect([chosen({}), chosen({ HOTDOG_CHOOSE: "needed" })]).toEqual(["random", "needed"]);
    expect(() => chosen({ HOTDOG_CHOOSE: "best" })).toThrow("  HOTDOG_CHOOSE must be random or needed");
  });
});

describe("PRIVACY_URL", () => {
  const privacy = z.object({ PRIVACY_URL: settings.PRIVACY_URL });

  it("accepts an https address, and is optional", () => {
    const given = { PRIVACY_URL: "https://example.org/privacy" };
    expect(readEnvironment(privacy, given)).toEqual(given);
    expect(readEnvironment(privacy, { PRIVACY_URL: " " })).toEqual({});
  });

  it.each(["http://example.org", "example.org", "PRIVACY.md"])("refuses %j", (url) => {
    expect(() => readEnvironment(privacy, { PRIVACY_URL: url })).toThrow(
      "  PRIVACY_URL must be an https address, where people can read PRIVACY.md",
    );
  });
});

function mistakes(name: "start" | "bot" | "worker", given: Record<string, string>) {
  try {
    readConfig(name, given);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n").slice(1) : [];
  }
}

describe("a secret in a file", () => {
  const TOKEN = "MTU3Mzc5.GhIjKl.abcdefghijklmnopqrstuvwxyz0";
  const REDIS = { QUEUE_URL: "redis://localhost" };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-secrets-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  it("is read by every process that has the setting, without white space at its ends", async () => {
    const given = {
      ...REDIS,
      DISCORD_TOKEN_FILE: await file("token", `${TOKEN}\n`),
      LABELER_SECRET_FILE: ` ${await file("secret", "\r\n sixteen characters or more \n")} `,
    };
    const secrets = { DISCORD_TOKEN: TOKEN, LABELER_SECRET: "sixteen characters or more" };
    expect(readConfig("start", given)).toMatchObject(secrets);
    expect(readConfig("worker", { ...given, STORE_URL: "s3://bucket" })).toMatchObject(secrets);
    expect(readConfig("bot", { ...given, LABELER_SECRET_FILE: "/nowhere" })).toMatchObject({
      DISCORD_TOKEN: TOKEN,
    });
    expect(readConfig("bot", { ...given, DISCORD_TOKEN: " " })).toMatchObject({ DISCORD_TOKEN: TOKEN });
    expect(readConfig("bot", { ...REDIS, DISCORD_TOKEN: TOKEN, DISCORD_TOKEN_FILE: "" })).toMatchObject({
      DISCORD_TOKEN: TOKEN,
    });
  });

  it("that cannot be read is reported with the reason, along with all other mistakes", async () => {
    const missing = join(folder, "missing");
    const empty = await file("empty", " \n");
    expect(
      mistakes("worker", {
        QUEUE_URL: "somewhere",
        STORE_URL: "s3://bucket",
        DISCORD_TOKEN_FILE: missing,
        LABELER_SECRET_FILE: empty,
      }),
    ).toEqual([
      `  DISCORD_TOKEN_FILE names a file that cannot be read: ${missing} does not exist`,
      `  LABELER_SECRET_FILE names a file that is empty: ${empty}`,
      expect.stringContaining("  QUEUE_URL must be"),
    ]);
    expect(mistakes("bot", { ...REDIS, DISCORD_TOKEN_FILE: folder })).toEqual([
      `  DISCORD_TOKEN_FILE names a file that cannot be read: ${folder} is a folder`,
    ]);
  });

  it("is a mistake if the setting itself is set too", async () => {
    const given = { ...REDIS, DISCORD_TOKEN: TOKEN, DISCORD_TOKEN_FILE: await file("token", TOKEN) };
    expect(mistakes("bot", given)).toEqual([
      "  DISCORD_TOKEN_FILE is set, and so is DISCORD_TOKEN: set only one",
    ]);
  });

  it("that is invalid is refused under the name of the file's setting, and not shown", async () => {
    const given = {
      ...REDIS,
      DISCORD_TOKEN_FILE: await file("token", "no token"),
      LABELER_SECRET_FILE: await file("secret", "short"),
    };
    expect(mistakes("worker", given)).toEqual([
      expect.stringContaining("  DISCORD_TOKEN_FILE must be a bot token"),
      "  LABELER_SECRET_FILE must have at least 16 characters",
    ]);
  });
});

describe("LABELER_SECRET", () => {
  const REQUIRED = "  LABELER_SECRET is required with a store on S3: 16 random characters or more";

  it("is reported along with all other mistakes", () => {
    const found = mistakes("worker", {
      STORE_URL: "s3://bucket",
      LOG_LEVEL: "loud",
      QUEUE_URL: "somewhere",
    });
    expect(found).toHaveLength(4);
    expect(found).toContainEqual(expect.stringContaining(REQUIRED));
    expect(found).toContainEqual("  DISCORD_TOKEN is required");
    const inOne = { STORE_URL: "s3://bucket", PLAYGROUND_PORT: "http", WORKER_CONCURRENCY: "0" };
    expect(mistakes("start", inOne)).toContainEqual(expect.stringContaining(REQUIRED));
  });

  it("is required only with a store on S3, and reported once", () => {
    expect(mistakes("start", { STORE_URL: "s3://bucket" })).toEqual([expect.stringContaining(REQUIRED)]);
    const blank = { STORE_URL: "s3://bucket", LABELER_SECRET: "" };
    expect(mistakes("start", blank)).toEqual([expect.stringContaining(REQUIRED)]);
    expect(mistakes("start", { STORE_URL: "s3://bucket", LABELER_SECRET: "short" })).toEqual([
      "  LABELER_SECRET must have at least 16 characters",
    ]);
    expect(mistakes("start", { STORE_URL: "s3://Bucket" })).toEqual([
      expect.stringContaining("  STORE_URL has no valid bucket name"),
    ]);
    expect(mistakes("start", { STORE_URL: "s3://bucket", LABELER_SECRET: "x".repeat(16) })).toEqual([]);
    expect(mistakes("start", { STORE_URL: "file:./data" })).toEqual([]);
  });
});
