import { describe, expect, it } from "vitest";
import type { ClientChannel, ClientEvent } from "../../src/client-protocol.ts";
import type { Action } from "../../page/state/action.ts";
import { reduce } from "../../page/state/reduce.ts";
import { initialState, type State } from "../../page/state/state.ts";
import { guild, ketchup, message, plainChannel, ready, relish } from "./messages.ts";
import { everyKind } from "./modals.ts";

const received = (event: ClientEvent): Action => ({ type: "received", event });
const signedIn = received({ t: "READY", d: ready() });
const commandSent: Action = {
  type: "commandSent",
  nonce: "n",
  channelId: "7",
  at: 0,
  title: "/stats",
};
const pressed: Action = { type: "pressed", nonce: "p", messageId: "1", customId: "yes" };

function after(...actions: Action[]): State {
  return actions.reduce(reduce, initialState);
}

const ids = (state: State) => state.messages["7"]?.map(({ id }) => id);

describe("messages", () => {
  it("are those of READY and later ones, in the order of their ids", () => {
    const state = after(
      received({ t: "READY", d: ready({ messages: { "7": [message("8")] } }) }),
      received({ t: "MESSAGE_CREATE", d: message("11") }),
      received({ t: "MESSAGE_CREATE", d: message("9") }),
    );
    expect(ids(state)).toEqual(["8", "9", "11"]);
  });

  it("that are ephemeral and from before a reload do not appear when they are edited", () => {
    const state = after(
      signedIn,
      received({ t: "MESSAGE_UPDATE", d: message("1", 0, { flags: 64, content: "no longer thinking" }) }),
    );
    expect(ids(state)).toEqual([]);
  });

  it("are replaced when they are edited", () => {
    const edited = message("1", 0, { content: "edited" });
    const state = after(
      signedIn,
      received({ t: "MESSAGE_CREATE", d: message("1") }),
      received({ t: "MESSAGE_UPDATE", d: edited }),
    );
    expect(state.messages["7"]).toEqual([edited]);
  });

  it("are removed when they are deleted", () => {
    const gone = received({ t: "MESSAGE_DELETE", d: { id: "1", channel_id: "7" } });
    expect(ids(after(signedIn, received({ t: "MESSAGE_CREATE", d: message("1") }), gone))).toEqual([]);
  });

  it("that are edited or deleted change in replies, too", () => {
    const message_reference = { type: 0, channel_id: "7", message_id: "1" };
    const state = after(
      signedIn,
      received({ t: "MESSAGE_CREATE", d: message("1") }),
      received({ t: "MESSAGE_CREATE", d: message("2", 1, { type: 19, message_reference }) }),
    );
    const replied = (now: State) => now.messages["7"]?.at(-1)?.referenced_message;
    expect(replied(state)).toEqual(message("1"));
    const edited = message("1", 0, { content: "edited" });
    expect(replied(reduce(state, received({ t: "MESSAGE_UPDATE", d: edited })))).toEqual(edited);
    const gone = received({ t: "MESSAGE_DELETE", d: { id: "1", channel_id: "7" } });
    expect(replied(reduce(state, gone))).toBe(null);
  });

  it("that the person posts replace their local row, and appear once", () => {
    const sent: Action = { type: "messageSent", nonce: "m", channelId: "7", at: 0, content: "hi" };
    expect(after(signedIn, sent).rows).toMatchObject([{ kind: "message", status: "sending" }]);
    const event = received({ t: "MESSAGE_CREATE", d: message("1") });
    const delivered: Action = { type: "delivered", nonce: "m", message: message("1") };
    for (const state of [after(signedIn, sent, event, delivered), after(signedIn, sent, delivered, event)]) {
      expect(state.rows).toEqual([]);
      expect(ids(state)).toEqual(["1"]);
    }
  });
});

describe("a command", () => {
  it("is a row until it is acknowledged", () => {
    expect(after(signedIn, commandSent).rows).toMatchObject([{ title: "/stats", status: "sending" }]);
    const acknowledged = received({ t: "INTERACTION_SUCCESS", d: { nonce: "n" } });
    expect(after(signedIn, commandSent, acknowledged).rows).toEqual([]);
  });

  it("that failed stays until it is dismissed", () => {
    const failed = after(signedIn, commandSent, received({ t: "INTERACTION_FAILURE", d: { nonce: "n" } }));
    expect(failed.rows).toMatchObject([{ status: "failed", reason: null }]);
    expect(reduce(failed, { type: "dismissed", key: "n" }).rows).toEqual([]);
  });

  it("that was refused has the reason", () => {
    const refused: Action = { type: "refused", nonce: "n", reason: "No such command." };
    expect(after(signedIn, commandSent, refused).rows).toMatchObject([
      { status: "failed", reason: "No such command." },
    ]);
  });

  it("that was pending when the connection broke has failed", () => {
    const state = after(signedIn, commandSent, { type: "connectionLost" });
    expect(state).toMatchObject({ connection: "lost", rows: [{ status: "sending" }] });
    expect(reduce(state, signedIn)).toMatchObject({ connection: "open", rows: [{ status: "failed" }] });
  });
});

describe("a press", () => {
  const acknowledged = received({ t: "INTERACTION_SUCCESS", d: { nonce: "p" } });
  const row = (...ids: string[]) => ({
    type: 1,
    components: ids.map((custom_id) => ({ type: 2, style: 1, label: "Yes", custom_id })),
  });
  const asked = (...rows: object[]) =>
    message("1", 0, { components: [{ type: 17, components: rows }] as never });
  const posted = received({
    t: "MESSAGE_CREATE",
    d: asked(row("yes", "no"), row("other")),
  });
  const marks = (...actions: Action[]) =>
    after(signedIn, posted, ...actions)
      .presses.filter(({ status }) => status === "done")
      .map(({ customId }) => customId);

  it("is pending, and leaves a mark when it is acknowledged", () => {
    expect(after(signedIn, pressed).presses).toMatchObject([{ customId: "yes", status: "sending" }]);
    expect(marks(pressed, acknowledged)).toEqual(["yes"]);
  });

  it("takes the mark of another button in its row", () => {
    const press = (customId: string): Action[] => [
      { ...pressed, nonce: customId, customId },
      received({ t: "INTERACTION_SUCCESS", d: { nonce: customId } }),
    ];
    expect(marks(...press("yes"), ...press("other"), ...press("no"))).toEqual(["other", "no"]);
  });

  it("leaves no mark if the bot answers by an edit of the message or a modal, or changes the button", () => {
    const edit = received({ t: "MESSAGE_UPDATE", d: asked(row("yes", "no")) });
    expect(marks(pressed, edit, acknowledged)).toEqual([]);
    expect(marks(pressed, acknowledged, edit)).toEqual(["yes"]);
    const replaced = received({ t: "MESSAGE_UPDATE", d: asked(row("no")) });
    expect(marks(pressed, acknowledged, replaced)).toEqual([]);
    const modal = { id: "9", title: "A modal", custom_id: "modal", components: [] };
    expect(marks(pressed, acknowledged, received({ t: "MODAL_CREATE", d: { nonce: "p", modal } }))).toEqual(
      [],
    );
  });

  it("that failed is removed when its message is pressed again", () => {
    const failed = after(signedIn, pressed, received({ t: "INTERACTION_FAILURE", d: { nonce: "p" } }));
    expect(failed.presses).toMatchObject([{ nonce: "p", status: "failed" }]);
    expect(reduce(failed, { ...pressed, nonce: "q" }).presses).toMatchObject([
      { nonce: "q", status: "sending" },
    ]);
  });
});

describe("another person", () => {
  it("sees nothing of the first one", () => {
    const ephemeral = received({ t: "MESSAGE_CREATE", d: message("1", 0, { flags: 64 }) });
    const state = after(signedIn, ephemeral, commandSent, pressed, { type: "userSwitched", user: relish });
    expect(state).toMatchObject({ connection: "connecting", messages: {}, rows: [], presses: [] });
    expect(state.session?.user).toBe(relish);
  });
});

describe("the session", () => {
  it("follows the bot's connection", () => {
    const state = after(signedIn, received({ t: "BOT_STATUS", d: { online: false } }));
    expect(state.session).toMatchObject({ user: ketchup, bot_online: false });
  });

  it("knows the channels in which others wrote since the last visit", () => {
    const elsewhere = received({
      t: "MESSAGE_CREATE",
      d: message("1", 0, { channel_id: "8", author: relish }),
    });
    const here = received({ t: "MESSAGE_CREATE", d: message("2", 0, { author: relish }) });
    const state = after(signedIn, elsewhere, here);
    expect([...state.unread]).toEqual([["8", 1]]);
    expect([...reduce(state, { type: "channelChosen", channelId: "8" }).unread]).toEqual([]);
  });

  it("counts pings, and marks messages that came while the connection was lost", () => {
    const named = message("3", 0, { channel_id: "9", author: relish, mentions: [ketchup] });
    const messages = { "7": [message("1")], "9": [message("2", 0, { channel_id: "9", author: relish })] };
    const later = { ...messages, "9": [...messages["9"], named, message("4", 0, { channel_id: "9" })] };
    const before = after(received({ t: "READY", d: ready({ messages }) }));
    expect([...before.unread]).toEqual([]);
    const again = reduce(
      reduce(before, { type: "connectionLost" }),
      received({ t: "READY", d: ready({ messages: later }) }),
    );
    expect([...again.unread]).toEqual([["9", 1]]);
  });

  it("stays in direct messages after a switch to another person", () => {
    const other = received({ t: "READY", d: ready({ user: relish, direct: { id: "9" } }) });
    const inDirect: Action = { type: "channelChosen", channelId: "8" };
    expect(after(signedIn, inDirect, { type: "userSwitched", user: relish }, other).channelId).toBe("9");
  });

  it("stays in the same channel", () => {
    const channels = [
      { ...plainChannel, id: "7", name: "general", type: 0 },
      { ...plainChannel, id: "9", name: "other", type: 0 },
    ];
    const again = received({ t: "READY", d: ready({ guilds: [{ ...guild, channels }] }) });
    expect(after(again).channelId).toBe("7");
    expect(after(again, { type: "channelChosen", channelId: "9" }, again).channelId).toBe("9");
  });

  it("leaves a channel that is deleted, with its modal", () => {
    const other = { ...plainChannel, id: "9", name: "other", type: 0 };
    const opened = received({ t: "MODAL_CREATE", d: { nonce: "p", modal: { ...everyKind, id: "90" } } });
    const elsewhere = { ...guild, id: "5", channels: [{ ...other, id: "4" }] };
    const guilds = (...channels: ClientChannel[]) =>
      received({ t: "GUILDS_UPDATE", d: [elsewhere, { ...guild, channels }] });
    const here = [signedIn, pressed, opened];
    expect(after(...here, guilds(...guild.channels, other))).toMatchObject({
      channelId: "7",
      modal: { id: "90" },
    });
    expect(after(...here, guilds(other))).toMatchObject({ channelId: "9", modal: null });
    expect(after(...here, guilds()).channelId).toBe("4");
    expect(after(...here, received({ t: "GUILDS_UPDATE", d: [] })).channelId).toBe("8");
  });
});

describe("a modal", () => {
  const opened = (nonce = "p", id = "90") =>
    received({ t: "MODAL_CREATE", d: { nonce, modal: { ...everyKind, id } } });
  const submitted: Action = { type: "modalSubmitted", nonce: "s" };
  const open = [signedIn, pressed, opened()];

  it("opens if it answers this window, and settles what it answers", () => {
    expect(after(...open)).toMatchObject({ modal: { id: "90", channelId: "7" }, presses: [] });
    expect(after(signedIn, commandSent, opened("n"))).toMatchObject({ modal: { id: "90" }, rows: [] });
    expect(after(signedIn, pressed, opened("other")).modal).toBe(null);
    const again: Action = { ...pressed, nonce: "q" };
    expect(after(...open, submitted, again, opened("q", "91")).modal).toMatchObject({
      id: "91",
      submission: null,
    });
  });

  it("closes when the bot acknowledges its submission, and when the person closes it", () => {
    const acknowledged = received({ t: "INTERACTION_SUCCESS", d: { nonce: "s" } });
    expect(after(...open, acknowledged).modal).not.toBe(null);
    expect(after(...open, submitted).modal?.submission).toMatchObject({ nonce: "s", status: "sending" });
    expect(after(...open, submitted, acknowledged).modal).toBe(null);
    expect(after(...open, { type: "modalClosed", id: "89" }).modal).not.toBe(null);
    expect(after(...open, { type: "modalClosed", id: "90" }).modal).toBe(null);
  });

  it("stays when its submission fails, is refused, or is lost with the connection", () => {
    const failed = received({ t: "INTERACTION_FAILURE", d: { nonce: "s" } });
    const errors = { name: "Too rude." };
    const refused: Action = { type: "refused", nonce: "s", reason: "No.", errors };
    const statusAfter = (...actions: Action[]) => after(...open, submitted, ...actions).modal?.submission;
    expect(statusAfter(failed)).toMatchObject({ status: "failed", reason: null, errors: {} });
    expect(statusAfter(refused)).toMatchObject({ status: "failed", reason: "No.", errors });
    expect(statusAfter({ type: "connectionLost" }, signedIn)).toMatchObject({
      status: "failed",
      reason: null,
    });
    expect(after(...open, { type: "connectionLost" }, signedIn).modal?.submission).toBe(null);
  });

  it("closes with its channel, and for another person", () => {
    expect(after(...open, { type: "channelChosen", channelId: "8" }).modal).toBe(null);
    expect(after(...open, { type: "userSwitched", user: relish }).modal).toBe(null);
    const elsewhere = received({ t: "READY", d: ready({ guilds: [] }) });
    expect(after(...open, { type: "connectionLost" }, elsewhere).modal).toBe(null);
  });
});
