import { describe, expect, it } from "vitest";
import { memoryLimit } from "../../src/images/decoding-memory.ts";

describe("a memory limit", () => {
  function setup(options: Parameters<typeof memoryLimit>[0]) {
    const limit = memoryLimit(options);
    const running: string[] = [];
    const finish = new Map<string, (error?: Error) => void>();
    const begin = (name: string, bytes: number): Promise<void> =>
      limit(bytes, async () => {
        running.push(name);
        await new Promise<void>((resolve, reject) =>
          finish.set(name, (error) => (error === undefined ? resolve() : reject(error))),
        );
      });
    const end = async (name: string, error?: Error): Promise<void> => {
      finish.get(name)?.(error);
      running.splice(running.indexOf(name), 1);
      await soon();
    };
    return { begin, end, running };
  }

  const soon = (): Promise<void> => new Promise(setImmediate);

  it("starts tasks that fit, in order", async () => {
    const { begin, end, running } = setup({ bytes: 100, small: 10 });
    const all = ["a", "b", "c", "d"].map((name) => begin(name, 50));
    await soon();
    expect(running).toEqual(["a", "b"]);
    await end("b");
    expect(running).toEqual(["a", "c"]);
    for (const name of ["a", "c", "d"]) await end(name);
    await Promise.all(all);
  });

  it("makes a large task wait for other large tasks, not for small ones", async () => {
    const { begin, end, running } = setup({ bytes: 100, small: 10 });
    const all = [begin("small", 10), begin("huge", 500), begin("large", 60)];
    await soon();
    expect(running).toEqual(["small", "huge"]);
    await end("small");
    expect(running).toEqual(["huge"]);
    await end("huge");
    expect(running).toEqual(["large"]);
    await end("large");
    await Promise.all(all);
  });

  it("starts a small task beside a large one", async () => {
    const { begin, end, running } = setup({ bytes: 100, small: 10 });
    const all = [begin("huge", 500), begin("small", 10)];
    await soon();
    expect(running).toEqual(["huge", "small"]);
    for (const name of ["huge", "small"]) await end(name);
    await Promise.all(all);
  });

  it("frees the memory of a failed task", async () => {
    const { begin, end, running } = setup({ bytes: 100, small: 0 });
    const failing = Promise.allSettled([begin("a", 100)]);
    const next = begin("b", 100);
    await soon();
    await end("a", new Error("no good"));
    expect(await failing).toMatchObject([{ status: "rejected", reason: { message: "no good" } }]);
    expect(running).toEqual(["b"]);
    await end("b");
    await next;
  });
});
