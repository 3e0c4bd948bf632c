import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIAttachment,
} from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import type { File } from "../messages/upload.ts";
import { storeFile } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";
import type { Invocation } from "./invocation.ts";
import { expectedInstead } from "./option-rules.ts";
import { resolveIds } from "./resolve-ids.ts";

/** An attachment option takes a file; one of users or channels an id. */
export type OptionValue = string | number | boolean | File;

/** What a person filled in for one option. */
export interface ChosenOption {
  option: APIApplicationCommandBasicOption;
  value: OptionValue;
}

/** What the person filled in, in the shape an interaction carries. Throws NotAllowedError, which says what does not fit. */
export function fillOptions(
  discord: Discord,
  where: Pick<Invocation, "user" | "channelId">,
  { command, values }: { command: APIApplicationCommand; values: Record<string, OptionValue> },
): { options: object[]; resolved?: object } {
  const chosen = chooseOptions(command, values);
  const ids = resolveIds(discord.world, where, chosen);
  assertCanSendFiles(chosen.flatMap(({ value }) => (typeof value === "object" ? [value] : [])));
  const attachments: Record<string, APIAttachment> = {};
  const options = chosen.map(({ option: { name, type }, value }) => {
    if (typeof value !== "object") return { name, type, value };
    const attachment = keepForCommand(discord, value);
    attachments[attachment.id] = attachment;
    return { name, type, value: attachment.id };
  });
  const resolved = { ...ids, ...(Object.keys(attachments).length > 0 ? { attachments } : {}) };
  return { options, ...(Object.keys(resolved).length > 0 ? { resolved } : {}) };
}

/** "Ephemeral" attachments go after a while: https://discord.com/developers/docs/resources/message#attachment-object */
function keepForCommand(discord: Discord, file: File): APIAttachment {
  const folder = `ephemeral-attachments/${discord.world.applicationId}`;
  return { ...storeFile(discord, folder, file), ephemeral: true };
}

function chooseOptions(command: APIApplicationCommand, values: Record<string, OptionValue>): ChosenOption[] {
  const options = (command.options ?? []).filter(isPlain);
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined) throw new NotAllowedError(`/${command.name} has no option "${unknown}".`);
  return options.flatMap((option) => {
    const { name, required } = option;
    const value = values[name];
    if (value === undefined && required)
      throw new NotAllowedError(`/${command.name} needs its option "${name}".`);
    if (value === undefined) return [];
    const wanted = expectedInstead(option, value);
    if (wanted) throw new NotAllowedError(`The option "${name}" of /${command.name} takes ${wanted}.`);
    return [{ option, value }];
  });
}

/** Subcommands are not registered, but by an earlier version they were. */
function isPlain(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  return option.type !== Subcommand && option.type !== SubcommandGroup;
}
