import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { asWebp, starterImages } from "../../../src/cli/import/starter-images.ts";
import { runProcess } from "../../end-to-end/process.ts";

// One test, since drawing all of them takes two seconds of the processor.
it("npm run import -- --starter fills the store with 20 different pictures, the same bytes each time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-starter-"));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(folder, { recursive: true }));
  const images = await starterImages();

  await using running = runProcess("src/cli/import/main.ts", { STORE_URL: `file:${folder}` }, ["--starter"]);
  const drawn = await Promise.all(images.map(({ drawing }) => asWebp(drawing)));
  expect(await running.exited).toBe(0);
  const lines = running.output().trimEnd().split("\n");
  expect(lines.slice(0, -1).toSorted()).toEqual(
    images.map(({ shows }) => `added          ${shows}`).toSorted(),
  );
  expect(lines.at(-1)).toBe("added 20, already there 0, refused 0");
  const names = (await readdir(join(folder, "images"))).toSorted();
  expect(names).toEqual(images.map(({ name }) => name).toSorted());

  const pictures = await Promise.all(images.map(({ name }) => readFile(join(folder, "images", name))));
  expect(new Set(pictures.map((bytes) => bytes.toString("hex"))).size).toBe(20);
  expect(Buffer.concat(pictures).length).toBeLessThan(1_000_000);
  expect(drawn).toEqual(pictures);
  for (const picture of pictures) {
    expect(await sharp(picture).metadata()).toMatchObject({ format: "webp", width: 768, height: 576 });
    // Decodes to the end, and is a picture rather than one flat color.
    const { channels } = await sharp(picture).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
  }
});
