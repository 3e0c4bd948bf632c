import { describe, expect, it } from "vitest";
import { readArguments } from "../../../src/cli/dead-letters/arguments.ts";
import { readQueueAddress } from "../../../src/cli/dead-letters/config.ts";

const read = (words: string) => readArguments(words.split(" ").filter((word) => word !== ""));

describe("the arguments of npm run dead-letters", () => {
  it.each([
    ["list", { action: "list", ids: [], json: false }],
    ["list --json", { action: "list", ids: [], json: true }],
    ["retry", { action: "retry", ids: [], json: false }],
    ["retry 1 2 1", { action: "retry", ids: ["1", "2"], json: false }],
    ["drop 1", { action: "drop", ids: ["1"], json: false }],
    ["burn --help", { help: true }],
  ])("say what to do: %s", (words, wanted) => {
    expect(read(words)).toEqual(wanted);
  });

  it.each([
    ["", "Do what?"],
    ["burn", "There is no burn."],
    ["drop", "Drop which? Name the ids that list shows."],
    ["list 1", "list takes no ids."],
    ["retry --json", "--json is for list."],
    ["list --json=yes", "Option '--json' does not take an argument"],
    ["list --quick", expect.stringMatching(/^Unknown option '--quick'/)],
  ])("may be wrong: %s", (words, mistake) => {
    expect(read(words)).toEqual({ mistake });
  });
});

describe("the queue whose dead letters are meant", () => {
  it.each([undefined, "", "memory:"])("is none with QUEUE_URL=%s", (url) => {
    expect(() => readQueueAddress({ QUEUE_URL: url })).toThrow(
      /^The queue is memory: \(QUEUE_URL\), which keeps dead letters no longer than its process runs; its log has told of each\.$/,
    );
  });

  it("is the one that is set, or a mistake", () => {
    const url = "redis://127.0.0.1:6379";
    expect(readQueueAddress({ QUEUE_URL: url })).toEqual({ engine: "bullmq", url });
    expect(() => readQueueAddress({ QUEUE_URL: "queue" })).toThrow(
      /^These settings are wrong:\n {2}QUEUE_URL must be memory: or the address of an SQS queue/,
    );
  });
});
