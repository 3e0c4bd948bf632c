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
}

/** An option of a command or subcommand that takes a value. */
interface ValueOption {
  type: ApplicationCommandOptionType;
  name: string;
  required?: boolean | undefined;
  choices?: readonly { value: string | number }[];
}

/** Values for the required options of a command: one set for each choice of each option. */
async function valuesFor(options: readonly ValueOption[]): Promise<Record<string, OptionValue>[]> {
  let sets: Record<string, OptionValue>[] = [{}];
  const [picture] = await picturesOf(1);
  for (const { type, name, required, choices } of options) {
    if (required !== true) continue;
    const samples: Partial<Record<ApplicationCommandOptionType, OptionValue | undefined>> = {
      [ApplicationCommandOptionType.String]: "3 5 8",
      [ApplicationCommandOptionType.Attachment]: picture,
    };
    const values = choices?.map(({ value }) => value) ?? [samples[type]];
    sets = sets.flatMap((set) =>
      values.map((value) => {
        if (value === undefined) throw new Error(`the walk has no sample for the option ${name}`);
        return { ...set, [name]: value };
      }),
    );
  }
  return sets;
}

function isOffered(
  { contexts }: { contexts?: readonly InteractionContextType[] | null | undefined },
  isDirect: boolean,
): boolean {
  return contexts?.includes(isDirect ? InteractionContextType.BotDM : InteractionContextType.Guild) === true;
}

/** Every slash command and subcommand of the bot that a place offers, with each choice of its required options. */
async function slashUses(
  isDirect: boolean,
): Promise<{ name: string; values: Record<string, OptionValue> }[]> {
  const uses: { name: string; values: Record<string, OptionValue> }[] = [];
  for (const { data } of commands.slash) {
    if (!isOffered(data, isDirect)) continue;
    const options: readonly APIApplicationCommandOption[] = "options" in data ? (data.options ?? []) : [];
    const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
    const parts =
      subcommands.length === 0
        ? [{ name: data.name, options }]
        : subcommands.map((subcommand) => ({
            name: `${data.name} ${subcommand.name}`,
            options: "options" in subcommand ? (subcommand.options ?? []) : [],
          }));
    for (const part of parts)
      for (const values of await valuesFor(part.options as readonly ValueOption[]))
        uses.push({ name: part.name, values });
  }
  return uses;
}

/** Returns a function that resolves when the bot has replied to a request, or a worker has done its job. */
function watchEnds({ logged }: HotdogBot): (id: string) => Promise<void> {
  const ended = new Set<string>();
  let read = 0;
  return async (id) => {
    const check = (): void => {
      const lines = logged();
      for (const line of lines
        .slice(read)
        .split("\n")
        .filter((text) => ENDED.test(text)))
        ended.add(/"interaction":"(\d+)"/.exec(line)?.[1] ?? "");
      read = lines.length;
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

/**
 * Uses every command, and presses, chooses in and submits what carries the given custom ids, in one place. The bot posts the
 * components there first, as it never would: they are forged.
 * @param forged at most 25
 */
export async function walk(bot: HotdogBot, walker: Walker, forged: readonly CustomId[]): Promise<Seen> {
  const { discord } = bot;
  const { person, channelId, isDirect = false } = walker;
  const before = new Set(discord.messages().map(({ id }) => id));
  const posted = new Set<string>();
  const modals: object[] = [];
  const settled = watchEnds(bot);

  async function follow(use: ReturnType<ScriptedUser["press"]>): Promise<void> {
    const modal = await use.modal().catch(() => undefined);
    await settled(use.id);
    if (modal === undefined) return;
    modals.push(modal);
    await settled(person.submit(modal, modal.title === en.project.form.create ? CATS : {}).id);
  }

  async function useMenus(message: APIMessage): Promise<void> {
    for (const { data } of commands.message)
      if (isOffered(data, isDirect)) await follow(person.messageCommand(data.name, message));
  }

  for (const id of forged) {
    const message = await postForged(bot, channelId, id);
    posted.add(message.id);
    await useMenus(message);
    const isSelect = id.kind === "select";
    for (const value of isSelect ? ["0", "unsure"] : [""])
      await follow(
        isSelect
          ? person.select(message, encodeCustomId(id), value)
          : person.press(message, encodeCustomId(id)),
      );
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

/** The files of messages. */
export async function filesOf(messages: readonly APIMessage[]): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for (const { url, filename } of messages.flatMap(({ attachments }) => attachments)) {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    files.push(filename.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  }
  return files;
}

/** Posts a message of the bot with one component, and with settings for a button that opens a form filled from them. */
async function postForged({ discord }: HotdogBot, channelId: string, id: CustomId): Promise<APIMessage> {
  const row = { type: ComponentType.ActionRow, components: [componentOf(id)] };
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
};

function componentOf(id: CustomId) {
  const custom_id = encodeCustomId(id);
  if (id.kind !== "select")
    return { type: ComponentType.Button, style: ButtonStyle.Secondary, label: "forged", custom_id };
  const options = ["0", "unsure"].map((value) => ({ label: value, value }));
  return { type: ComponentType.StringSelect, custom_id, options };
}
