import { readdir } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { stubAws } from "../../aws/environment.ts";
import { failure } from "../../aws/s3-answers.ts";
import { imageCalled } from "../../export/read-back.ts";
import { exportFolder, exportServer, type ExportFolder, type ExportServer } from "./run-in-folder.ts";

const STORE = { engine: "s3", bucket: "a.bucket", prefix: "below" } as const;

let server: ExportServer;
let folder: ExportFolder;

beforeAll(async () => {
  server = await exportServer();
});

beforeEach(async () => {
  server.around = (_, act) => act();
  server.requests.length = 0;
  folder = await exportFolder();
  stubAws({ AWS_ENDPOINT_URL_S3: server.endpoint });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

afterAll(() => server.close());

describe("an export from S3", () => {
  it.each([
    ["ground-truth", "hotdog.manifest", `"s3://a.bucket/below/images/${imageCalled("a")}"`],
    ["label-studio", "tasks.json", `"s3://a.bucket/below/images/${imageCalled("a")}"`],
    ["huggingface", `train/${imageCalled("a")}`, "picture a"],
  ])("only reads, and has the images for %s", async (format, name, holds) => {
    expect(await folder.run(`--format ${format}`, { store: STORE })).toMatchObject({ code: 0, warned: "" });
    expect(await folder.read(name)).toContain(holds);
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("leaves nothing when the store fails", async () => {
    server.around = ({ key }, act) => (key.endsWith(imageCalled("b")) ? failure(403, "AccessDenied") : act());
    await expect(folder.run("--format huggingface", { store: STORE })).rejects.toThrow("AccessDenied");
    expect(await readdir(folder.path)).toEqual([]);
  });
});
