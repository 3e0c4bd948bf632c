import type { APIAllowedMentions, APIMessage, APIUser } from "discord-api-types/v10";
import { AllowedMentionsTypes, ComponentType, MessageType } from "discord-api-types/v10";
import { componentsOf } from "./components.ts";

/**
 * Whom a message pings: those named in its text whom `allowed_mentions` permits, and the author it replies to.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function mentions(
  message: Pick<APIMessage, "type" | "author" | "content" | "components" | "referenced_message">,
  allowed: APIAllowedMentions | null | undefined,
  everybody: APIUser[],
): Pick<APIMessage, "mentions" | "mention_everyone"> {
  const text = textOf(message);
  const permitted = (id: string) =>
    !allowed ||
    (allowed.parse?.some((kind) => kind === AllowedMentionsTypes.User) ?? false) ||
    allowed.users?.includes(id) === true;
  const named = everybody.filter(({ id }) => new RegExp(`<@!?${id}>`).test(text) && permitted(id));
  // The answer to a message command names its message too, without being a reply to it.
  const repliedTo = message.type === MessageType.Reply ? message.referenced_message?.author : undefined;
  const pingsReplied =
    repliedTo && repliedTo.id !== message.author.id && (allowed ? allowed.replied_user === true : true);
  return {
    mentions: pingsReplied && !named.some(({ id }) => id === repliedTo.id) ? [...named, repliedTo] : named,
    mention_everyone:
      /@(everyone|here)\b/.test(text) &&
      (!allowed || (allowed.parse?.some((kind) => kind === AllowedMentionsTypes.Everyone) ?? false)),
  };
}

function textOf(message: Pick<APIMessage, "content" | "components">): string {
  const displays = componentsOf(message).flatMap((component) =>
    component.type === ComponentType.TextDisplay ? [component.content] : [],
  );
  return [message.content, ...displays].join("\n");
}
