import type { APIMessage } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import type { LocalRow } from "../../page/state/state.ts";
import { timeline } from "../../page/state/timeline.ts";
import { message, relish } from "./messages.ts";

const none: ReadonlySet<string> = new Set();

/** Writes the timeline as text: "day 1 +2" is a divider, message 1, and message 2 grouped below it. */
function shown(messages: APIMessage[], rows: LocalRow[] = [], dismissed = none): string {
  return timeline(messages, rows, dismissed)
    .map((item) =>
      item.kind === "day" ? "day" : item.kind === "row" ? item.key : `${item.grouped ? "+" : ""}${item.key}`,
    )
    .join(" ");
}

describe("the message list", () => {
  it("groups messages of one person within 7 minutes", () => {
    expect(shown([message("1", 0), message("2", 6), message("3", 13)])).toBe("day 1 +2 3");
  });

  it("names every other author", () => {
    expect(shown([message("1"), message("2", 1, { author: relish }), message("3", 2)])).toBe("day 1 2 3");
  });

  it("names the author of an answer, and does not group ephemeral with public messages", () => {
    const answer = message("2", 1, { type: 19 });
    expect(shown([message("1"), answer, message("3", 2, { flags: 64 })])).toBe("day 1 2 3");
  });

  it("groups ephemeral answers to the same message only", () => {
    const answer = (id: string, message_id: string, flags = 64) =>
      message(id, 1, { type: 19, flags, message_reference: { type: 0, channel_id: "7", message_id } });
    const [first, second, other] = [answer("2", "1"), answer("3", "1"), answer("4", "0")];
    expect(shown([message("1"), first, second, other])).toBe("day 1 2 +3 4");
    expect(shown([message("1"), answer("2", "1", 0), answer("3", "1", 0)])).toBe("day 1 2 3");
  });

  it("has a divider at the start of a day", () => {
    expect(shown([message("1", 0), message("2", 12 * 60), message("3", 12 * 60 + 1)])).toBe("day 1 day 2 +3");
  });

  it("has local rows in order of time", () => {
    const at = Date.parse(message("1", 5).timestamp);
    const note = { of: "unknownCommand", commandName: "x" } as const;
    const row: LocalRow = { kind: "note", nonce: "row", channelId: "7", at, note };
    expect(shown([message("1", 0), message("2", 6)], [row])).toBe("day 1 row 2");
  });

  it("leaves out dismissed messages", () => {
    expect(shown([message("1"), message("2")], [], new Set(["1"]))).toBe("day 2");
  });
});
