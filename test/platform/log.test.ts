import { DiscordAPIError } from "@discordjs/rest";
import { describe, expect, it } from "vitest";
import { memoryLog } from "../memory-log.ts";

const TOKEN = "aW50ZXJhY3Rpb246MTU3Mzc5NDI0Mjk5MDQ0MDQ0ODpTb21lLXJhbmRvbV90ZXh0";
const PLAIN = "no-prefix-tells-this-one";
const BOT_TOKEN = ["MTU3Mzc5NDI0Mjk5MDQ0MDQ0OA", "GhIjKl", "abcdefghijklmnopqrstuvwxyz01"].join(".");
const SECRETS = [TOKEN, PLAIN, BOT_TOKEN];

/** As Discord's client throws it where an answer is refused. */
function refused(): DiscordAPIError {
  const url = `https://discord.com/api/v10/webhooks/1573794242990440448/${PLAIN}/messages/@original`;
  const body = { files: undefined, json: { content: PLAIN, token: TOKEN } };
  return new DiscordAPIError({ code: 50_035, message: "Invalid Form Body" }, 50_035, 400, "PATCH", url, body);
}

/** What is logged of these fields, as one line. */
function lineOf(fields: object): string {
  const { log, logged } = memoryLog();
  log.error(fields, "it failed");
  return logged();
}

function secretsIn(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

describe("a line of the log", () => {
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
  ])("has no secret that stands in %s", (_, fields) => {
    const line = lineOf(fields);
    expect(line).toContain("[redacted]");
    expect(secretsIn(line)).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ level: 50, msg: "it failed" });
  });

  it("has none from what all lines of a part have", () => {
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

  it("reports of an error what helps to find its cause", () => {
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

  it("is written whatever it is given", () => {
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

  it("says an error that is given alone", () => {
    const { log, logged } = memoryLog();
    log.error(refused());
    expect(secretsIn(logged())).toEqual([]);
    expect(JSON.parse(logged())).toMatchObject({ msg: "Invalid Form Body", err: { code: 50_035 } });
  });
});
