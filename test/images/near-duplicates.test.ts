import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { starterImages, asWebp } from "../../src/cli/import/starter-images.ts";
import { hashIndex } from "../../src/images/near-duplicates/hash-index.ts";
import { isPlain, nearDuplicateTest } from "../../src/images/near-duplicates/is-near-duplicate.ts";
import { makeThumbnail } from "../../src/images/near-duplicates/make-thumbnail.ts";
import {
  formatHash,
  HASH_BITS,
  hashProbes,
  parseHash,
  perceptualHash,
} from "../../src/images/near-duplicates/perceptual-hash.ts";
import {
  parseThumbnail,
  thumbnailBytes,
  type Thumbnail,
} from "../../src/images/near-duplicates/thumbnail.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { cropper, drawScene, drawScreenshot, reencoder, resizer } from "./scenes.ts";

const SCENES = 12;

/** Numbers of the pictures among these that a picture is said to look like. */
function similarTo(thumbnail: Thumbnail, others: readonly Thumbnail[]): number[] {
  const index = hashIndex();
  for (const other of others) index.add(perceptualHash(other));
  const isNearDuplicate = nearDuplicateTest(thumbnail);
  return index.find(hashProbes(thumbnail)).filter((entry) => {
    const other = others[entry];
    return other !== undefined && isNearDuplicate(other);
  });
}

/** How many of these pictures look like another one. */
async function confused(pictures: readonly Buffer[]): Promise<number> {
  const thumbnails = await Promise.all(pictures.map(makeThumbnail));
  return thumbnails.filter(
    (thumbnail) =>
      similarTo(
        thumbnail,
        thumbnails.filter((one) => one !== thumbnail),
      ).length > 0,
  ).length;
}

describe("a picture is recognized", () => {
  let scenes: Buffer[];
  let thumbnails: Thumbnail[];

  beforeAll(async () => {
    scenes = await Promise.all(Array.from({ length: SCENES }, (_, seed) => drawScene(seed + 1)));
    thumbnails = await Promise.all(scenes.map(makeThumbnail));
  });

  it.each([
    ["resized", [resizer]],
    ["encoded again", [reencoder]],
    ["cropped by 5 %", [cropper]],
    ["cropped, resized and encoded again", [cropper, resizer, reencoder]],
  ])("when it is %s", async (_, changes) => {
    const random = seeded(5);
    let found = 0;
    for (const [number, scene] of scenes.entries()) {
      let picture = scene;
      for (const change of changes) picture = await change(random)(picture);
      const similar = similarTo(await makeThumbnail(picture), thumbnails);
      expect(similar.filter((other) => other !== number)).toEqual([]);
      if (similar.includes(number)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(SCENES - 1);
  });

  it("when it has strong colors and was cropped", async () => {
    const squares = Array.from({ length: 70 }, (_, at) => {
      const color = ["#f00", "#00f", "#0a0", "#ff0", "#f0f"][(at * at) % 5];
      return `<rect x="${50 * (at % 10)}" y="${50 * Math.floor(at / 10)}" width="50" height="50" fill="${color}"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="350">${squares.join("")}</svg>`;
    const picture = sharp(Buffer.from(svg)).removeAlpha();
    const cropped = picture.clone().extract({ left: 25, top: 0, width: 475, height: 350 });
    const [whole, part] = await Promise.all([picture, cropped].map(async (image) => image.png().toBuffer()));
    const thumbnail = await makeThumbnail(part as Buffer);
    expect(similarTo(thumbnail, [await makeThumbnail(whole as Buffer)])).toEqual([0]);
  });

  it("when the other one was cropped", async () => {
    const cropped = await cropper(seeded(1))(scenes[0] ?? Buffer.of());
    expect(similarTo(thumbnails[0] as Thumbnail, [await makeThumbnail(cropped)])).toEqual([0]);
  });
});

describe("pictures are told apart", () => {
  it("when they are icons on plain backgrounds, such as the starter images", async () => {
    const drawings = (await starterImages()).slice(0, 20);
    const pictures = await Promise.all(drawings.map(({ drawing }) => asWebp(drawing)));
    expect(await confused(pictures)).toBe(0);
  });

  it("when they are screenshots of one program with other texts", async () => {
    const pictures = await Promise.all(Array.from({ length: 12 }, (_, seed) => drawScreenshot(seed + 1)));
    expect(await confused(pictures)).toBe(0);
  });

  it("when they are plain, dark, or a gradient", async () => {
    const backgrounds = ["#000", "#010101", "#020203", "#fff", "#fefefe", "#c83232", "#c83333"];
    const plain = backgrounds.map((background) =>
      sharp({ create: { width: 300, height: 200, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    );
    const noisy = [8, 9, 10].map((mean) =>
      sharp({
        create: {
          width: 320,
          height: 240,
          channels: 3,
          background: "#000",
          noise: { type: "gaussian", mean, sigma: 2 },
        },
      })
        .jpeg()
        .toBuffer(),
    );
    const gradients = ["#123", "#124", "#134"].map((color) => {
      const gradient = `<linearGradient id="g"><stop stop-color="${color}"/><stop offset="1" stop-color="#cde"/></linearGradient>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><defs>${gradient}</defs><rect width="300" height="200" fill="url(#g)"/></svg>`;
      return sharp(Buffer.from(svg)).png().toBuffer();
    });
    expect(await confused(await Promise.all([...plain, ...noisy, ...gradients]))).toBe(0);
  });

  it("when only their colors differ", async () => {
    const scene = await drawScene(1);
    const other = await sharp(scene).modulate({ hue: 120 }).png().toBuffer();
    expect(await confused([scene, other])).toBe(0);
  });
});

it("pictures without details are plain, others are not", async () => {
  const sky = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><defs><linearGradient id="g" x2="0" y2="1">
<stop stop-color="#36c"/><stop offset="1" stop-color="#cdf"/></linearGradient></defs><rect width="300" height="200" fill="url(#g)"/></svg>`;
  expect(isPlain(await makeThumbnail(await sharp(Buffer.from(sky)).jpeg().toBuffer()))).toBe(true);
  expect(isPlain(await makeThumbnail(await drawScene(3)))).toBe(false);
});

describe("what is stored of a picture", () => {
  it("reads back as it was", async () => {
    const thumbnail = await makeThumbnail(await drawScene(1));
    const read = parseThumbnail(thumbnailBytes(thumbnail));
    expect(Uint8Array.from(read?.luma ?? [])).toEqual(thumbnail.luma);
    expect(Uint8Array.from(read?.chroma ?? [])).toEqual(thumbnail.chroma);
    const hash = perceptualHash(thumbnail);
    expect(parseHash(formatHash(hash))).toEqual(hash);
    expect(formatHash({ high: 1, low: 0xff_ff_ff_ff })).toBe("00000001ffffffff");
  });

  it("is refused if it is something else", () => {
    expect(parseThumbnail(Buffer.alloc(5))).toBeUndefined();
    expect(parseHash("00000001fffffffg")).toBeUndefined();
  });

  it("shows white where the picture is transparent", async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 };
    const clear = sharp({ create: { width: 40, height: 40, channels: 4, background } }).png();
    const { luma, chroma } = await makeThumbnail(await clear.toBuffer());
    expect([Math.min(...luma), Math.max(...chroma)]).toEqual([255, 128]);
  });
});

it("a hash is found if it differs in uncertain bits of each quarter, and not in certain ones", () => {
  const index = hashIndex();
  const random = seeded(4);
  const half = (): number => Math.floor(random() * 2 ** 32);
  // The lowest bit of each quarter, and the highest.
  const [uncertain, certain] = [0x00_01_00_01, 0x80_00_80_00];
  const high = half();
  const low = half();
  for (const flipped of [uncertain, certain])
    index.add({ high: (high ^ flipped) >>> 0, low: (low ^ flipped) >>> 0 });
  for (let entry = 0; entry < 10_000; entry += 1) index.add({ high: half(), low: half() });
  const weights = Float64Array.from({ length: HASH_BITS }, (_, bit) => (bit % 16 === 15 ? 0.001 : 0.01));
  weights.set([0.1, 0.1], 0);
  expect(index.find([{ high, low, weights: weights.map((weight) => weight / 0.78) }])).toEqual([0]);
});

it("hashes are found among many, also when most are in sorted tables", async () => {
  const random = seeded(3);
  const half = (): number => Math.floor(random() * 2 ** 32);
  const index = hashIndex();
  const thumbnail = await makeThumbnail(await drawScene(2));
  const hash = perceptualHash(thumbnail);
  for (let entry = 0; entry < 30_000; entry += 1)
    index.add(entry === 777 || entry === 20_000 ? hash : { high: half(), low: half() });
  expect(index.find(hashProbes(thumbnail))).toEqual([777, 20_000]);
  index.add(hash);
  expect(index.find(hashProbes(thumbnail))).toEqual([777, 20_000, 30_000]);
  expect(index.size).toBe(30_001);
});
