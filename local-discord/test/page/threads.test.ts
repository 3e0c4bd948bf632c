import { describe, expect, it } from "vitest";
import type { ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { listedChannels, ofTypes } from "../../page/state/listed-channels.ts";
import { reduce } from "../../page/state/reduce.ts";
import { initialState } from "../../page/state/state.ts";
import { threadsBelow, threadsOf } from "../../page/threads/order.ts";
import { threadRights } from "../../page/threads/rights.ts";
import { lacksStarter, withStarter } from "../../page/threads/with-starter.ts";
import { guild, ketchup, message, plainChannel, ready, relish } from "./messages.ts";

const SEND_IN_THREADS = String(1n << 38n);
const MANAGE_THREADS = String(1n << 34n);

function thread(id: string, changes: Partial<ClientThread> = {}): ClientThread {
  return {
    id,
    name: `thread ${id}`,
    type: 11,
    ...plainChannel,
    parent_id: "7",
    owner_id: ketchup.id,
    archived: false,
    locked: false,
    invitable: true,
    member_ids: [ketchup.id],
    message_count: 0,
    last_message_id: null,
    ...changes,
  };
}

function guildWith(...threads: ClientThread[]): ClientGuild {
  return { ...guild, threads };
}

describe("threads", () => {
  it("are in the order of their newest messages in lists, and of their creation below their channel", () => {
    const guild = guildWith(thread("20", { last_message_id: "90" }), thread("30"), thread("40"));
    expect(threadsOf(guild, "7").map(({ id }) => id)).toEqual(["20", "40", "30"]);
    const below = threadsBelow(guild, "7", { userId: ketchup.id, openId: undefined });
    expect(below.map(({ id }) => id)).toEqual(["20", "30", "40"]);
  });

  it("below a channel are the active ones and the open one, and below a forum only joined posts", () => {
    const threads = [thread("20", { archived: true }), thread("30", { member_ids: [] }), thread("40")];
    const text = guildWith(...threads);
    const forum = { ...text, channels: [{ ...plainChannel, id: "7", name: "help", type: 15 }] };
    const ids = (guild: ClientGuild, openId?: string) =>
      threadsBelow(guild, "7", { userId: ketchup.id, openId }).map(({ id }) => id);
    expect(ids(text)).toEqual(["30", "40"]);
    expect(ids(text, "20")).toEqual(["20", "30", "40"]);
    expect(ids(forum)).toEqual(["40"]);
  });

  it("are listed after the channels while they are active, by type", () => {
    const listed = listedChannels(
      guildWith(thread("20", { archived: true }), thread("30"), thread("40", { type: 12 })),
    );
    const ids = (types?: number[]) => ofTypes(listed, types).map(({ id }) => id);
    expect([ids(), ids([]), ids([0]), ids([11, 12])]).toEqual([
      ["7", "30", "40"],
      ["7", "30", "40"],
      ["7"],
      ["30", "40"],
    ]);
  });

  it("are unread for their members, and for others only if a message pings them", () => {
    const guilds = [guildWith(thread("20"), thread("30", { member_ids: [] }))];
    const ping = { mentions: [ketchup] };
    const state = [
      message("81", 0, { channel_id: "20", author: relish }),
      message("82", 0, { channel_id: "30", author: relish }),
      message("83", 0, { channel_id: "30", author: relish, ...ping }),
    ].reduce(
      (before, d) => reduce(before, { type: "received", event: { t: "MESSAGE_CREATE", d } }),
      reduce(initialState, { type: "received", event: { t: "READY", d: ready({ guilds }) } }),
    );
    expect([...state.unread]).toEqual([
      ["20", 0],
      ["30", 1],
    ]);
  });

  it("count their messages once, without the first one and private answers", () => {
    const posted = (id: string, changes = {}) =>
      ({
        type: "received",
        event: { t: "MESSAGE_CREATE", d: message(id, 0, { channel_id: "20", ...changes }) },
      }) as const;
    const before = reduce(initialState, {
      type: "received",
      event: {
        t: "READY",
        d: ready({ guilds: [guildWith(thread("20", { message_count: 1, last_message_id: "80" }))] }),
      },
    });
    const events = [posted("20"), posted("80"), posted("81"), posted("82", { flags: 64 }), posted("83")];
    const after = events.reduce(reduce, before);
    const gone = { t: "MESSAGE_DELETE", d: { id: "81", channel_id: "20" } } as const;
    const counts = [after, reduce(after, { type: "received", event: gone })].map(
      ({ session }) => session?.guilds[0]?.threads[0]?.message_count,
    );
    expect(counts).toEqual([3, 2]);
  });

  it("that are gone leave the page in their channel, without an open dialog and their unread marks", () => {
    const opened = [
      { type: "received", event: { t: "READY", d: ready({ guilds: [guildWith(thread("20"))] }) } },
      { type: "channelChosen", channelId: "20" },
      { type: "dialogOpened", dialog: { of: "threads" } },
    ] as const;
    const unread = new Map([["20", 2]]);
    const before = { ...opened.reduce(reduce, initialState), unread };
    expect([before.channelId, before.dialog]).toEqual(["20", { of: "threads" }]);
    const after = reduce(before, { type: "received", event: { t: "GUILDS_UPDATE", d: [guildWith()] } });
    expect([after.channelId, after.dialog, after.unread.size]).toEqual(["7", null, 0]);
    expect(reduce(after, { type: "unreadRestored", unread }).unread.size).toBe(0);
  });

  it("begin with the message that they were created from, as it is now", () => {
    const first = message("21", 0, {
      type: 21,
      content: "",
      message_reference: { type: 0, channel_id: "7", message_id: "20" },
    });
    const [shown, ...others] = withStarter([first, message("22")], message("20", 0, { content: "edited" }));
    expect([shown?.id, shown?.content, others.length]).toEqual(["20", "edited", 1]);
    expect([shown, ...withStarter([first], undefined)].map((one) => one && lacksStarter(one))).toEqual([
      false,
      true,
    ]);
  });
});

describe("rights in a thread", () => {
  const rightsOf = (permissions: string, changes: Partial<ClientThread>, userId = relish.id) =>
    Object.entries(threadRights(thread("20", { permissions, ...changes }), userId))
      .filter(([, may]) => may)
      .map(([name]) => name);

  it("are few for members, more for its owner, and all for those with Manage Threads", () => {
    expect(rightsOf(SEND_IN_THREADS, {})).toEqual(["post", "unarchive", "addMembers"]);
    expect(rightsOf(SEND_IN_THREADS, {}, ketchup.id)).toEqual(["post", "archive", "unarchive", "addMembers"]);
    const all = ["post", "archive", "unarchive", "lock", "addMembers", "removeMembers"];
    expect(rightsOf(MANAGE_THREADS, { locked: true })).toEqual(all);
  });

  it("do not let others post in a locked one, or add members to a private one that is closed to them", () => {
    expect(rightsOf(SEND_IN_THREADS, { locked: true })).toEqual(["addMembers"]);
    const closed = { type: 12, invitable: false } as const;
    expect(rightsOf(SEND_IN_THREADS, closed)).not.toContain("addMembers");
    expect(rightsOf(SEND_IN_THREADS, closed, ketchup.id)).toEqual(
      expect.arrayContaining(["addMembers", "removeMembers"]),
    );
  });
});
