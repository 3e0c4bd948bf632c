import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadEnvironment } from "../src/load-environment.ts";

describe("the environment of a process", () => {
  let folder: string;
  const before = process.cwd();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-environment-"));
    process.chdir(folder);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    process.chdir(before);
    await rm(folder, { recursive: true });
  });

  it("has no blank settings of AWS, whose SDK would take them for set", async () => {
    for (const name of ["AWS_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE"])
      vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_REGION", "");
    vi.stubEnv("AWS_PROFILE", "  ");
    vi.stubEnv("AWS_CA_BUNDLE", "bundle.pem");
    vi.stubEnv("HOTDOG_BLANK", "");
    await writeFile(".env", "AWS_REGION=eu-west-1\nAWS_ENDPOINT_URL_S3=\n");
    const environment = loadEnvironment(process);
    expect(environment).toBe(process.env);
    expect(environment).toMatchObject({
      AWS_REGION: "eu-west-1",
      AWS_CA_BUNDLE: "bundle.pem",
      HOTDOG_BLANK: "",
    });
    expect(environment).not.toHaveProperty("AWS_PROFILE");
    expect(environment).not.toHaveProperty("AWS_ENDPOINT_URL_S3");
  });

  it("needs no file", () => {
    expect(loadEnvironment(process)).toBe(process.env);
  });
});
