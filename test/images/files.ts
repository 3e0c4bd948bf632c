import { constants, crc32, deflateRawSync, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/*
 * Files as an attacker would make them, written by hand where no encoder would write them.
 */

/** A picture with enough detail for lossy compression to matter. */
export function photo(width = 320, height = 240): Sharp {
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: "#000", noise } });
}

/** Left half red, right half blue, so that a test can see the orientation. */
export function redAndBlue(width = 64, height = 32): Sharp {
  const right = { create: { width: width / 2, height, channels: 3, background: "#00f" } } as const;
  return sharp({ create: { width, height, channels: 3, background: "#f00" } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
}

export function flat(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  return sharp({ create: { width, height, channels, background: { r: 200, g: 40, b: 40, alpha: 0.5 } } });
}

const PNG_SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

export function pngChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** Number of zeros that are compressed at once. */
const ZEROS = 1_000_000;
/** Compressed zeros that end with a full flush, so that they can be repeated: what follows refers to nothing before it. */
const someZeros = deflateRawSync(Buffer.alloc(ZEROS), { level: 9, finishFlush: constants.Z_FULL_FLUSH });

/** This number of zeros as a zlib stream (RFC 1950), without compressing all of them: a gigabyte would take seconds. */
function deflatedZeros(bytes: number): Buffer {
  const whole = Math.floor(bytes / ZEROS);
  const rest = deflateRawSync(Buffer.alloc(bytes % ZEROS), { level: 9 });
  const checksum = Buffer.alloc(4);
  // Adler-32: of zeros, one sum stays 1 and the other counts them.
  checksum.writeUInt16BE(bytes % 65_521);
  checksum.writeUInt16BE(1, 2);
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...Array(whole).fill(someZeros), rest, checksum]);
}

interface PngOptions {
  /** What its IDAT inflates to, or a number of zeros. Default: the right number for a black image. */
  pixels?: Buffer | number;
  /** Chunks before the pixels. */
  before?: Buffer[];
  bits?: 8 | 16;
  /** With an alpha channel: black becomes transparent. */
  alpha?: boolean;
  interlaced?: boolean;
}

/** A PNG header that claims this size. The default is RGB. */
export function png(width: number, height: number, options: PngOptions = {}): Buffer {
  const { before = [], bits = 8, alpha = false, interlaced = false } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([bits, alpha ? 6 : 2, 0, 0, interlaced ? 1 : 0], 8);
  const pixelBytes = ((alpha ? 4 : 3) * bits) / 8;
  const { pixels = sum(passesOf(width, height, interlaced).map(([w, h]) => h * (1 + pixelBytes * w))) } =
    options;
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    ...before,
    pngChunk("IDAT", typeof pixels === "number" ? deflatedZeros(pixels) : deflateSync(pixels, { level: 9 })),
    pngChunk("IEND"),
  ]);
}

/** Adam7: where each pass begins and how far apart its pixels are. https://www.w3.org/TR/png-3/#8Interlace */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The sizes of the passes: one, or up to seven if the image is interlaced. */
function passesOf(width: number, height: number, interlaced: boolean): (readonly [number, number])[] {
  if (!interlaced) return [[width, height]];
  return ADAM7.map(([left, top, across, down]) => {
    return [Math.ceil((width - left) / across), Math.ceil((height - top) / down)] as const;
  }).filter(([w, h]) => w > 0 && h > 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

/** A PNG of 4 × 4 pixels whose texts and profile inflate to a thousand times their bytes. */
export function pngWithHeavyTexts(): Buffer {
  const zeros = deflatedZeros(49_000_000);
  const compressed = Buffer.concat([Buffer.from("k\0\0"), zeros]);
  const international = Buffer.concat([Buffer.from([0x6b, 0, 1, 0, 0, 0]), zeros]);
  return png(4, 4, {
    before: [
      pngChunk("iCCP", compressed),
      ...Array.from({ length: 50 }, () => pngChunk("zTXt", compressed)),
      ...Array.from({ length: 45 }, () => pngChunk("iTXt", international)),
    ],
  });
}

export function riffChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.from(type), Buffer.alloc(4), data, Buffer.alloc(data.length % 2)]);
  chunk.writeUInt32LE(data.length, 4);
  return chunk;
}

/** An animated WebP with a canvas of this size and this number of frames, each 2 × 2 red pixels. */
export async function animatedWebp(width: number, height: number, frames: number): Promise<Buffer> {
  const still = await sharp({ create: { width: 2, height: 2, channels: 3, background: "#f00" } })
    .webp({ lossless: true })
    .toBuffer();
  const canvas = Buffer.alloc(10);
  canvas[0] = 2;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const place = Buffer.alloc(16);
  place.writeUIntLE(1, 6, 3);
  place.writeUIntLE(1, 9, 3);
  place.writeUIntLE(100, 12, 3);
  const frame = riffChunk("ANMF", Buffer.concat([place, still.subarray(12)]));
  const chunks = [riffChunk("VP8X", canvas), riffChunk("ANIM", Buffer.alloc(6))];
  return riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks, ...Array(frames).fill(frame)]));
}

/** A GIF that claims this size for its screen and its frames, each of which has a single pixel. */
export function gif(width: number, height: number, frames = 1): Buffer {
  const screen = Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(7), Buffer.from([255, 0, 0, 0, 0, 255])]);
  const frame = Buffer.concat([Buffer.from(","), Buffer.alloc(9), Buffer.from([2, 2, 0x44, 1, 0])]);
  for (const [part, at] of [
    [screen, 6],
    [frame, 5],
  ] as const) {
    part.writeUInt16LE(width, at);
    part.writeUInt16LE(height, at + 2);
  }
  screen[10] = 0x80;
  return Buffer.concat([screen, ...Array(frames).fill(frame), Buffer.from(";")]);
}

/** A transparent picture of this size as lossless WebP, whose pixels take no bytes. */
export async function flatWebp(width: number, height: number): Promise<Buffer> {
  const file = await flat(2, 2, 4).webp({ lossless: true, effort: 0 }).toBuffer();
  // After the signature of its chunk, which is 0x2f: 14 bits each.
  const size = file.indexOf("VP8L") + 9;
  const flags = file.readUInt32LE(size) & ~(2 ** 28 - 1);
  file.writeUInt32LE((flags | ((height - 1) << 14) | (width - 1)) >>> 0, size);
  return file;
}

/** A GIF of one color and an unused second one. Written by hand, because an encoder takes seconds to choose the colors of 50 megapixels. */
export function flatGif(width: number, height: number): Buffer {
  const file = gif(width, height);
  const data = lzwOfZeros(width * height);
  const blocks = Array.from({ length: Math.ceil(data.length / 255) }, (_, index) => {
    const block = data.subarray(255 * index, 255 * (index + 1));
    return Buffer.concat([Buffer.from([block.length]), block]);
  });
  // After the screen and its two colors.
  const frame = 19;
  return Buffer.concat([
    file.subarray(0, frame),
    // The second color is transparent: with it, a picture has a fourth channel.
    Buffer.from([0x21, 0xf9, 4, 1, 0, 0, 1, 0]),
    file.subarray(frame, frame + 10),
    Buffer.from([2]),
    ...blocks,
    Buffer.from("\0;"),
  ]);
}

/** The codes of this many pixels of the first color, with at least 3 bits each. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function lzwOfZeros(pixels: number): Buffer {
  const [clear, end, greatest] = [4, 5, 4_093];
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  function write(code: number, width: number): void {
    held |= code << bits;
    for (bits += width; bits >= 8; bits -= 8) {
      bytes.push(held & 0xff);
      held >>>= 8;
    }
  }
  let width = 3;
  for (let left = pixels; left > 0;) {
    write(clear, width);
    width = 3;
    write(0, width);
    left -= 1;
    // Each code stands for one pixel more than the one before.
    for (let code = end + 1; code <= greatest && left > 0; code += 1) {
      const run = Math.min(code - clear, left);
      write(run === 1 ? 0 : run + clear, width);
      left -= run;
      if (code + 1 === 2 ** width) width += 1;
    }
  }
  write(end, width);
  bytes.push(held & 0xff);
  return Buffer.from(bytes);
}

/** An uncompressed gray TIFF that claims this size, with `pages` directories for the same 16 samples. */
export function tiff(width: number, height: number, { pages = 1, bits = 8 } = {}): Buffer {
  const LONG = 4;
  const size = 2 + 12 * 8 + 4;
  const data = 8 + size * pages;
  const tags = [
    [256, width],
    [257, height],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, data],
    [278, height],
    [279, (width * height * bits) / 8],
  ] as const;
  const file = Buffer.alloc(data + 2 * bits, 0x80);
  file.write("II*\0\x08\0\0\0", "latin1");
  for (let page = 0; page < pages; page += 1) {
    const start = 8 + size * page;
    file.writeUInt16LE(tags.length, start);
    tags.forEach(([tag, value], index) => {
      const at = start + 2 + 12 * index;
      file.writeUInt16LE(tag, at);
      file.writeUInt16LE(LONG, at + 2);
      file.writeUInt32LE(1, at + 4);
      file.writeUInt32LE(value % 2 ** 32, at + 8);
    });
    file.writeUInt32LE(page + 1 < pages ? start + size : 0, start + size - 4);
  }
  return file;
}

/** The start of a HEIF file with these brands, the first of which is the major one. */
export function fileOfBrands(...brands: string[]): Buffer {
  const box = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from(`ftyp${brands[0]}`),
    Buffer.alloc(4),
    Buffer.from(brands.join("")),
  ]);
  box.writeUInt32BE(box.length);
  return Buffer.concat([box, Buffer.alloc(1_000, 1)]);
}

export const SCRIPT = "<script>alert(document.domain)</script>";
export const SVG = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${SCRIPT}<rect width="9" height="9"/></svg>`,
);
