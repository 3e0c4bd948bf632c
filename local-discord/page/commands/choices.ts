import type { APIUser } from "discord-api-types/v10";
import type { ClientRole } from "../../src/client-protocol.ts";
import { optionType } from "../discord.ts";
import { ofTypes } from "../state/listed-channels.ts";
import { textsOf } from "../texts/language.ts";
import type { Directory } from "./check-command-line.ts";
import type { Option } from "./command-line.ts";
import { localName } from "./localize.ts";

export interface Choice {
  /** The text that is shown and inserted. */
  label: string;
  /** All texts that mean this choice. */
  names: readonly string[];
  value: string | number | boolean;
}

/** Returns the choices of an option; null for an option of free text. */
export function choicesOf(option: Option, directory: Directory): Choice[] | null {
  if (option.type === optionType.boolean)
    return [true, false].map((value) => booleanChoice(value, directory));
  if (option.type === optionType.user) return directory.users.map(userChoice);
  if (option.type === optionType.role) return directory.roles.map(roleChoice);
  if (option.type === optionType.mentionable)
    return [...directory.users.map(userChoice), ...directory.roles.map(roleChoice)];
  if (option.type === optionType.channel)
    return ofTypes(directory.channels, option.channel_types).map(channelChoice);
  return listedChoices(option, directory);
}

function userChoice({ id, username, global_name: name }: APIUser): Choice {
  return { label: `@${username}`, names: [username, name ?? username], value: id };
}

/** The name of the role @everyone already starts with @. */
function roleChoice({ id, name }: Pick<ClientRole, "id" | "name">): Choice {
  const bare = name.replace(/^@/, "");
  return { label: `@${bare}`, names: [bare], value: id };
}

function channelChoice({ id, name }: Directory["channels"][number]): Choice {
  return { label: `#${name}`, names: [name], value: id };
}

function booleanChoice(value: boolean, { language }: Directory): Choice {
  const label = textsOf(language)[value ? "true" : "false"];
  return { label, names: [label, String(value)], value };
}

function listedChoices(option: Option, { language }: Directory): Choice[] | null {
  if (!("choices" in option) || option.choices === undefined || option.choices.length === 0) return null;
  return option.choices.map((choice) => {
    const label = localName(choice, language);
    return { label, names: [label, choice.name, String(choice.value)], value: choice.value };
  });
}
