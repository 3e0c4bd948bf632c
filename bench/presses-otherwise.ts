import { pseudonym } from "../src/project/pseudonyms.ts";
import { snowflakeTime } from "../src/platform/snowflake.ts";
import type { PressJob } from "../src/jobs/press.ts";
import { headerLine, rowLine } from "../src/append-log/csv.ts";
import { ConditionFailedError, type ObjectStore } from "../src/object-store/object-store.ts";

/*
 * The two ways in which a label file is usually kept. Both write the same rows to the same part on the same store, one
 * press after the other in each worker, and give the milliseconds that each press took.
 */

const KEY = "labels/00000.csv";
const COLUMNS = ["id", "labeled_at", "image", "label", "labeler", "round"];
const HEADER = headerLine(COLUMNS);

/** One conditional PUT a press, tried again until it wins; what the last PUT wrote is not read again. */
export async function appendOneByOne(store: ObjectStore, jobs: readonly PressJob[]): Promise<number[]> {
  let current = await store.get(KEY);
  return timed(jobs, async (line) => {
    for (;;) {
      const condition = current === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: current.etag };
      const body = Buffer.concat([current?.body ?? HEADER, line]);
      const etag = await store.put(KEY, body, { condition }).catch(ifFailedCondition);
      current = etag === undefined ? await store.get(KEY) : { body, etag, modified: new Date() };
      if (etag !== undefined) return;
    }
  });
}

/** Read, append, write back, without a condition. */
export async function readAppendWrite(store: ObjectStore, jobs: readonly PressJob[]): Promise<number[]> {
  return timed(jobs, async (line) => {
    const current = await store.get(KEY);
    await store.put(KEY, Buffer.concat([current?.body ?? HEADER, line]));
  });
}

async function timed(jobs: readonly PressJob[], append: (line: Buffer) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (const { interaction, press } of jobs) {
    const started = performance.now();
    await append(
      rowLine(COLUMNS, {
        id: interaction.id,
        labeled_at: snowflakeTime(interaction.id).toISOString(),
        image: press.image,
        label: String(press.label),
        labeler: pseudonym("a secret of the bench", interaction.userId),
        round: press.round,
      }),
    );
    times.push(performance.now() - started);
  }
  return times;
}

function ifFailedCondition(error: unknown): undefined {
  if (!(error instanceof ConditionFailedError)) throw error;
}
