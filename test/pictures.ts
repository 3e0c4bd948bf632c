import sharp from "sharp";

/** A small picture in a colour of its own. */
export async function plainPng(index: number): Promise<Buffer> {
  const background = { r: index % 256, g: index >> 8, b: 99 };
  return sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer();
}
