/**
 * A store as the last release wrote it (commit bcfc686), after a `/forget-me` of "relish" that sealed the parts before the last one.
 * The bytes are literal, so that a change of the code cannot change them. Its secret is `LABELER_SECRET`.
 */
import { plainPng } from "../pictures.ts";

/** The Discord id of each person, and what the store holds of them. */
export const FORMER_PEOPLE = {
  ketchup: { id: "1576500719001796614", labels: 3, uploads: 1 },
  mustard: { id: "1576500719001796615", labels: 2, uploads: 1 },
  relish: { id: "1576500719001796616", labels: 1, uploads: 0 },
};

/** The custom ids of its buttons. */
export const FORMER_BUTTONS = {
  "image 2, not hot dog":
    "press:1576500724626358272:2:0:9a48527377a4e582fce352e697e3b03c532a63f3ab7aae109ba7bcaa50055696.png",
  "image 4, hot dog":
    "press:1576500724626358272:4:1:c3b2bb2a3b63fb86c0413a7d1a4433bf1b9a7852f7a66e170bab6a8d0fb241b0.png",
  "remove an image of ketchup": "remove:026ceae1e655347a9dee92f1d17f3153129a1fe7b4da9a35aa30e7bcdae63084.png",
  "remove an image of mustard, in another message":
    "remove:dc997aa78922a54641759ac83d1cd935e5d0eb6e82fb6f4a7d9f04bbd066e475.png:1576500724399865856",
  "erase relish": "forget:1576500719001796616",
} as const;

/** The names of its images. */
const IMAGES = [
  "026ceae1e655347a9dee92f1d17f3153129a1fe7b4da9a35aa30e7bcdae63084.png",
  "5e4d3c3574b8e2f4ec023d64b1777ecc13fd8dfbd4a8902c39a5dd2b836d1472.png",
  "9a48527377a4e582fce352e697e3b03c532a63f3ab7aae109ba7bcaa50055696.png",
  "c3b2bb2a3b63fb86c0413a7d1a4433bf1b9a7852f7a66e170bab6a8d0fb241b0.png",
  "cfd51a36e07d7ad92833f1099c19259aaa1b78aa93877ee1997f93c5fc895998.png",
  "dc997aa78922a54641759ac83d1cd935e5d0eb6e82fb6f4a7d9f04bbd066e475.png",
];

/** Its label and upload files, and its tombstones, by key. */
const FILES: Readonly<Record<string, string>> = {
  "forgotten/617dc574b732cffb31811733db4bb07acce9a88e3a6cec66715fdf4c8c061908.json":
    '{"upTo":"1576500725721071616","counted":[{"id":"1576500725721071616","labels":2,"uploads":1}]}',
  "forgotten/newest.txt": "1576500725721071616",
  "labels/00000.csv": lines(
    '"id",labeled_at,image,label,labeler,round',
    "1576500725096120320,2026-11-29T07:31:02.830Z,5e4d3c3574b8e2f4ec023d64b1777ecc13fd8dfbd4a8902c39a5dd2b836d1472.png,1,85473b04e62a834be17219563d9c9f1183d84b22c7f5ac544b58623cceffa869,1576500724626358272",
    "1576500725431664640,2026-11-29T07:31:02.910Z,5e4d3c3574b8e2f4ec023d64b1777ecc13fd8dfbd4a8902c39a5dd2b836d1472.png,1,92eb63796ac0a6aca18e7562760fc3a41225c80675720425a8888ebc969870fb,1576500724626358272",
    "1576500725477801984,2026-11-29T07:31:02.921Z,9a48527377a4e582fce352e697e3b03c532a63f3ab7aae109ba7bcaa50055696.png,0,85473b04e62a834be17219563d9c9f1183d84b22c7f5ac544b58623cceffa869,1576500724626358272",
  ),
  "labels/00001.csv": lines('"id",labeled_at,image,label,labeler,round'),
  "labels/00002.csv": lines(
    "id,labeled_at,image,label,labeler,round",
    "1576500726127919104,2026-11-29T07:31:03.076Z,dc997aa78922a54641759ac83d1cd935e5d0eb6e82fb6f4a7d9f04bbd066e475.png,0,92eb63796ac0a6aca18e7562760fc3a41225c80675720425a8888ebc969870fb,1576500724626358272",
    "1576500726325051392,2026-11-29T07:31:03.123Z,9a48527377a4e582fce352e697e3b03c532a63f3ab7aae109ba7bcaa50055696.png,1,85473b04e62a834be17219563d9c9f1183d84b22c7f5ac544b58623cceffa869,1576500724626358272",
    "1576500726492823552,2026-11-29T07:31:03.163Z,dc997aa78922a54641759ac83d1cd935e5d0eb6e82fb6f4a7d9f04bbd066e475.png,1,617dc574b732cffb31811733db4bb07acce9a88e3a6cec66715fdf4c8c061908,1576500724626358272",
  ),
  "uploads/00000.csv": lines(
    '"id",uploaded_at,image,uploader,name',
    "1576500724349534209-1,2026-11-29T07:31:02.652Z,dc997aa78922a54641759ac83d1cd935e5d0eb6e82fb6f4a7d9f04bbd066e475.png,1a59adf15cb26b05ddd1ec64333bec3b6b8dac83afa14e8613b4006cbf41c408,_1_1_mustard_.png",
  ),
  "uploads/00001.csv": lines('"id",uploaded_at,image,uploader,name'),
  "uploads/00002.csv": lines(
    "id,uploaded_at,image,uploader,name",
    "1576500726610264065-1,2026-11-29T07:31:03.191Z,026ceae1e655347a9dee92f1d17f3153129a1fe7b4da9a35aa30e7bcdae63084.png,f3fdb3a60fd9eb5a6f34d18a9b363e12abb2db736853ffd14137cc16f7939635,ketchup.png",
  ),
};

function lines(...all: string[]): string {
  return all.map((line) => `${line}\r\n`).join("");
}

/** Everything that the store holds, besides the log of `/stats`. */
export async function formerStore(): Promise<Map<string, Buffer>> {
  const pictures = IMAGES.map(async (name, index) => [`images/${name}`, await plainPng(index)] as const);
  const files = Object.entries(FILES).map(([key, text]) => [key, Buffer.from(text)] as const);
  return new Map([...(await Promise.all(pictures)), ...files]);
}
