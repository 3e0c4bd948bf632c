import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describePeer } from "./peer.ts";
import { pythonPeer, readVersions } from "./python.ts";
import { exportProject, makeStore, projectFolder, type PeerStore } from "./store.ts";

const { datasets, duckdb, pandas, "crowd-kit": crowdKit } = await readVersions("data");
const peer = await pythonPeer("data");

let folder: string;
let store: PeerStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-peers-"));
  if ("missing" in peer) return;
  await mkdir(join(folder, "data"));
  store = await makeStore(join(folder, "data"));
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Exports a project once, and resolves with the folder of the export. */
async function exported(project: 0 | 1 | 2, format: string): Promise<string> {
  const out = join(folder, `${project}-${format}`);
  const isThere = (await readdir(folder)).includes(`${project}-${format}`);
  const images = { imagesAt: "s3://bucket/images" };
  const options = { format, out, ...(format === "ground-truth" ? images : {}) };
  if (!isThere) await exportProject(store, store.projects[project], options);
  return out;
}

async function csvIn(path: string): Promise<Record<string, string>[]> {
  const text = await readFile(path, "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

async function jsonLines(path: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describePeer(`datasets ${datasets}`, peer, ({ run }) => {
  it.each([0, 1, 2] as const)(
    "loads project %i as an imagefolder, with all its metadata",
    async (project) => {
      const path = await exported(project, "huggingface");
      const { types, rows } = (await run("imagefolder.py", [path])) as {
        types: Record<string, string>;
        rows: { size: [width: number, height: number]; row: Record<string, unknown> }[];
      };
      const metadata = await jsonLines(join(path, "train/metadata.jsonl"));
      expect(rows.map(({ row }) => row)).toEqual(metadata);
      expect(types).toMatchObject({ label: "int64", votes_0: "int64", settled: "bool" });
      expect(rows.every(({ size }) => Math.min(...size) > 0)).toBe(true);
    },
  );

  it("keeps the names of labels", async () => {
    const { labels } = store.projects[1];
    const { rows } = (await run("imagefolder.py", [await exported(1, "huggingface")])) as {
      rows: { row: { label: number; label_name: string } }[];
    };
    expect(rows.map(({ row }) => row.label_name)).toEqual(rows.map(({ row }) => labels[row.label]));
  });
});

describePeer(`pandas ${pandas}, DuckDB ${duckdb} and datasets ${datasets}`, peer, ({ run }) => {
  it.each([0, 1, 2] as const)("read the same rows of project %i as are in its CSV files", async (project) => {
    const labels = join(await exported(project, "labels"), "labels.csv");
    const consensus = join(await exported(project, "consensus"), "consensus.csv");
    const { id } = store.projects[project];
    const stored = join(projectFolder(store.folder, id), "labels/*.csv");
    const read = (await run("tables.py", [labels, consensus, stored])) as {
      pandas: Record<string, string>[];
      date: string;
      duckdb: Record<string, string>[];
      datasets: Record<string, string>[];
      consensus: Record<string, unknown>[];
      stored: number;
      unsure: number;
    };
    const rows = await csvIn(labels);
    expect(read.pandas).toEqual(rows);
    expect(read.date).toBe("M");
    expect(read.duckdb).toEqual(rows);
    expect(read.datasets).toEqual(rows);
    expect(read.consensus.map(({ image, label }) => [image, label])).toEqual(
      (await csvIn(consensus)).map(({ image, label }) => [image, Number(label)]),
    );
    expect(read.stored).toBe(rows.length);
    expect(read.unsure).toBe(rows.filter(({ label }) => label === "unsure").length);
  });
});

describePeer(`crowd-kit ${crowdKit}`, peer, ({ run }) => {
  it.each([0, 1, 2] as const)("finds the labels of project %i that the export finds", async (project) => {
    const path = await exported(project, "crowd-kit");
    const gold = (await readdir(path)).includes("gold.csv") ? [join(path, "gold.csv")] : [];
    const found = (await run("aggregate.py", [join(path, "crowd-kit.csv"), ...gold])) as {
      majority: Record<string, number>;
      "dawid-skene": Record<string, number>;
    };
    const rows = await csvIn(join(await exported(project, "consensus"), "consensus.csv"));
    const decided = rows.filter(({ majority }) => majority !== "tie");
    expect(decided.length).toBeGreaterThan(0);
    for (const { image = "", majority, label } of decided) {
      expect([image, found.majority[image]]).toEqual([image, Number(majority)]);
      expect([image, found["dawid-skene"][image]]).toEqual([image, Number(label)]);
    }
  });
});
