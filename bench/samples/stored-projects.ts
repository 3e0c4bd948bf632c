import { createHash } from "node:crypto";
import { projectPrefix } from "../../src/project/project.ts";
import type { Content } from "../../test/aws/s3-bucket.ts";
import { storedDefinition } from "../../test/project/definitions.ts";
import { makePhoto } from "./pictures.ts";
import { imageNameOf, makeLabelParts } from "./stored-content.ts";

/** The projects of a store besides the hot dogs, which all have the same images and labels. */
export interface ProjectContent {
  /** Number of projects. */
  count: number;
  /** Number of images in each project. */
  images: number;
  /** Number of rows in each project's label file. */
  rows: number;
}

/** Number of people with rows in each project. Each of them has rows in as many projects. */
const PEOPLE = 3;
const FIRST_ID = 1_100_000_000_000_000_000n;
const FIRST_CHANNEL = 1_200_000_000_000_000_000n;

/** The ids of the project with this number and of its channel. */
export function projectIds(number: number): { id: string; channel: string } {
  return { id: String(FIRST_ID + BigInt(number)), channel: String(FIRST_CHANNEL + BigInt(number)) };
}

/** Makes definitions, pointers, markers, images and label files. Objects with the same bytes share them. */
export async function makeProjectObjects({ count, images, rows }: ProjectContent): Promise<Content[]> {
  if (count === 0) return [];
  const photo = await makePhoto(640, 480);
  const parts = makeLabelParts(rows, images);
  const names = Array.from({ length: images }, (_, image) => imageNameOf(image));
  const numbers = Array.from({ length: count }, (_, number) => number);
  return [
    ...numbers.flatMap(describingObjects),
    ...numbers.flatMap(markers),
    ...numbers.flatMap((number) =>
      names.map((name): Content => [`${prefixOf(number)}images/${name}`, photo]),
    ),
    ...parts.flatMap(([key, body, modified = new Date()]) =>
      numbers.map((number): Content => [prefixOf(number) + key, body, modified]),
    ),
  ];
}

function prefixOf(number: number): string {
  return projectPrefix(projectIds(number).id);
}

function describingObjects(number: number): Content[] {
  const { id, channel } = projectIds(number);
  const pointer = Buffer.from(JSON.stringify({ project: id, revision: 1 }));
  return [
    [`${prefixOf(number)}project.json`, storedDefinition(channel)],
    [`projects/channels/${channel}`, pointer],
  ];
}

const EMPTY = Buffer.alloc(0);

function markers(number: number): Content[] {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const person = createHash("sha256")
      .update(`person ${number + index}`)
      .digest("hex");
    return [`people/${person}/${projectIds(number).id}`, EMPTY];
  });
}
