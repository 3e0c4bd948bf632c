import { pseudonym } from "../../src/project/pseudonyms.ts";
import { snowflakeTime } from "../../src/platform/snowflake.ts";
import type { PressJob } from "../../src/jobs/press.ts";
import { headerLine, rowLine } from "../../src/append-log/csv.ts";
import { ConditionFailedError, type ObjectStore } from "../../src/object-store/object-store.ts";

/*
 * Two common ways to append to a file on S3. Both write the same rows to the same object, one press after the other in each worker,
 * and return the milliseconds that each press took.
 */

const KEY = "labels/00000.csv";
const COLUMNS = ["id", "labeled_at", "image", "label", "labeler", "round"];
const HEADER = headerLine(COLUMNS);

/** One conditional PUT per press, retried until it succeeds. After a success the object is not read again. */
export async function appendOneByOne(store: ObjectStore, jobs: readonly PressJob[]): Promise<number[]> {
  let current = await store.get(KEY);
  return timeEach(jobs, async (line) => {
    for (;;) {
      const condition = current === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: current.etag };
      const body = Buffer.concat([current?.body ?? HEADER, line]);
      const etag = await store.put(KEY, body, { condition }).catch(ignoreFailedCondition);
      current = etag === undefined ? await store.get(KEY) : { body, etag, modified: new Date() };
      if (etag !== undefined) return;
    }
  });
}

/** Reads the object, appends a row and writes it back, without a condition. */
export async function appendUnconditionally(
  store: ObjectStore,
  jobs: readonly PressJob[],
): Promise<number[]> {
  return timeEach(jobs, async (line) => {
    const current = await store.get(KEY);
    await store.put(KEY, Buffer.concat([current?.body ?? HEADER, line]));
  });
}

async function timeEach(
  jobs: readonly PressJob[],
  append: (line: Buffer) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (const { interaction, press } of jobs) {
    const started = performance.now();
    await append(
      rowLine(COLUMNS, {
        id: interaction.id,
        labeled_at: snowflakeTime(interaction.id).toISOString(),
        image: press.image,
        label: String(press.label),
        labeler: pseudonym("the secret of the benchmarks", interaction.userId),
        round: press.round,
      }),
    );
    times.push(performance.now() - started);
  }
  return times;
}

function ignoreFailedCondition(error: unknown): undefined {
  if (!(error instanceof ConditionFailedError)) throw error;
}
