import { beforeEach, describe, expect, it } from "vitest";
import { prefixedStore, type ObjectStore, type StoredObject } from "../../src/object-store/object-store.ts";
import { newSnowflake } from "../../src/platform/snowflake.ts";
import { pendingImages } from "../../src/project/pending-images.ts";
import { projectsIn, type Projects } from "../../src/project/projects.ts";
import type { UploadId } from "../../src/project/upload-file.ts";
import { startSweeps } from "../../src/worker/sweep-pending.ts";
import { projectEstimates } from "../../src/worker/worker.ts";
import { newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { newProject } from "../project/definitions.ts";
import { until } from "../until.ts";

const NOW = Date.now();
const DAY_MS = 24 * 60 * 60 * 1_000;
const IMAGE = `${"5".repeat(64)}.webp`;

const { log, logged } = memoryLog();
const options = { log, now: () => NOW, random: Math.random };

let objects: Map<string, StoredObject>;
let store: ObjectStore;
let projects: Projects;

beforeEach(() => {
  objects = new Map();
  store = quickStore(objects);
  projects = projectsIn(store, { secret: "sixteen characters or more", ...options });
});

/** Keeps an image that was sent this number of days ago. @param prefix of its project */
async function keep(days: number, prefix = ""): Promise<UploadId> {
  const id = { jobId: newSnowflake(NOW - days * DAY_MS, Math.random), position: 1 };
  await pendingIn(prefix).keep(id, Buffer.from("waits"), { image: IMAGE });
  return id;
}

const pendingIn = (prefix: string) => pendingImages(prefixedStore(store, prefix), options);

/** The ids of the jobs of what is still in `pending/`, and of which project. */
const left = (): string[] => [
  ...new Set([...objects.keys()].flatMap((key) => /^(.*)pending\/(\d+)-/.exec(key)?.slice(1).join("") ?? [])),
];

/** Sweeps once, as a worker that starts does. */
function sweep(): AsyncDisposable {
  return startSweeps({
    projects: projects.register((project) => projectEstimates(project, options)),
    projectIndex: projects.index,
    log,
    settling: {
      messages: { read: async () => undefined, edit: async () => {} },
      makePictures: async () => [],
      now: () => NOW,
      random: Math.random,
    },
  });
}

describe("a worker that starts", () => {
  it("rejects what has waited for more than 30 days, in all projects, and leaves the rest", async () => {
    const { id } = await projects.index.create(newId(), newProject("1"));
    const prefix = `projects/${id}/`;
    await Promise.all([keep(31), keep(31, prefix)]);
    const young = [await keep(29), await keep(29, prefix)].map(({ jobId }) => jobId);
    await using _ = sweep();
    await until(() => expect(left()).toEqual([young[0], prefix + young[1]]));
    expect([...objects.keys()].filter((key) => key.includes("images/"))).toEqual([]);
  });

  it("rejects all that waits in a closed project", async () => {
    const { id } = await projects.index.create(newId(), newProject("1"));
    await keep(1, `projects/${id}/`);
    await projects.index.close(id, NOW);
    await using _ = sweep();
    await until(() => expect(left()).toEqual([]));
  });

  it("completes what was decided, although the worker that decided it was killed", async () => {
    const id = await keep(1);
    using opened = projects.register(() => undefined).open(null);
    const person = opened.project.pseudonymsOf("7");
    await opened.project.uploads.append(
      { ...id, image: IMAGE, uploader: person.uploader, name: "a" },
      person,
    );
    await pendingIn("").decide(id, "approved");
    await using _ = sweep();
    await until(() => expect(left()).toEqual([]));
    expect(objects.has(`images/${IMAGE}`)).toBe(true);
  });

  it("removes the image of an interrupted upload, which has no record, after 30 days", async () => {
    const [old, young] = [await keep(31), await keep(1)];
    for (const { jobId } of [old, young]) objects.delete(`pending/${jobId}-1/upload.json`);
    await using _ = sweep();
    await until(() => expect(left()).toEqual([young.jobId]));
  });

  it("stops after the project at which it is", async () => {
    for (const channel of ["1", "2", "3"]) await projects.index.create(newId(), newProject(channel));
    const looked: string[] = [];
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const list = store.list.bind(store);
    store.list = (prefix, page) => {
      if (prefix.endsWith("pending/") && looked.push(prefix) === 2) resolve();
      return list(prefix, page);
    };
    const sweeps = sweep();
    await reached;
    await sweeps[Symbol.asyncDispose]();
    expect(looked).toHaveLength(2);
  });

  it("goes on after an image whose record cannot be read, and logs it", async () => {
    const [damaged, old] = [await keep(40), await keep(31)];
    await store.put(`pending/${damaged.jobId}-1/upload.json`, Buffer.from("{}"));
    await using _ = sweep();
    await until(() => expect(left()).toEqual([damaged.jobId]));
    expect(left()).not.toContain(old.jobId);
    expect(logged()).toContain(`"upload":"${damaged.jobId}-1","msg":"could not remove an image that waits`);
  });
});
