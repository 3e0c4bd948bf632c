import { describe, expect, it } from "vitest";
import { idsIn, newId } from "./rows.ts";
import {
  percentile,
  PUT_MS,
  simulation,
  TABLE,
  type SimulatedWriter,
  type Simulation,
  type Waited,
} from "./simulation.ts";
import { quickStore } from "../object-store/memory-store.ts";

/** After this time all writers are in the ring. */
const WARM_UP_MS = 1_500;
const SEEDS = [1, 2, 3];

function addWriters(to: Simulation, count: number): SimulatedWriter[] {
  return Array.from({ length: count }, () => to.addWriter());
}

const filesOf = (writers: readonly SimulatedWriter[]): SimulatedWriter["file"][] =>
  writers.map(({ file }) => file);

const after = (waited: readonly Waited[], at: number): Waited[] => waited.filter((row) => row.at >= at);

async function expectOnce({ objects }: Simulation, count: number): Promise<void> {
  const ids = await idsIn(quickStore(objects), TABLE.prefix);
  expect(ids).toHaveLength(count);
  expect(new Set(ids).size).toBe(count);
}

describe("writers that take turns", () => {
  it.each(SEEDS)("wait for each other, and hardly ever lose a PUT (%i)", async (seed) => {
    const now = simulation(seed);
    const until = WARM_UP_MS + 4_000;
    const waited = await now.run(now.load(filesOf(addWriters(now, 4)), 200, until));
    const steady = after(waited, WARM_UP_MS);
    expect(percentile(steady, 0.5)).toBeLessThan(3.2);
    expect(percentile(steady, 0.99)).toBeLessThan(6.2);
    expect(now.lostAt.filter((at) => at >= WARM_UP_MS).length / 4).toBeLessThan(0.8);
    await expectOnce(now, waited.length);
  });

  it("are as fast as ever when there is only one", async () => {
    const now = simulation(1);
    const waited = await now.run(now.load(filesOf(addWriters(now, 1)), 200, 3_000));
    expect(percentile(waited, 0.5)).toBeLessThan(1.7);
    expect(percentile(after(waited, 500), 0.99)).toBeLessThan(2.5);
    expect(now.lostAt).toEqual([]);
  });

  it.each([0, 20].flatMap((getMs) => [1, 3, 7].map((others) => ({ getMs, others }))))(
    "let a newcomer in although latencies never vary ($others others, reads of $getMs ms)",
    async ({ getMs, others }) => {
      for (const delay of [0, 7, 23, 41]) {
        const now = simulation(delay);
        const busy = Array.from({ length: others }, () => now.addWriter({ getMs }).file);
        const newcomer = now.addWriter({ getMs }).file;
        const waited = await now.run(
          Promise.all([now.load(busy, 200, 3_000), comeLater(now, newcomer, 1_500 + delay)]),
        );
        expect(waited[1]).toBeLessThan(14);
      }
    },
  );

  async function comeLater(now: Simulation, file: SimulatedWriter["file"], at: number): Promise<number> {
    await now.wait(at);
    await Promise.all([0, 1].map(() => file.append({ id: newId(), text: "text" })));
    return (now.now() - at) / PUT_MS;
  }

  it("do not wait for one that has stopped to write, and then not at all for it", async () => {
    const now = simulation(1);
    const [one, other] = filesOf(addWriters(now, 2));
    if (one === undefined || other === undefined) throw new Error("no writers");
    const both = now.load([one, other], 200, 1_500);
    const alone = both.then(() => now.load([one], 200, 3_500));
    const waited = await now.run(alone);
    expect(percentile(waited, 0.999)).toBeLessThan(7);
    expect(percentile(after(waited, 2_000), 0.99)).toBeLessThan(2.5);
  });

  it("continue after a commit whose rows were all there, also when alone", async () => {
    const now = simulation(1);
    const { file } = now.addWriter();
    const [first, second] = [newId(), newId()];
    await now.run(file.append({ id: first, text: "text" }));
    expect(await now.run(file.append({ id: first, text: "text" }))).toBe("present");
    const began = now.now();
    expect(await now.run(file.append({ id: second, text: "text" }))).toBe("written");
    expect(now.now() - began).toBe(PUT_MS);
  });

  it.each(SEEDS)("drop one that is killed after one turn (%i)", async (seed) => {
    const now = simulation(seed);
    const writers = addWriters(now, 4);
    const [victim, ...others] = writers;
    // The victim's last rows are never confirmed, and are rejected when the test is over.
    now.load(filesOf(writers.slice(0, 1)), 50, WARM_UP_MS).catch(() => {});
    const load = now.load(filesOf(others), 150, WARM_UP_MS + 3_000);
    const killed = now.wait(WARM_UP_MS).then(() => victim?.kill());
    const [waited] = await now.run(Promise.all([load, killed]));
    const next = after(waited, WARM_UP_MS).filter(({ at }) => at < WARM_UP_MS + 1_500);
    expect(percentile(next, 0.99)).toBeLessThan(7.7);
    const note = now.objects.get("rows/00000.csv")?.note ?? "";
    expect(note.split(",")).toHaveLength(3);
  });

  /** Rings of strangers, and unreadable ones. */
  const NOTES = ["", "7", "nonsense", "1 A,B", "1 a,,b", "5 a,b", `9 ${Array(90).fill("a").join(",")}`];

  it.each(NOTES.map((note, index) => ({ note, index })))(
    "continue after a note that none of them wrote ($index)",
    async ({ note }) => {
      const now = simulation(1);
      const files = filesOf(addWriters(now, 3));
      const spoil = async (): Promise<void> => {
        await now.wait(1_000);
        for (const [key, object] of now.objects) now.objects.set(key, { ...object, etag: "edited", note });
      };
      const [waited] = await now.run(Promise.all([now.load(files, 200, 2_500), spoil()]));
      // Strangers cost at most eight PUT times in which nobody commits.
      expect(percentile(waited, 0.999)).toBeLessThan(17);
      await expectOnce(now, waited.length);
    },
  );

  it.each([1, 2, 3])("write beside %i of an earlier version, about as fast as four of those", async (old) => {
    const now = simulation(old);
    const files = Array.from({ length: 4 }, (_, index) => now.addWriter({ withoutNotes: index < old }).file);
    const waited = await now.run(now.load(files, 200, 5_000));
    expect(percentile(waited, 0.5)).toBeLessThan(5);
    expect(percentile(waited, 0.99)).toBeLessThan(18);
    await expectOnce(now, waited.length);
  });

  it("write to a store that keeps no notes, as fast as without turns", async () => {
    const now = simulation(1);
    const files = Array.from({ length: 4 }, () => now.addWriter({ withoutNotes: true }).file);
    const waited = await now.run(now.load(files, 200, 5_000));
    expect(percentile(waited, 0.99)).toBeLessThan(13);
    await expectOnce(now, waited.length);
  });

  it.each([1, 4])(
    "give up a PUT that hangs, which lands later and does no harm (%i writers)",
    async (count) => {
      const now = simulation(count);
      const writers = addWriters(now, count);
      const load = now.load(filesOf(writers), 200, 3_000);
      const hung = now.wait(1_500).then(() => writers[0]?.hang(2_000));
      const [waited] = await now.run(Promise.all([load, hung]));
      // Half a second until the PUT is given up, a pause of up to two PUT times, and what a newcomer needs.
      expect(Math.max(...waited.map(({ puts }) => puts))).toBeLessThan(26);
      await now.run(now.wait(3_000));
      await expectOnce(now, waited.length);
    },
  );
});
