import { appendLog, type AppendOptions } from "../append-log/append-log.ts";
import { idTime, isRowId, rowsIn, type Row } from "../append-log/csv.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import type { Label } from "../labeling/question.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import type { Log } from "../platform/log.ts";
import { currentRows, type CurrentRows } from "./current-rows.ts";

const GOLD_TABLE = {
  prefix: "gold/",
  columns: ["id", "set_at", "image", "label"],
};

/** The known label of one image. It does not say who set it. */
export interface GoldRow {
  /** Interaction id; `<id>-<position>`, with positions from 1, if an interaction sets several. The greatest id of an image counts. */
  id: string;
  /** File name of the image. */
  image: string;
  /** Undefined if the image is no longer gold. */
  label: Label | undefined;
}

export interface GoldFile {
  /** Resolves when the row is durable. Setting the same row again has no effect. */
  set(row: GoldRow): Promise<"written" | "present">;
}

export function goldFile(store: ObjectStore, options: AppendOptions): GoldFile {
  const file = appendLog(store, GOLD_TABLE, options);
  return {
    async set(row) {
      return (await file.append(goldFields(row))) === "present" ? "present" : "written";
    },
  };
}

function goldFields({ id, image, label }: GoldRow): Row {
  return {
    id,
    set_at: new Date(idTime(id)).toISOString(),
    image,
    label: label === undefined ? "" : String(label),
  };
}

/**
 * The current row of each image that is or was gold, read incrementally. Create one per process.
 * @param store the project's own
 */
export function currentGold(store: ObjectStore, log?: Log): CurrentRows<GoldRow> {
  const subjectOf = ({ image }: GoldRow): string => image;
  return currentRows(store, { prefix: GOLD_TABLE.prefix, rowsIn: goldRowsIn, subjectOf }, log);
}

/** Reads the rows of a part. Those that are not gold answers, for example after someone edited the file, are undefined. */
function goldRowsIn(part: Buffer): (GoldRow | undefined)[] {
  return rowsIn(part).map(({ id = "", image = "", label }) =>
    isRowId(id) && IMAGE_NAME.test(image) && label !== undefined && /^\d?$/.test(label)
      ? { id, image, label: label === "" ? undefined : Number(label) }
      : undefined,
  );
}
