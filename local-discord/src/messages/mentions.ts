import type { APIAllowedMentions, APIMessage } from "discord-api-types/v10";
import { AllowedMentionsTypes, ComponentType, MessageType } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";
import { mayMentionEveryone } from "../state/permissions.ts";
import type { World } from "../state/world.ts";
import { people } from "../state/world.ts";
import { componentsOf } from "./components.ts";

type Written = Pick<
  APIMessage,
  "type" | "author" | "channel_id" | "content" | "components" | "referenced_message"
>;

/**
 * Finds whom a message pings: the people in its text that `allowed_mentions` permits, the author it replies to, and everyone
 * if its author has Mention Everyone.
 * @throws DiscordError 50035
 * @see https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function mentions(
  world: World,
  message: Written,
  allowed: APIAllowedMentions | null | undefined,
): Pick<APIMessage, "mentions" | "mention_everyone"> {
  assertAllowedMentions(allowed);
  const text = textOf(message);
  const permitted = (id: string) =>
    !allowed ||
    (allowed.parse?.some((kind) => kind === AllowedMentionsTypes.User) ?? false) ||
    allowed.users?.includes(id) === true;
  const named = [...people(world), world.bot].filter(
    ({ id }) => new RegExp(`<@!?${id}>`).test(text) && permitted(id),
  );
  // The answer to a message command also has a referenced message, but is no reply and does not ping.
  const repliedTo = message.type === MessageType.Reply ? message.referenced_message?.author : undefined;
  const pingsReplied =
    repliedTo && repliedTo.id !== message.author.id && (allowed ? allowed.replied_user === true : true);
  return {
    mentions: pingsReplied && !named.some(({ id }) => id === repliedTo.id) ? [...named, repliedTo] : named,
    mention_everyone:
      /@(everyone|here)\b/.test(text) &&
      mayMentionEveryone(world, message) &&
      (!allowed || (allowed.parse?.some((kind) => kind === AllowedMentionsTypes.Everyone) ?? false)),
  };
}

/**
 * Checks that `allowed_mentions` does not allow both all users (or roles) and a list of them.
 * @throws DiscordError 50035
 */
function assertAllowedMentions(allowed: APIAllowedMentions | null | undefined): void {
  const { User, Role } = AllowedMentionsTypes;
  const kind = ([User, Role] as const).find(
    (name) => allowed?.[name]?.length && allowed.parse?.includes(name),
  );
  if (kind === undefined) return;
  const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
  throw invalidForm([
    { path: ["allowed_mentions"], code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message },
  ]);
}

function textOf(message: Pick<APIMessage, "content" | "components">): string {
  const displays = componentsOf(message).flatMap((component) =>
    component.type === ComponentType.TextDisplay ? [component.content] : [],
  );
  return [message.content, ...displays].join("\n");
}
