import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import bot from "../../package.json" with { type: "json" };
import stack from "../package.json" with { type: "json" };
import { readSizes } from "../src/sizes.ts";
import { allowedBy, resources, synthesize } from "./stack.ts";

/** Reads instead of importing, because the packages of the processes may not be installed here. */
function found(file: string, pattern: RegExp): string {
  const [, value] = pattern.exec(readFileSync(join(import.meta.dirname, "../../src", file), "utf8")) ?? [];
  if (value === undefined) throw new Error(`${file} has nothing like ${pattern}`);
  return value;
}

const quoted = (list: string): string[] => [...list.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);

/** Keys for which a worker has this permission. */
function keysFor(action: string): string[] {
  const lines = allowedBy(resources(synthesize().template, "AWS::IAM::Role")["WorkersRole"]);
  const start = `s3:${action} on <Store.Arn>/`;
  return lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
}

it("has the version of the bot", () => {
  expect(stack.version).toBe(bot.version);
});

it("lets a worker write every key that the store writes", () => {
  const keys = [
    found("object-store/object-store.ts", /WRITE_TEST_KEY = "(.+)"/),
    `${found("project/project.ts", /IMAGES = "(.+)"/)}*`,
    ...quoted(found("project/project.ts", /FOLDERS = \[([^\]]+)\]/)).map((folder) => `${folder}*`),
  ];
  expect(keys).toEqual(expect.arrayContaining(["projects/*", "people/*"]));
  expect(keysFor("GetObject").toSorted()).toEqual(keys.toSorted());
  expect(keysFor("PutObject").toSorted()).toEqual(keys.toSorted());
});

it("lets a worker delete what the store removes: images, what belongs to them, and definitions of projects", () => {
  const files = ["image-set.ts", "pending-images.ts", "near-duplicates/thumbnail-files.ts"];
  const keys = files.map((file) => `${found(`project/${file}`, /FOLDER = "(.+)"/)}*`);
  const projects = `${found("project/project.ts", /PROJECTS_PREFIX = "(.+)"/)}*/`;
  const definition = found("project/project-index.ts", /projectPrefix\(id\)\}(.+\.json)`/);
  const inProjects = [...keys, definition].map((key) => projects + key);
  expect(keysFor("DeleteObject")).toEqual([...keys, ...inProjects]);
});

it("hides messages for as long as the worker asks, and allows more deliveries than it makes attempts", () => {
  const properties = resources(synthesize().template, "AWS::SQS::Queue")["Work"]?.Properties;
  expect(properties?.["VisibilityTimeout"]).toBe(
    Number(found("queue/queue.ts", /VISIBILITY_SECONDS = (\d+)/)),
  );
  const attempts = Number(found("queue/queue.ts", /MAX_ATTEMPTS = (\d+)/));
  const { maxReceiveCount } = properties?.["RedrivePolicy"] ?? { maxReceiveCount: 0 };
  expect(maxReceiveCount).toBeGreaterThan(attempts);
});

it("accepts the levels of the log", () => {
  const levels = quoted(found("platform/log.ts", /LOG_LEVELS = \[(.+)\]/));
  expect(levels).toContain("debug");
  for (const level of levels)
    expect(readSizes((key) => (key === "logLevel" ? level : undefined)).logLevel).toBe(level);
});
