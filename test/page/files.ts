import type { Page } from "playwright-core";
import sharp from "sharp";

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function picture(name: string): Promise<TestFile> {
  const background = { r: 200, g: 60, b: 40 };
  const image = sharp({ create: { width: 300, height: 200, channels: 3, background } });
  return { name, mimeType: "image/png", buffer: await image.png().toBuffer() };
}

/** In the browser: makes files of what came as text, and the event that brings them. */
const dispatch = `async (element, { kind, files }) => {
  const transfer = new DataTransfer();
  for (const { name, mimeType, text } of files) {
    const bytes = await (await fetch("data:" + mimeType + ";base64," + text)).arrayBuffer();
    transfer.items.add(new File([bytes], name, { type: mimeType }));
  }
  const how = { bubbles: true, cancelable: true };
  element.dispatchEvent(
    kind === "paste"
      ? new ClipboardEvent(kind, { ...how, clipboardData: transfer })
      : new DragEvent(kind, { ...how, dataTransfer: transfer }),
  );
}`;

/** What the browser does when files are dropped on the page or pasted into it. */
export async function bring(
  page: Page,
  kind: "drop" | "paste",
  files: TestFile[],
  onto = "main",
): Promise<void> {
  const encoded = files.map(({ buffer, ...file }) => ({ ...file, text: buffer.toString("base64") }));
  const target = `document.querySelector(${JSON.stringify(onto)})`;
  await page.evaluate(`(${dispatch})(${target}, ${JSON.stringify({ kind, files: encoded })})`);
}
