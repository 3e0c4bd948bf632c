import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadEnvironment } from "../../src/process/load-environment.ts";

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

  it("has no blank AWS variables, which the SDK would treat as set", async () => {
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

  it("needs no .env file", () => {
    expect(loadEnvironment(process)).toBe(process.env);
  });

  function loaded(env: NodeJS.ProcessEnv = {}): { env: NodeJS.ProcessEnv; warnings: string } {
    let warnings = "";
    const stderr = { write: (text: string) => ((warnings += text), true) } as typeof process.stderr;
    loadEnvironment({ env, stderr });
    return { env, warnings };
  }

  it("prefers its own variables, even blank ones, to those of the file", async () => {
    await writeFile(".env", "STORE_URL=file:./other\nLOG_LEVEL=debug\n");
    expect(loaded({ STORE_URL: "" }).env).toEqual({ STORE_URL: "", LOG_LEVEL: "debug" });
  });

  it("reports misspelled settings of the file, with the right names", async () => {
    await writeFile(".env", "DISCROD_TOKEN=a.b.c\nWORKER_CONCURENCY=4\nSTORE_URI=file:./data\nQEUEU_URL=\n");
    expect(loaded().warnings.trimEnd().split("\n").toSorted()).toEqual([
      "unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?",
      "unknown setting QEUEU_URL in .env; did you mean QUEUE_URL?",
      "unknown setting STORE_URI in .env; did you mean STORE_URL?",
      "unknown setting WORKER_CONCURENCY in .env; did you mean WORKER_CONCURRENCY?",
    ]);
  });

  it("reports misspelled settings of the environment, too, but not variables of other programs", async () => {
    await writeFile(".env", "WORKERS=4\nCOMPOSE_PROFILES=x\nLOG_LEVEL=info\n");
    const others = { PATH: "/bin", HOME: "/", LOG_LEVELS: "x", AWS_REGIONS: "x", PORT: "1", TOKEN: "x" };
    expect(loaded({ ...others, DISCORD_TOKE: "x" }).warnings).toBe(
      "unknown setting DISCORD_TOKE; did you mean DISCORD_TOKEN?\n",
    );
  });

  it.each([
    ["UTF-8 with a byte order mark", Buffer.from("\uFEFFSTORE_URL=file:./här\n")],
    ["UTF-16, as PowerShell writes it", Buffer.from("\uFEFFSTORE_URL=file:./här\r\n", "utf16le")],
    ["big-endian UTF-16", Buffer.from("\uFEFFSTORE_URL=file:./här\n", "utf16le").swap16()],
  ])("reads a file in %s", async (_, bytes) => {
    await writeFile(".env", bytes);
    expect(loaded()).toEqual({ env: { STORE_URL: "file:./här" }, warnings: "" });
  });

  it("cannot be read from a folder", async () => {
    await mkdir(".env");
    expect(() => loaded()).toThrow(
      /^\.env is a folder, but must be a file with lines NAME=value\. .*is missing\.$/,
    );
  });
});
