import type { APIMessage, APIModalInteractionResponseCallbackData } from "discord-api-types/v10";
import type { ClientModalSubmit, ClientNewThread } from "../../src/client-protocol.ts";
import { channelType, componentType, textInputStyle } from "../discord.ts";
import type { Place } from "../state/place.ts";
import type { Texts } from "../texts/en.ts";
import { creationRights } from "./rights.ts";

type Components = APIModalInteractionResponseCallbackData["components"];

/** Discord's limits. */
const MAX_NAME_LENGTH = 100;
const MAX_TEXT_LENGTH = 2000;
const MAX_FILES = 10;

/** Returns the inputs of the form for a new thread or post, in the shape of a modal. */
export function newThreadInputs(channel: Place, message: APIMessage | null, { threads }: Texts): Components {
  const isPost = channel.type === channelType.guildForum;
  const name = {
    type: componentType.textInput,
    custom_id: "name",
    style: textInputStyle.short,
    max_length: MAX_NAME_LENGTH,
  } as const;
  const named = {
    type: componentType.label,
    label: isPost ? threads.postTitle : threads.name,
    component: name,
  } as const;
  if (isPost) return [named, ...postInputs(threads)];
  const { publicly, privately } = creationRights(channel);
  if (message !== null || !privately) return [named];
  const hidden = { type: componentType.checkbox, custom_id: "private", default: !publicly } as const;
  return [
    named,
    {
      type: componentType.label,
      label: threads.privateThread,
      description: threads.privateHint,
      component: hidden,
    },
  ];
}

function postInputs(threads: Texts["threads"]): Components {
  return [
    {
      type: componentType.label,
      label: threads.postText,
      component: {
        type: componentType.textInput,
        custom_id: "content",
        style: textInputStyle.paragraph,
        max_length: MAX_TEXT_LENGTH,
        required: false,
      },
    },
    {
      type: componentType.label,
      label: threads.postFiles,
      component: {
        type: componentType.fileUpload,
        custom_id: "files",
        max_values: MAX_FILES,
        required: false,
      },
    },
  ];
}

/** Returns the thread to create, from the values of the form. */
export function newThread(
  { components }: ClientModalSubmit["data"],
  message: APIMessage | null,
): Omit<ClientNewThread, "user_id"> {
  const values = new Map(components.map((input) => [input.custom_id, "value" in input ? input.value : null]));
  const content = values.get("content");
  return {
    name: String(values.get("name") ?? "").trim(),
    ...(typeof content === "string" && content.trim() !== "" ? { content } : {}),
    ...(values.get("private") === true ? { private: true } : {}),
    ...(message === null ? {} : { message_id: message.id }),
  };
}
