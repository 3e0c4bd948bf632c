import { Readable } from "node:stream";
import { beforeEach, describe, expect, it } from "vitest";
import { projectsCommand, runProjects } from "../../../src/cli/projects/command.ts";
import {
  prefixedStore,
  type ObjectStore,
  type StoredObject,
} from "../../../src/object-store/object-store.ts";
import { deleteProject } from "../../../src/project/delete-project.ts";
import { pendingImages } from "../../../src/project/pending-images.ts";
import { people } from "../../../src/project/people.ts";
import { projectsIn, type Projects } from "../../../src/project/projects.ts";
import { newId } from "../../append-log/rows.ts";
import { memoryLog } from "../../memory-log.ts";
import { memoryStreams } from "../../memory-streams.ts";
import { faultyStore } from "../../object-store/faulty-store.ts";
import { quickStore } from "../../object-store/memory-store.ts";
import { newProject } from "../../project/definitions.ts";
import { parse, parsed } from "../parse.ts";

const options = { log: memoryLog().log, now: Date.now, random: Math.random };

let objects: Map<string, StoredObject>;
let store: ObjectStore;
let projects: Projects;
let settled: number[];

beforeEach(() => {
  objects = new Map();
  settled = [];
  store = quickStore(objects);
  projects = projectsIn(store, { secret: "sixteen characters or more", ...options });
});

/** @param typed what the person types */
async function run(words: string, typed = ""): Promise<{ code: number; out: string; err: string }> {
  const action = parsed(projectsCommand, words.split(" "));
  const { written, streams } = memoryStreams("out", "err");
  const code = await runProjects(action, {
    ...options,
    ...streams,
    store,
    stdin: Readable.from([typed]),
    settle: async (closedAt) => void settled.push(closedAt),
  });
  return { code, ...written };
}

/** Creates a project with an image, and an answer of each of these people. */
async function createUsed(channel: string, users: readonly string[] = ["7"]): Promise<string> {
  const found = await projects.index.create(newId(), newProject(channel));
  using opened = projects.register(() => undefined).open(found);
  const { images, labels, pseudonymsOf } = opened.project;
  await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("kept"), format: "png" });
  for (const user of users) {
    const person = pseudonymsOf(user);
    const row = { id: newId(), image: `${"5".repeat(64)}.webp`, label: 2, round: "1" };
    await labels.append({ ...row, labeler: person.labeler }, person);
  }
  return found.id;
}

const keysOf = (id: string): string[] => [...objects.keys()].filter((key) => key.split("/").includes(id));

describe("npm run projects -- list", () => {
  it("prints one line per project in order of creation, with its state and what it has", async () => {
    const [open, closed, damaged] = [
      await createUsed("1", ["7", "8"]),
      await createUsed("2"),
      await createUsed("3", []),
    ];
    await projects.index.close(closed, Date.now());
    await store.put(`projects/${damaged}/project.json`, Buffer.from("{}"));
    const { code, out } = await run("list");
    expect(code).toBe(0);
    const question = "Cat, dog or neither\\?";
    expect(out.split("\n")).toEqual([
      expect.stringMatching(
        new RegExp(`^${open}  open  #channel-1  1 image  2 answers  2 people  \\d+ B  ${question}$`),
      ),
      expect.stringMatching(
        new RegExp(`^${closed}  closed  #channel-2  1 image  1 answer  1 person  \\d+ B  ${question}$`),
      ),
      `${damaged}  damaged  -  1 image  0 answers  0 people  6 B  -`,
      "",
    ]);
  });

  it("prints JSON, and finds what a deletion or a move that failed has left", async () => {
    const lost = await createUsed("1");
    objects.delete("projects/channels/1");
    await projects.index.create(newId(), newProject("1"));
    await store.put("projects/7/labels/00000.csv", Buffer.from("left"));
    const { out } = await run("list --json");
    const listed = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { state: string });
    expect(listed.map(({ state }) => state)).toEqual(["incomplete", "detached", "open"]);
    expect(listed[1]).toMatchObject({ id: lost, name: "channel-1", channel: "1", images: 1, people: 1 });
  });

  it("says that there are no projects", async () => {
    expect((await run("list")).out).toBe("There are no projects but the built-in one.\n");
    expect((await run("list --json")).out).toBe("");
  });
});

describe("npm run projects -- move", () => {
  it("gives the project to another channel, also of another server", async () => {
    const id = await createUsed("1");
    expect(await run(`move ${id} 2 --guild 8`)).toMatchObject({
      code: 0,
      out: `Channel 2 has project ${id} now.\n`,
    });
    expect(await projects.index.readChannel("2")).toMatchObject({ id, definition: { guild: "8" } });
    await run(`move ${id} 3`);
    expect(await projects.index.readChannel("3")).toMatchObject({ id, definition: { guild: "8" } });
  });

  it("is refused with the reason", async () => {
    const [one, two] = [await createUsed("1"), await createUsed("2")];
    await expect(run(`move ${one} 2`)).rejects.toThrow(
      `Channel 2 already has project ${two}. Nothing was moved.`,
    );
    await projects.index.close(one, Date.now());
    await expect(run(`move ${one} 3`)).rejects.toThrow(`Project ${one} is closed`);
    await expect(run("move 5 3")).rejects.toThrow(
      "There is no project 5. npm run projects -- list shows all.",
    );
  });
});

describe("npm run projects -- delete", () => {
  it("asks for the project's id, and deletes nothing without it", async () => {
    const id = await createUsed("1");
    const before = [...objects.keys()];
    for (const typed of ["", "yes\n", `${id}0\n`]) {
      const { code, out } = await run(`delete ${id}`, typed);
      expect(code).toBe(1);
      expect(out).toMatch(/for good: 1 image, 1 answer, 1 person, .*Type its id to delete it: Nothing was/s);
    }
    expect([...objects.keys()]).toEqual(before);
  });

  it("deletes all its objects and markers and nothing else, and leaves its channel closed", async () => {
    const [id, other] = [await createUsed("1"), await createUsed("2")];
    const others = keysOf(other);
    const { code, out } = await run(`delete ${id}`, `${id}\n`);
    expect(code).toBe(0);
    expect(out).toContain(`Project ${id} was deleted: 1 image, 1 answer`);
    expect(keysOf(id)).toEqual([]);
    expect(keysOf(other)).toEqual(others);
    expect(await projects.index.readChannel("1")).toBe("closed");
    await expect(run(`delete ${id} --yes`)).rejects.toThrow(`There is no project ${id}.`);
  });

  it("deletes images that wait for approval, and says how their senders learn of it", async () => {
    const id = await createUsed("1");
    expect((await run(`delete ${id}`)).out).not.toContain("wait for approval");
    const pending = pendingImages(prefixedStore(store, `projects/${id}/`), options);
    const image = `${"5".repeat(64)}.webp`;
    await pending.keep({ jobId: newId(), position: 1 }, Buffer.from("waits"), { image });
    expect((await run("list")).out).toContain("1 image  1 image waiting for approval  1 answer");
    const { out } = await run(`delete ${id} --yes`);
    expect(out).toMatch(/^Images wait for approval, .* use \/project close in the channel first\.\n/);
    expect(keysOf(id)).toEqual([]);
  });

  it("is done with --yes, for a damaged project, too, once workers know that it is closed", async () => {
    const [id, damaged] = [await createUsed("1"), await createUsed("2")];
    await projects.index.close(id, 1_800_000_000_000);
    await store.put(`projects/${damaged}/project.json`, Buffer.from("{}"));
    for (const each of [id, damaged]) {
      expect((await run(`delete ${each} --yes`)).code).toBe(0);
      expect(keysOf(each)).toEqual([]);
    }
    expect(settled).toEqual([1_800_000_000_000, expect.any(Number)]);
  });

  it("can be repeated wherever it was interrupted, and keeps the marker of whoever still has rows", async () => {
    for (let at = 0, moments = 1; moments > at; at += 1) {
      const id = await createUsed(String(at));
      moments = 0;
      const dying = faultyStore(store, () => {
        moments += 1;
        if (moments > at) throw new Error("the process is dead");
      });
      const { index } = projects;
      const settle = async (): Promise<void> => {};
      await deleteProject(dying, id, { index, people: people(dying), now: Date.now, settle }).catch(() => {});
      const left = keysOf(id);
      const hasRows = left.some((key) => key.includes("/labels/"));
      const isMarked = left.some((key) => key.startsWith("people/"));
      expect(isMarked || !hasRows).toBe(true);
      const isGone = left.length === 0;
      const code = isGone ? 0 : (await run(`delete ${id} --yes`)).code;
      expect([code, keysOf(id)]).toEqual([0, []]);
    }
  });
});

describe("the arguments of npm run projects", () => {
  it.each([
    ["list", { action: "list", json: false }],
    ["list --json", { action: "list", json: true }],
    ["move 1 2", { action: "move", id: "1", channel: "2", guild: undefined }],
    ["move 1 2 --guild 3", { action: "move", id: "1", channel: "2", guild: "3" }],
    ["delete 1", { action: "delete", id: "1", yes: false }],
    ["delete 1 --yes", { action: "delete", id: "1", yes: true }],
    ["delete 1 --help", "help"],
  ])("are parsed: %s", (args, meaning) => {
    expect(parse(projectsCommand, args)).toEqual(meaning);
  });

  it.each([
    ["", "An action is missing: list, move or delete."],
    ["close 1", "Unknown action 'close'."],
    ["list 1", "list takes no ids."],
    ["move 1", "move needs the id of a project, as list prints it, and the id of a channel."],
    ["delete", "delete needs the id of one project, as list prints it."],
    ["delete 1 2", "delete needs the id of one project, as list prints it."],
    ["delete channels", "'channels' is not an id: ids have up to 19 digits."],
    ["move 1 #cats", "'#cats' is not an id: ids have up to 19 digits."],
    ["list --yes", "--yes only works with delete."],
    ["delete 1 --json", "--json only works with list."],
    ["delete 1 --guild 3", "--guild only works with move."],
  ])("are refused: %s", (args, mistake) => {
    expect(parse(projectsCommand, args)).toEqual({ mistake });
  });
});
