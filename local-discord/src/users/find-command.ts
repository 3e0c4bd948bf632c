import type { APIApplicationCommand } from "discord-api-types/v10";
import { ApplicationCommandType } from "discord-api-types/v10";
import { slashCommandsOf, type Invocable } from "../../page/commands/invocables.ts";
import { isIn } from "../state/visibility.ts";
import type { Discord } from "../state/discord.ts";
import { usableCommands } from "../state/usable-commands.ts";
import type { Invocation } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";

const { ChatInput, Message, PrimaryEntryPoint, User } = ApplicationCommandType;

type MenuType = typeof Message | typeof User;

/**
 * Finds the message command or user command of this name.
 * @throws NotAllowedError if the person may not use such a command in the channel
 */
export function findMenuCommand(
  discord: Discord,
  where: Pick<Invocation, "user" | "channelId">,
  { name, type }: { name: string; type: MenuType },
): APIApplicationCommand {
  const fits = (candidate: APIApplicationCommand) => candidate.name === name && candidate.type === type;
  const command = usableIn(discord, where).find(fits);
  if (command) return command;
  throw refusal(discord, where, { title: `"${name}"`, exists: discord.commands.all().some(fits) });
}

/**
 * Finds the slash command or subcommand of this name, as in "project create".
 * @throws NotAllowedError if the person may not use such a command in the channel
 */
export function findSlashCommand(
  discord: Discord,
  where: Pick<Invocation, "user" | "channelId">,
  name: string,
): Invocable {
  const fits = (candidate: Invocable) => candidate.name === name;
  const invocable = slashCommandsOf(usableIn(discord, where)).find(fits);
  if (invocable) return invocable;
  const registered = discord.commands.all();
  const all = slashCommandsOf(registered);
  const inside = all.filter((candidate) => candidate.name.startsWith(`${name} `)).map(titleOf);
  if (inside.length > 0) throw new NotAllowedError(`/${name} needs a subcommand: ${inside.join(", ")}.`);
  if (registered.some((command) => command.type === PrimaryEntryPoint && command.name === name)) {
    throw new NotAllowedError(`The local Discord does not have entry point commands, such as ${name}.`);
  }
  throw refusal(discord, where, { title: `/${name}`, exists: all.some(fits) });
}

/** The fields of a command that all its interactions contain. */
export function commandHead({ id, name, type, guild_id }: APIApplicationCommand) {
  return { id, name, type, ...(guild_id ? { guild_id } : {}) };
}

function usableIn(discord: Discord, { user, channelId }: Pick<Invocation, "user" | "channelId">) {
  if (!isIn(discord.world, user.id, channelId)) throw new NotAllowedError("There is no such channel.");
  return usableCommands(discord, user.id, channelId);
}

function refusal(
  discord: Discord,
  { user }: Pick<Invocation, "user">,
  { title, exists }: { title: string; exists: boolean },
): NotAllowedError {
  if (exists) return new NotAllowedError(`${user.username} may not use ${title} here.`);
  const titles = discord.commands
    .all()
    .flatMap((command) =>
      command.type === ChatInput ? slashCommandsOf([command]).map(titleOf) : [`"${command.name}"`],
    );
  const list = titles.length > 0 ? `Registered: ${titles.join(", ")}.` : "None is registered.";
  return new NotAllowedError(`There is no command ${title}. ${list}`);
}

function titleOf({ name }: Invocable): string {
  return `/${name}`;
}
