import type { Page } from "playwright-core";
import sharp from "sharp";

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A file of zeros, created in the browser so that megabytes need not be sent there. */
interface EmptyFile {
  name: string;
  mimeType: string;
  /** Number of bytes. */
  size: number;
}

export async function picture(name: string): Promise<TestFile> {
  const background = { r: 200, g: 60, b: 40 };
  const image = sharp({ create: { width: 300, height: 200, channels: 3, background } });
  return { name, mimeType: "image/png", buffer: await image.png().toBuffer() };
}

/** Runs in the browser: creates the files from base64 or of zeros, and dispatches the event. */
const dispatch = `async (element, { kind, files }) => {
  const transfer = new DataTransfer();
  for (const { name, mimeType, text, size } of files) {
    const bytes = text === undefined
      ? new Uint8Array(size)
      : await (await fetch("data:" + mimeType + ";base64," + text)).arrayBuffer();
    transfer.items.add(new File([bytes], name, { type: mimeType }));
  }
  const how = { bubbles: true, cancelable: true };
  element.dispatchEvent(
    kind === "paste"
      ? new ClipboardEvent(kind, { ...how, clipboardData: transfer })
      : new DragEvent(kind, { ...how, dataTransfer: transfer }),
  );
}`;

/** Drops files on the page, or pastes them, as the browser does. */
export async function bring(
  page: Page,
  kind: "drop" | "paste",
  files: (TestFile | EmptyFile)[],
  onto = "main",
): Promise<void> {
  const encoded = files.map((file) => {
    if ("size" in file) return file;
    const { buffer, ...named } = file;
    return { ...named, text: buffer.toString("base64") };
  });
  const target = `document.querySelector(${JSON.stringify(onto)})`;
  await page.evaluate(`(${dispatch})(${target}, ${JSON.stringify({ kind, files: encoded })})`);
}
