import { DamagedError, type Stripped } from "./stripped.ts";

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
/** Label of the extension that holds the transparent color of the next frame. */
const GRAPHIC_CONTROL = 0xf9;
const SCREEN_BYTES = 13;
const DESCRIPTOR_BYTES = 10;

/** Keeps the first frame and the graphic control extension before it. */
export function stripGif(file: Buffer): Stripped {
  const screenEnd = SCREEN_BYTES + colorTableBytes(file.readUInt8(10));
  const kept = [file.subarray(0, screenEnd)];
  let control: Buffer = Buffer.alloc(0);
  for (let at = screenEnd; ;) {
    const block = file.readUInt8(at);
    if (block === IMAGE) {
      const dataStart = at + DESCRIPTOR_BYTES + colorTableBytes(file.readUInt8(at + 9)) + 1;
      kept.push(control, file.subarray(at, subBlocksEnd(file, dataStart)), Buffer.from([TRAILER]));
      return { picture: Buffer.concat(kept), orientation: 1 };
    }
    if (block !== EXTENSION) throw new DamagedError("a GIF without a frame");
    const end = subBlocksEnd(file, at + 2);
    if (file.readUInt8(at + 1) === GRAPHIC_CONTROL) control = file.subarray(at, end);
    at = end;
  }
}

function colorTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Finds the end of a chain of sub-blocks: each is a byte with its length and then its data; the last has the length 0. */
function subBlocksEnd(file: Buffer, start: number): number {
  let at = start;
  for (let length = file.readUInt8(at); length > 0; length = file.readUInt8(at)) at += 1 + length;
  return at + 1;
}
