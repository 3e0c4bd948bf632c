import { gunzipSync } from "node:zlib";
import {
  ApplicationCommandOptionType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  MessageFlags,
  REST,
  Routes,
  type APIMessage,
  type APIApplicationCommandOption,
} from "discord.js";
import { vi } from "vitest";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import type { OptionValue } from "../../local-discord/src/users/command-options.ts";
import { commands } from "../../src/commands/index.ts";
import { encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { formatExclusionChoice } from "../../src/jobs/labelers.ts";
import { en } from "../../src/texts/en.ts";
import { settingsTexts } from "../../src/worker/settings-message.ts";
import type { HotdogBot } from "../hotdog-bot.ts";
import { CATS, picturesOf } from "./channel-project.ts";

/** A person in a place, who does there everything that the bot offers. */
export interface Walker {
  person: ScriptedUser;
  channelId: string;
  /** Whether the place is direct messages. */
  isDirect?: boolean;
  /** The pseudonym of a person whom forged select menus exclude. */
  labeler: string;
}

type Values = Record<string, OptionValue>;

/** Values for the required options of a command: one set for each choice. */
async function valuesFor(options: readonly APIApplicationCommandOption[]): Promise<Values[]> {
  const required = options.filter((option) => option.required === true);
  const [picture = { name: "", bytes: Buffer.of() }] = await picturesOf(1);
  const samples = new Map<ApplicationCommandOptionType, OptionValue>([
    [ApplicationCommandOptionType.String, "3 5 8"],
    [ApplicationCommandOptionType.Attachment, picture],
  ]);
  const first: Values = {};
  for (const { name, type } of required) {
    const sample = samples.get(type);
    if (sample === undefined) throw new Error(`the walk has no sample for the option ${name}`);
    first[name] = sample;
  }
  const sets: Values[] = [];
  for (const option of required)
    for (const { value } of "choices" in option ? (option.choices ?? []) : [])
      sets.push({ ...first, [option.name]: value });
  return sets.length === 0 ? [first] : sets;
}

function isOffered(
  { contexts }: { contexts?: readonly InteractionContextType[] | null | undefined },
  isDirect: boolean,
): boolean {
  return contexts?.includes(isDirect ? InteractionContextType.BotDM : InteractionContextType.Guild) === true;
}

interface SlashUse {
  /** Name of the command, or of a subcommand after that of its command. */
  name: string;
  values: Values;
}

/** Every slash command and subcommand of the bot that a place offers, with each choice of its required options. */
async function slashUses(isDirect: boolean): Promise<SlashUse[]> {
  const uses: SlashUse[] = [];
  for (const { data } of commands.slash) {
    if (!isOffered(data, isDirect)) continue;
    for (const [name, options] of executables(data))
      for (const values of await valuesFor(options)) uses.push({ name, values });
  }
  return uses;
}

/** The command, or else its subcommands, with their options. */
function executables({
  name,
  options = [],
}: {
  name: string;
  options?: readonly APIApplicationCommandOption[] | undefined;
}): [name: string, options: readonly APIApplicationCommandOption[]][] {
  const subcommands = options.filter((option) => option.type === ApplicationCommandOptionType.Subcommand);
  return subcommands.length === 0
    ? [[name, options]]
    : subcommands.map((subcommand) => [`${name} ${subcommand.name}`, subcommand.options ?? []]);
}

/** Returns a function that resolves when the bot has replied to a request, or a worker has done its job. */
function watchEnds({ logLines }: HotdogBot): (id: string) => Promise<void> {
  const ended = new Set<string>();
  let read = 0;
  return async (id) => {
    const check = (): void => {
      for (; read < logLines.length; read += 1) {
        const line = logLines[read] ?? "";
        if (ENDED.test(line)) ended.add(/"interaction":"(\d+)"/.exec(line)?.[1] ?? "");
      }
      if (!ended.has(id)) throw new Error(`nobody has answered ${id}`);
    };
    await vi.waitFor(check, { timeout: 30_000, interval: 2 });
  };
}

const ENDED = /"msg":"(?:done|replied|refused)"/;

/** Everything that the bot has shown since `startWatch`, and that the walk did not post itself. */
export interface Seen {
  messages: APIMessage[];
  modals: object[];
  /** Bytes of all files of these messages. */
  files: Buffer[];
}

/** Number of forged components that one bot gets, so that no limit refuses a press. */
const FORGED_PER_BOT = 5;

/**
 * Uses every command, and presses, chooses in and submits what carries the given custom ids, in one place. The bot posts the
 * components there first, as it never would: they are forged.
 */
export async function walk(bot: HotdogBot, walker: Walker, forged: readonly CustomId[]): Promise<Seen> {
  const { discord } = bot;
  const { person, channelId, isDirect = false, labeler } = walker;
  const before = new Set(discord.messages().map(({ id }) => id));
  const posted = new Set<string>();
  const modals: object[] = [];
  const settled = watchEnds(bot);

  async function follow(use: ReturnType<ScriptedUser["press"]>): Promise<void> {
    const modal = await use.modal().catch(() => undefined);
    await settled(use.id);
    if (modal === undefined) return;
    modals.push(modal);
    await settled(person.submit(modal, filledIn(modal.title)).id);
  }

  async function useMenus(message: APIMessage): Promise<void> {
    for (const { data } of commands.message)
      if (isOffered(data, isDirect)) await follow(person.messageCommand(data.name, message));
  }

  for (const [index, id] of forged.entries()) {
    // A new bot has no memory of rate limits.
    if (index % FORGED_PER_BOT === 0) await bot.restartBot();
    const values = valuesOf(id, labeler);
    const message = await postForged(bot, channelId, id, values);
    posted.add(message.id);
    await useMenus(message);
    if (values.length === 0) await follow(person.press(message, encodeCustomId(id)));
    for (const value of values) await follow(person.select(message, encodeCustomId(id), value));
  }
  for (const { name, values } of await slashUses(isDirect))
    await follow(person.command(name, values, { channelId }));
  const message = person.post(isDirect ? "" : `<@${discord.applicationId}>`, await picturesOf(1), {
    channelId,
  });
  posted.add(message.id);
  await settled(message.id);
  await useMenus(message);
  const messages = discord
    .messages()
    .filter(({ id, edited_timestamp: edited }) => !before.has(id) && (edited !== null || !posted.has(id)));
  return { messages, modals, files: await filesOf(messages) };
}

/** The files of messages, those in their components included. */
export async function filesOf(messages: readonly APIMessage[]): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for (const [, url = ""] of JSON.stringify(messages).matchAll(/"url":"([^"]+\/attachments\/[^"]+)"/g)) {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    files.push(new URL(url).pathname.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  }
  return files;
}

/** Posts a message of the bot with one component, and with settings for a button that opens a form filled from them. */
async function postForged(
  { discord }: HotdogBot,
  channelId: string,
  id: CustomId,
  values: readonly string[],
): Promise<APIMessage> {
  const row = { type: ComponentType.ActionRow, components: [componentOf(id, values)] };
  const isForm = id.kind === "edit-project" || id.kind === "correct-project";
  const body = isForm
    ? { flags: MessageFlags.IsComponentsV2, components: [...settingsTexts(FORGED_FORM, en), row] }
    : { content: "forged", components: [row] };
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  return (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
}

const FORGED_FORM = {
  question: "Forged?",
  labels: ["yes", "no"],
  offersUnsure: false,
  uploads: "everyone" as const,
  settleAt: 0.9 as const,
};

/** The values of a forged select menu; none for a button. */
function valuesOf({ kind }: CustomId, labeler: string): string[] {
  if (kind === "exclude")
    return [true, false].map((excluded) => formatExclusionChoice({ labeler, excluded }));
  if (kind === "select") return ["0", "unsure"];
  // A choice of these changes the message.
  return kind === "choose" || kind === "gold" ? ["0"] : [];
}

/** What a person enters into a modal. */
function filledIn(title: string): Record<string, string | boolean> {
  if (title === en.project.form.create) return CATS;
  return title.startsWith("Exclude") ? { reason: "forged" } : {};
}

function componentOf(id: CustomId, values: readonly string[]) {
  const custom_id = encodeCustomId(id);
  if (values.length === 0)
    return { type: ComponentType.Button, style: ButtonStyle.Secondary, label: "forged", custom_id };
  const options = values.map((value) => ({ label: value.slice(0, 20), value }));
  return { type: ComponentType.StringSelect, custom_id, options };
}
