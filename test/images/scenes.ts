import sharp, { type Sharp } from "sharp";
import { seeded, type Random } from "../../src/platform/seeded.ts";

/** In pixels. */
const WIDTH = 480;
const HEIGHT = 360;

/**
 * Draws a picture with the statistics of a photograph: noise whose amplitude falls with the frequency, some light, and things of all
 * sizes with sharp and soft edges in front of it. The same seed draws the same picture.
 */
export async function drawScene(seed: number): Promise<Buffer> {
  const random = seeded(seed);
  const things = Array.from({ length: 6 + Math.floor(random() * 12) }, () => drawThing(random)).join("");
  const tint = Array.from({ length: 3 }, () => (0.4 + random()).toFixed(2));
  const [red, green, blue] = tint;
  const frequency = (0.004 + 0.02 * random()).toFixed(4);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs>
<filter id="noise" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="6" seed="${seed}"/>
<feColorMatrix values="${red} .3 0 0 0 .3 ${green} 0 0 0 0 .3 ${blue} 0 0 0 0 0 0 1"/></filter>
<filter id="soft"><feGaussianBlur stdDeviation="${(2 + 6 * random()).toFixed(1)}"/></filter>
<linearGradient id="light" gradientTransform="rotate(${Math.floor(random() * 360)})"><stop stop-color="#fff" stop-opacity=".4"/>
<stop offset="1" stop-color="#000" stop-opacity=".5"/></linearGradient></defs>
<rect width="100%" height="100%" filter="url(#noise)"/>${things}<rect width="100%" height="100%" fill="url(#light)"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
}

function drawThing(random: Random): string {
  const size = 15 + 140 * random() ** 3;
  const x = Math.floor(random() * WIDTH);
  const y = Math.floor(random() * HEIGHT);
  const fill = `hsl(${Math.floor(random() * 360)} ${Math.floor(20 + random() * 60)}% ${Math.floor(15 + random() * 70)}%)`;
  const filter = random() < 0.3 ? ' filter="url(#soft)"' : "";
  const look = `fill="${fill}" opacity="${(0.5 + random() / 2).toFixed(2)}"${filter} transform="rotate(${Math.floor(random() * 180)} ${x} ${y})"`;
  return random() < 0.5
    ? `<ellipse cx="${x}" cy="${y}" rx="${size.toFixed(1)}" ry="${(size * (0.3 + random())).toFixed(1)}" ${look}/>`
    : `<rect x="${x}" y="${y}" width="${(size * 2).toFixed(1)}" height="${(size * (0.2 + random())).toFixed(1)}" ${look}/>`;
}

/** Draws a window with a title, a list of names and lines of text, as a chat program shows them. Only the text depends on the seed. */
export async function drawScreenshot(seed: number): Promise<Buffer> {
  const random = seeded(seed);
  const lines = Array.from({ length: 14 }, (_, line) => {
    const length = Math.floor(random() * 260);
    return `<rect x="150" y="${50 + 21 * line}" width="${20 + length}" height="9" fill="#444"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="100%" height="100%" fill="#fff"/><rect width="130" height="100%" fill="#2b2d31"/><rect x="130" width="350" height="34" fill="#e3e5e8"/>
${Array.from({ length: 9 }, (_, index) => `<circle cx="22" cy="${56 + 32 * index}" r="10" fill="#80848e"/><rect x="40" y="${52 + 32 * index}" width="70" height="8" fill="#b5bac1"/>`).join("")}
${lines.join("")}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
}

type Change = (picture: Buffer) => Promise<Buffer>;

/** Encodes in a lossy format, with the quality that people and programs use. */
export function reencoder(random: Random): Change {
  const quality = Math.floor(45 + 50 * random());
  const encode = [
    (image: Sharp) => image.jpeg({ quality }),
    (image: Sharp) => image.webp({ quality, effort: 0 }),
    (image: Sharp) => image.avif({ quality: quality - 10, effort: 0 }),
  ][Math.floor(random() * 3)];
  return async (picture) => (encode ?? ((image) => image.png()))(sharp(picture)).toBuffer();
}

/** Scales to between 0.35 and 1.5 of the size. */
export function resizer(random: Random): Change {
  const scale = 0.35 + 1.15 * random();
  return async (picture) => {
    const { width } = await sharp(picture).metadata();
    return sharp(picture)
      .resize({ width: Math.max(48, Math.round(width * scale)) })
      .png({ compressionLevel: 1 })
      .toBuffer();
  };
}

/** Removes 5 % of the width or of the height, at one end or at both. */
export function cropper(random: Random): Change {
  const isWidth = random() < 0.5;
  const share = random();
  return async (picture) => {
    const { width, height } = await sharp(picture).metadata();
    const less = Math.round(0.05 * (isWidth ? width : height));
    const before = Math.round(less * share);
    const region = isWidth
      ? { left: before, top: 0, width: width - less, height }
      : { left: 0, top: before, width, height: height - less };
    return sharp(picture).extract(region).png({ compressionLevel: 1 }).toBuffer();
  };
}
