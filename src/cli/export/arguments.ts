import { parseArgs } from "node:util";
import { EXPORT_FORMATS, type ExportFormat } from "../../labeling/export-format.ts";
import { describeError } from "../../platform/describe-error.ts";

export interface ExportCommand {
  format: ExportFormat;
  /** The folder to make. */
  out: string;
  imagesAt: string | undefined;
  /** The file of the key under which several exports name people the same; undefined for a key of this export alone. */
  people: string | undefined;
  /** Whether to write the label file as it is. */
  raw: boolean;
}

const options = {
  format: { type: "string" },
  out: { type: "string" },
  "images-at": { type: "string" },
  people: { type: "string" },
  raw: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Those that name images instead of holding or leaving them out. */
const WITH_ADDRESSES: readonly ExportFormat[] = ["ground-truth", "label-studio"];
const FORMATS = EXPORT_FORMATS.join(", ");

export function readArguments(args: string[]): ExportCommand | { help: true } | { mistake: string } {
  try {
    const { values } = parseArgs({ args, options });
    const { format, out, "images-at": imagesAt, people, raw = false, help } = values;
    if (help) return { help };
    if (!isFormat(format))
      return {
        mistake: format === undefined ? `--format is one of ${FORMATS}.` : noSuchFormat(format),
      };
    if (out === undefined || out === "") return { mistake: "--out names the folder to make." };
    if (imagesAt !== undefined && !WITH_ADDRESSES.includes(format))
      return { mistake: `--images-at is for ${WITH_ADDRESSES.join(" and ")}.` };
    if (imagesAt !== undefined && !isAddress(imagesAt, format)) return { mistake: wrongAddress(format) };
    if (people === "") return { mistake: "--people names a file for the key." };
    if (raw && format !== "labels") return { mistake: "--raw is for --format labels." };
    if (raw && people !== undefined)
      return { mistake: "--raw keeps the stored pseudonyms: it does not go with --people." };
    return { format, out, imagesAt, people, raw };
  } catch (error) {
    return { mistake: describeError(error) };
  }
}

function isFormat(text: string | undefined): text is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === text);
}

function noSuchFormat(format: string): string {
  return `There is no format ${format}; there are ${FORMATS}.`;
}

function isAddress(text: string, format: ExportFormat): boolean {
  return format === "ground-truth"
    ? /^s3:\/\/[^/]/.test(text)
    : /^(?:https?:\/\/|s3:\/\/|gs:\/\/|\/)./.test(text);
}

function wrongAddress(format: ExportFormat): string {
  return format === "ground-truth"
    ? "--images-at must be s3://BUCKET/FOLDER for ground-truth, which reads images from S3 alone."
    : "--images-at must be an address, https://…, s3://… or a path on Label Studio's server such as /data/local-files/?d=images/.";
}
