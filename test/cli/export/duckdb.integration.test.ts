import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { part } from "../../export/read-back.ts";

const PAGE = join(import.meta.dirname, "../../../docs/export.md");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-duckdb-"));
  await writeFile(join(folder, "00000.csv"), part(["a ann 1", "b bob 0"]));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the DuckDB query of docs/export.md on this folder. */
async function readLabels(): Promise<{ types: string[]; rows: Record<string, unknown>[] }> {
  const page = await readFile(PAGE, "utf8");
  const [, line = ""] = /^```sql\n(SELECT .*read_csv\(.*)\n```$/m.exec(page) ?? [];
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const query = line.replace("data/labels/*.csv", `${folder}/*.csv`).replace(/;$/, "");
    const reader = await connection.runAndReadAll(query);
    return { types: reader.columnTypes().map(String), rows: reader.getRowObjectsJson() };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("the DuckDB query of docs/export.md", () => {
  it("reads all parts, with ids and pseudonyms as text", async () => {
    await writeFile(join(folder, "00001.csv"), part(["a 0123456789 0"], 60));
    const { types, rows } = await readLabels();
    expect(types).toEqual([
      "VARCHAR",
      "TIMESTAMP WITH TIME ZONE",
      "VARCHAR",
      "TINYINT",
      "VARCHAR",
      "VARCHAR",
      "BOOLEAN",
    ]);
    expect(rows).toEqual([
      {
        id: "1456074443980800000",
        labeled_at: "2026-01-01 00:00:00+00",
        image: `${"a".repeat(64)}.webp`,
        label: 1,
        labeler: "ann",
        round: "7",
        unsure: false,
      },
      expect.objectContaining({ id: "1456074448175104000", label: 0, labeler: "bob" }),
      expect.objectContaining({ labeled_at: "2026-01-01 00:01:00+00", labeler: "0123456789" }),
    ]);
  });

  it("reads ten labels as numbers, and says who is not sure", async () => {
    await writeFile(join(folder, "00000.csv"), part(["a ann 0", "a bob 9", "a cyd unsure"]));
    expect((await readLabels()).rows.map(({ label, unsure }) => [label, unsure])).toEqual([
      [0, false],
      [9, false],
      [null, true],
    ]);
  });

  it("reads parts that end in an empty line", async () => {
    const sealed = Buffer.concat([part(["a cyd 1"], 60), Buffer.from("\r\n")]);
    await writeFile(join(folder, "00001.csv"), sealed);
    await writeFile(join(folder, "00002.csv"), part(["b ann 1"], 90));
    expect((await readLabels()).rows.map(({ labeler }) => labeler)).toEqual(["ann", "bob", "cyd", "ann"]);
  });

  it("reads parts that have only the header and an empty line", async () => {
    await writeFile(join(folder, "00000.csv"), Buffer.concat([part([]), Buffer.from("\r\n")]));
    expect((await readLabels()).rows).toEqual([]);
    await writeFile(join(folder, "00001.csv"), part(["a ann 1"]));
    expect((await readLabels()).rows).toEqual([
      expect.objectContaining({ label: 1, labeler: "ann", round: "7" }),
    ]);
  });
});
