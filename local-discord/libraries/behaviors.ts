import { deepEqual, equal, ok } from "node:assert/strict";
import type { LocalDiscord } from "../src/start.ts";

/** Something that every bot in `bots` does. The check rejects if the bot does not. */
type Check = (discord: LocalDiscord) => Promise<void>;

/** Seyfert waits for 10 s before it connects again. */
const RECONNECT_MS = 45_000;

const COMMAND_NAMES = ["slow", "menu", "form", "file", "card"];

const relish = (discord: LocalDiscord) => discord.user("relish");

/** Flags of messages. */
const LOADING = 1 << 7;
const COMPONENTS_V2 = 1 << 15;

function has({ flags }: { flags?: number }, flag: number): boolean {
  return ((flags ?? 0) & flag) !== 0;
}

/** Resolves with the titles of the traffic since `first` as soon as the bot has a session again. */
async function titlesUntilOnline(discord: LocalDiscord, first: number): Promise<string[]> {
  const titles = () =>
    discord
      .traffic()
      .slice(first)
      .map(({ title }) => title);
  const isBack = () => titles().some((title) => title === "READY" || title === "RESUMED");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = setInterval(() => isBack() && resolve(), 20);
  const end = setTimeout(
    () => reject(new Error(`Not connected again: ${titles().join(", ")}`)),
    RECONNECT_MS,
  );
  await promise.finally(() => {
    clearInterval(look);
    clearTimeout(end);
  });
  return titles();
}

export const registersCommands: Check = async (discord) => {
  for (const name of COMMAND_NAMES) await discord.waitForCommand(name, { timeout: RECONNECT_MS });
  await discord.waitForBot({ timeout: RECONNECT_MS });
};

/** The bot defers, and answers when the 3 s that Discord allows are over. */
export const answersSlowly: Check = async (discord) => {
  let hasThought = false;
  const unsubscribe = discord.subscribe((event) => {
    if (event.t !== "MESSAGE_CREATE" || !has(event.d, LOADING)) return;
    hasThought = true;
    queueMicrotask(() => discord.advance(5_000));
  });
  try {
    const { content } = await relish(discord).command("slow").answer();
    equal(content, "done");
    ok(hasThought, "The bot did not defer.");
  } finally {
    unsubscribe();
  }
};

export const updatesByButton: Check = async (discord) => {
  const menu = await relish(discord).command("menu").answer();
  equal(menu.content, "Press");
  const { id, content, components } = await relish(discord).press(menu, "Press me").answer();
  deepEqual({ id, content, components }, { id: menu.id, content: "Pressed", components: [] });
};

export const readsModal: Check = async (discord) => {
  const modal = await relish(discord).command("form").modal();
  equal(modal.title, "Form");
  const { content } = await relish(discord).submit(modal, { text: "mustard, please" }).answer();
  equal(content, "You wrote: mustard, please");
};

export const uploadsFile: Check = async (discord) => {
  const { attachments } = await relish(discord).command("file").answer();
  deepEqual(
    attachments.map(({ filename, size }) => ({ filename, size })),
    [{ filename: "hello.txt", size: 5 }],
  );
  equal(await (await fetch(attachments[0]?.url ?? "")).text(), "hello");
};

export const sendsComponentsV2: Check = async (discord) => {
  const card = await relish(discord).command("card").answer();
  ok(has(card, COMPONENTS_V2), "The message is not in Components V2.");
  ok(JSON.stringify(card.components).includes('"content":"# Card"'), "There is no text.");
};

/** The session ends with the connection: the bot identifies again. */
export const reconnects: Check = async (discord) => {
  const { length } = discord.traffic();
  discord.gateway.invalidate();
  const titles = await titlesUntilOnline(discord, length);
  ok(titles.includes("Identify"), `The bot did not identify again: ${titles.join(", ")}`);
  await answersSlowly(discord);
};

/** The bot resumes its session after a close code, and gets the message that it has missed. */
export const resumes: Check = async (discord) => {
  const { length } = discord.traffic();
  discord.gateway.disconnect(4000);
  relish(discord).post("are you there?");
  await relish(discord).waitForMessage(({ content }) => content === "Heard: are you there?", {
    timeout: RECONNECT_MS,
  });
  const titles = await titlesUntilOnline(discord, length);
  ok(titles.includes("Resume") && !titles.includes("Identify"), `Not resumed: ${titles.join(", ")}`);
};

/** The bot used nothing that is not built, and no request was refused. */
export const isNotRefused: Check = async (discord) => {
  const refused = discord
    .traffic()
    .filter(({ kind, status = 200, problem }) => (kind === "rest" ? status >= 400 : problem !== undefined));
  deepEqual([...discord.notBuilt(), ...refused.map(({ title, status }) => `${status} ${title}`)], []);
};
