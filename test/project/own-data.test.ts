import { beforeAll, expect, it } from "vitest";
import { ownData } from "../../src/project/own-data.ts";
import { memoryStore } from "../object-store/memory-store.ts";

const store = memoryStore(new Map(), async (act) => act());
const ANN = { labeler: "ann", uploaders: ["ann-now", "ann-before"] };

beforeAll(async () => {
  const put = (key: string, text: string): Promise<string> => store.put(key, Buffer.from(text));
  const columns = "id,labeled_at,image,label,labeler,round";
  await put("labels/00000.csv", `${columns}\r\n1,t,a,0,ann,9\r\n2,t,a,1,bob,9\r\n`);
  await put("labels/00001.csv", 'labeler;id;labeled_at;image;label;round\nann;3;t;"c, d";1;9\n');
  const uploads = "1-1,t,a,ann-now,x\r\n2-1,t,b,bob,y\r\n3-1,t,c,ann-before,z\r\n";
  await put("uploads/00000.csv", `id,uploaded_at,image,uploader,name\r\n${uploads}`);
});

it("collects a person's rows, from parts of any form, into one file per table", async () => {
  const { labels, uploads } = await ownData(store, ANN, 1_000);
  expect(labels.rows).toBe(2);
  expect(labels.csv?.toString()).toBe(
    'id,labeled_at,image,label,labeler,round\r\n1,t,a,0,ann,9\r\n3,t,"c, d",1,ann,9\r\n',
  );
  expect(uploads.rows).toBe(2);
  expect(uploads.csv?.toString()).toBe(
    "id,uploaded_at,image,uploader,name\r\n1-1,t,a,ann-now,x\r\n3-1,t,c,ann-before,z\r\n",
  );
});

it("only counts the rows of a table that exceeds the size limit", async () => {
  expect((await ownData(store, ANN, 50)).labels).toEqual({ rows: 2, csv: undefined });
  const nobody = { labeler: "nobody", uploaders: ["nobody"] };
  expect((await ownData(store, nobody, 50)).labels).toMatchObject({ rows: 0 });
});
