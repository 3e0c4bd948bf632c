import type { APIComponentInContainer, APIMessageTopLevelComponent } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import sharp from "sharp";

const { ActionRow, Button, Container, MediaGallery, TextDisplay } = ComponentType;

/** Width and height, in pixels. */
type Size = readonly [number, number];

/** Landscape, portrait, square, and a small one. */
const sizes: readonly Size[] = [
  [1024, 640],
  [600, 1024],
  [800, 800],
  [320, 240],
];
const colors = ["#c0392b", "#2e86ab", "#f2a541", "#5a9a3c"];

/** Builds the message of a bot that asks about four images: a question, and two buttons below each image. */
export async function round(name = "r1") {
  const pictures = await Promise.all(sizes.map((size, index) => picture(size, colors[index] ?? "#888888")));
  const components: APIMessageTopLevelComponent[] = [
    {
      type: Container,
      components: [
        { type: TextDisplay, content: "**Is there a hot dog in the picture?**" },
        ...pictures.flatMap((_, index) => asked(name, index + 1)),
      ],
    },
  ];
  const files = pictures.map((data, index) => ({ data, name: `image-${index + 1}.webp` }));
  const attachments = files.map(({ name: filename }, id) => ({ id: String(id), filename }));
  return { body: { flags: MessageFlags.IsComponentsV2, components, attachments }, files };
}

function asked(name: string, number: number): APIComponentInContainer[] {
  const media = { url: `attachment://image-${number}.webp` };
  return [
    { type: TextDisplay, content: `Image ${number}` },
    { type: MediaGallery, items: [{ media, description: `Image ${number} of 4` }] },
    { type: ActionRow, components: [button(name, number, 0), button(name, number, 1)] },
  ];
}

/** A button with a custom id of the maximum length. */
function button(name: string, number: number, label: 0 | 1) {
  return {
    type: Button,
    style: ButtonStyle.Secondary,
    custom_id: `label:${name}:${number}:${label}:`.padEnd(100, "x"),
    label: label === 0 ? "0 · not hot dog" : "1 · hot dog",
  } as const;
}

function picture([width, height]: Size, color: string): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${width}" height="${height}">
    <rect x="-100" y="-100" width="300" height="300" fill="${color}"/>
    <g transform="rotate(-30 50 50)"><rect x="12" y="36" width="76" height="28" rx="14" fill="#f0c27b"/>
    <rect x="6" y="43" width="88" height="14" rx="7" fill="#8a3220"/></g></svg>`;
  return sharp(Buffer.from(drawing)).webp().toBuffer();
}
