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
import { assertFilesFit } from "./files-fit.ts";
import { Refused } from "./refused.ts";

/** An attachment option takes a file. */
export type OptionValue = string | number | boolean | File;

interface FilledOption {
  name: string;
  type: number;
  value: OptionValue;
}

/** What the person filled in, in the shape an interaction carries. Throws Refused, which says what does not fit. */
export function fillOptions(
  discord: Discord,
  command: APIApplicationCommand,
  values: Record<string, OptionValue>,
): { options: object[]; resolved?: { attachments: Record<string, APIAttachment> } } {
  const filled = chooseOptions(command, values);
  const files = filled.flatMap(({ value }) => (typeof value === "object" ? [value] : []));
  if (files.length === 0) return { options: filled };
  assertFilesFit(files);
  const attachments: Record<string, APIAttachment> = {};
  const options = filled.map(({ name, type, value }) => {
    if (typeof value !== "object") return { name, type, value };
    const attachment = keepForCommand(discord, value);
    attachments[attachment.id] = attachment;
    return { name, type, value: attachment.id };
  });
  return { options, resolved: { attachments } };
}

/** "Ephemeral" attachments go after a while: https://discord.com/developers/docs/resources/message#attachment-object */
function keepForCommand(discord: Discord, file: File): APIAttachment {
  const folder = `ephemeral-attachments/${discord.world.applicationId}`;
  return { ...storeFile(discord, folder, file), ephemeral: true };
}

function chooseOptions(command: APIApplicationCommand, values: Record<string, OptionValue>): FilledOption[] {
  const options = (command.options ?? []).filter(isPlain);
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined) throw new Refused(`/${command.name} has no option "${unknown}".`);
  return options.flatMap(({ name, type, required }) => {
    const value = values[name];
    if (value === undefined && required) throw new Refused(`/${command.name} needs its option "${name}".`);
    if (value === undefined) return [];
    if ((typeof value === "object") !== (type === ApplicationCommandOptionType.Attachment)) {
      throw new Refused(`The option "${name}" of /${command.name} takes another kind of value.`);
    }
    return [{ name, type, value }];
  });
}

/** Subcommands are not served yet. */
function isPlain(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  return option.type !== Subcommand && option.type !== SubcommandGroup;
}
