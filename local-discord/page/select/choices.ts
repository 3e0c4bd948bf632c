import type { APISelectMenuComponent, APIUser } from "discord-api-types/v10";
import type { ClientChannel, ClientGuild } from "../../src/client-protocol.ts";
import { componentType } from "../discord.ts";
import { listedChannels, ofTypes } from "../state/listed-channels.ts";
import { displayName } from "../view/names.ts";
import type { ViewContext } from "../view/view-context.ts";

/** An entry of a select menu. */
export interface SelectChoice {
  /** Value of the option, or id of the user, role or channel. */
  value: string;
  label: string;
  /** A second text that also finds the entry; can be empty. */
  description: string;
  sign: Sign | null;
}

/** What is in front of the label. */
export type Sign =
  | { kind: "emoji"; text: string }
  | { kind: "user"; user: APIUser }
  | { kind: "role" }
  | { kind: "channel"; channel: ClientChannel };

type Known = Pick<ViewContext, "users" | "guild" | "me" | "bot" | "texts">;

/** Returns the entries that the select menu lists. In direct messages, they are the person and the bot. */
export function choicesOf(component: APISelectMenuComponent, known: Known): SelectChoice[] {
  switch (component.type) {
    case componentType.stringSelect:
      return component.options.map(({ value, label, description = "", emoji }) => {
        const text = emoji?.id ? `:${emoji.name}:` : emoji?.name;
        return { value, label, description, sign: text ? { kind: "emoji", text } : null };
      });
    case componentType.userSelect:
      return usersOf(known);
    case componentType.roleSelect:
      return rolesOf(known.guild);
    case componentType.mentionableSelect:
      return [...usersOf(known), ...rolesOf(known.guild)];
    case componentType.channelSelect:
      return channelsOf(known.guild, component.channel_types);
  }
}

function usersOf({ users, guild, me, bot }: Known): SelectChoice[] {
  const there = guild ? [...users.values()] : [me, bot].filter((user) => user !== null);
  return there.map((user) => {
    const label = displayName(user);
    const description = user.username === label ? "" : user.username;
    return { value: user.id, label, description, sign: { kind: "user", user } };
  });
}

function rolesOf(guild: ClientGuild | null): SelectChoice[] {
  return (guild?.roles ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
    description: "",
    sign: { kind: "role" },
  }));
}

function channelsOf(guild: ClientGuild | null, accepted?: readonly number[]): SelectChoice[] {
  return ofTypes(listedChannels(guild), accepted).map((channel) => ({
    value: channel.id,
    label: channel.name,
    description: "",
    sign: { kind: "channel", channel },
  }));
}

/** Returns the entries of these values. A value that the select menu does not list, such as an unknown user, has a stand-in. */
export function chosenOf(
  values: readonly string[],
  listed: readonly SelectChoice[],
  { users, channels, texts }: Pick<ViewContext, "users" | "channels" | "texts">,
): SelectChoice[] {
  return values.map((value) => {
    const known = listed.find((choice) => choice.value === value);
    if (known) return known;
    const user = users.get(value);
    const label = user ? displayName(user) : (channels.get(value)?.name ?? texts.unknownChoice);
    return { value, label, description: "", sign: user ? { kind: "user", user } : null };
  });
}

/** Whether the entries are searched for in a field. The options of a string select are found by typing their beginning. */
export function isSearchable({ type }: APISelectMenuComponent): boolean {
  return type !== componentType.stringSelect;
}

/** Returns the entries with this text in their label or description. */
export function search(choices: readonly SelectChoice[], text: string): readonly SelectChoice[] {
  const wanted = text.trim().replace(/^[@#]/, "").toLowerCase();
  return choices.filter(({ label, description }) =>
    [label, description].some((part) => part.toLowerCase().includes(wanted)),
  );
}
