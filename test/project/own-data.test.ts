import { beforeAll, expect, it } from "vitest";
import { ownData } from "../../src/project/own-data.ts";
import { memoryStore } from "../object-store/memory-store.ts";

const TABLE = { prefix: "rows/", columns: ["id", "who", "name"], person: "who" };
const store = memoryStore(new Map(), async (act) => act());

beforeAll(async () => {
  await store.put("rows/00000.csv", Buffer.from("id,who,name\r\n1,ann,a\r\n2,bob,b\r\n"));
  await store.put("rows/00001.csv", Buffer.from('who;id;name\nann;3;"c, d"\n'));
});

it("gathers a person's rows from parts of any form into one file of ours", async () => {
  const { rows, csv } = await ownData(store, TABLE, { pseudonyms: ["ann"], most: 1_000 });
  expect(rows).toBe(2);
  expect(csv?.toString()).toBe('id,who,name\r\n1,ann,a\r\n3,ann,"c, d"\r\n');
});

it("only counts the rows of whom more is kept than is wanted", async () => {
  expect(await ownData(store, TABLE, { pseudonyms: ["ann"], most: 20 })).toEqual({ rows: 2, csv: undefined });
  expect(await ownData(store, TABLE, { pseudonyms: ["nobody"], most: 20 })).toMatchObject({ rows: 0 });
});
