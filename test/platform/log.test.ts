import { DiscordAPIError } from "@discordjs/rest";
import { describe, expect, it } from "vitest";
import { memoryLog } from "../memory-log.ts";

const TOKEN = "aW50ZXJhY3Rpb246MTU3Mzc5NDI0Mjk5MDQ0MDQ0ODpTb21lLXJhbmRvbV90ZXh0";
const PLAIN = "no-prefix-tells-this-one";
const BOT_TOKEN = ["MTU3Mzc5NDI0Mjk5MDQ0MDQ0OA", "GhIjKl", "abcdefghijklmnopqrstuvwxyz01"].join(".");
const SECRETS = [TOKEN, PLAIN, BOT_TOKEN];

/** The error of discord.js when Discord refuses an answer. */
function refused(): DiscordAPIError {
  const url = `https://discord.com/api/v10/webhooks/1573794242990440448/${PLAIN}/messages/@original`;
  const body = { files: undefined, json: { content: PLAIN, token: TOKEN } };
  return new DiscordAPIError({ code: 50_035, message: "Invalid Form Body" }, 50_035, 400, "PATCH", url, body);
}

/** Logs these fields and returns the line. */
function lineOf(fields: object): string {
  const { log, logged } = memoryLog();
  log.error(fields, "it failed");
  return logged();
}

function secretsIn(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

describe("a log line", () => {
  it.each<[where: string, fields: object]>([
    ["a field", { token: PLAIN }],
    ["a field of a field", { job: { interaction: { token: PLAIN } } }],
    ["deep down", { a: { b: { c: { d: { e: { f: { g: [{ token: PLAIN }] } } } } } } }],
    [
      "another field",
      { botToken: PLAIN, headers: { Authorization: PLAIN, cookie: [PLAIN] }, LABELER_SECRET: PLAIN },
    ],
    ["text", { why: `it said ${BOT_TOKEN} and ${TOKEN}` }],
    ["an error", { err: refused() }],
    ["its cause", { err: new Error("no", { cause: new Error("no", { cause: refused() }) }) }],
    ["one of several errors", { err: new AggregateError([new Error("no"), refused()], "no") }],
    ["an error anywhere", { failed: [{ reason: refused() }] }],
    ["an object with toJSON", { job: { toJSON: () => ({ token: PLAIN, why: TOKEN }) } }],
  ])("contains no secret of %s", (_, fields) => {
    const line = lineOf(fields);
    expect(line).toContain("[redacted]");
    expect(secretsIn(line)).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ level: 50, msg: "it failed" });
  });

  it("contains no secret of a child log's fields", () => {
    const { log, logged } = memoryLog();
    log
      .child({ interaction: { id: "1", token: PLAIN } })
      .child({ at: [{ token: TOKEN }] })
      .info("done");
    expect(JSON.parse(logged())).toMatchObject({
      interaction: { id: "1", token: "[redacted]" },
      at: [{ token: "[redacted]" }],
    });
  });

  it("has the properties of an error that help to find its cause", () => {
    const { err } = JSON.parse(lineOf({ err: new Error("above", { cause: refused() }) })) as { err: object };
    expect(err).toMatchObject({
      type: "Error",
      message: "above",
      cause: {
        type: "DiscordAPIError[50035]",
        message: "Invalid Form Body",
        code: 50_035,
        status: 400,
        method: "PATCH",
        url: "https://discord.com/api/v10/webhooks/1573794242990440448/[redacted]/messages/@original",
      },
    });
    expect(err).toHaveProperty("stack");
    expect(JSON.stringify(err)).not.toContain("requestBody");
  });

  it("is written whatever its fields are", () => {
    const circular: Record<string, unknown> = { name: "circular" };
    circular["itself"] = circular;
    const bad = {
      get field(): never {
        throw new Error("no");
      },
    };
    const large = Array.from({ length: 5_000 }, () => ({ a: 1 }));
    const line = lineOf({ circular, bad, bytes: Buffer.alloc(3), at: new Date(0), none: null, large });
    expect(JSON.parse(line)).toMatchObject({
      circular: { name: "circular", itself: "[circular]" },
      bad: "[unreadable]",
      bytes: "[3 bytes]",
      at: "1970-01-01T00:00:00.000Z",
      none: null,
      msg: "it failed",
    });
    expect(line.length).toBeLessThan(100_000);
  });

  it("has the message of an error that is logged without a text", () => {
    const { log, logged } = memoryLog();
    log.error(refused());
    expect(secretsIn(logged())).toEqual([]);
    expect(JSON.parse(logged())).toMatchObject({ msg: "Invalid Form Body", err: { code: 50_035 } });
  });
});
