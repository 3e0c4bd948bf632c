import { imageName } from "../../src/labeling/images.ts";
import { hotdogKeys, projectKeys, pseudonymizer, type Pseudonyms } from "../../src/project/pseudonyms.ts";
import { readPart } from "../append-log/rows.ts";
import type { LoadProject } from "./projects.ts";
import { answerOf, type LoadRequest, type StatsRequest, type UploadRequest } from "./requests.ts";

/** The operator's secret, from which the pseudonyms in rows are derived. */
export const SECRET = "sixteen characters or more";

/** All objects of a store. */
export interface Bucket {
  keys(): readonly string[];
  get(key: string): { body: Buffer } | undefined;
}

/** The keys of logs, and those of the parts of all projects, wherever they are. */
const LOG = /(?:^|\/)logs\/\d{4}\/\d\d\/\d\d\/(\d+)\.txt$/;
const PART = /^(.*\b(?:labels|uploads|gold|exclusions)\/)\d+\.csv$/;

/** What the store holds of each request, by interaction id: the text of a log, or a row with the folder of its file. */
export function recordsIn(bucket: Bucket): Map<string, string[]> {
  const records = bucket.keys().flatMap((key): { id: string; text: string }[] => {
    const [, logId] = LOG.exec(key) ?? [];
    const [, folder] = PART.exec(key) ?? [];
    if (logId === undefined && folder === undefined) return [];
    const text = bucket.get(key)?.body.toString() ?? "";
    if (logId !== undefined) return [{ id: logId, text }];
    return readPart(text).rows.map(([id = "", , ...fields]) => ({
      id: id.replace(/-1$/, ""),
      text: `${folder} ${fields.join(" ")}`,
    }));
  });
  const byId = Map.groupBy(records, ({ id }) => id);
  return new Map([...byId].map(([id, own]) => [id, own.map(({ text }) => text)]));
}

/** Whether a record is what its request must leave in the store: the right values, in the files of the right project. */
export function isRight(request: LoadRequest, record: string): boolean {
  return request.kind === "stats" ? record.includes(expectedLog(request)) : record === expectedRow(request);
}

/** The numbers of a `/stats`, and the statistics of its answer. */
export function numbersOf({ min }: StatsRequest): { min: number; max: number; middle: number } {
  return { min, max: min + 4, middle: min + 2 };
}

function expectedLog(request: StatsRequest): string {
  const { min, max, middle } = numbersOf(request);
  return `numbers: ${max} ${min}\nmin: ${min}\nmax: ${max}\nmean: ${middle}\nmedian: ${middle}\n`;
}

function expectedRow(request: Exclude<LoadRequest, StatsRequest>): string {
  const { project, userId } = request;
  const { labeler, uploader } = namesIn(project, userId);
  if (request.kind === "upload")
    return `${project.prefix}uploads/ ${imageOf(request)} ${uploader} ${request.name}`;
  const { image, label, round } = answerOf(request);
  return `${project.prefix}labels/ ${image} ${label} ${labeler} ${round}`;
}

/** The pseudonyms of a person in a project. */
export function namesIn({ id }: Pick<LoadProject, "id">, userId: string): Pseudonyms {
  return pseudonymizer(id === null ? hotdogKeys(SECRET) : projectKeys(SECRET, id))(userId);
}

function imageOf({ bytes }: UploadRequest): string {
  return imageName(bytes, "png");
}

/** The keys of the image of an upload, whichever projects it is in, and the only key that it may have. */
export function imageKeys(request: UploadRequest, bucket: Bucket): { found: string[]; expected: string } {
  const name = imageOf(request);
  const found = bucket.keys().filter((key) => key.endsWith(name));
  return { found, expected: `${request.project.prefix}images/${name}` };
}

/** What the store holds besides the records of these requests. */
export function otherRecords(bucket: Bucket, requests: readonly { id: string }[]): Map<string, string[]> {
  const records = recordsIn(bucket);
  for (const { id } of requests) records.delete(id);
  return records;
}
