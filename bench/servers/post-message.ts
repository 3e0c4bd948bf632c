import { REST, Routes } from "discord.js";
import { z } from "zod";
import type { AnswerMessage } from "../../src/worker/answers.ts";

interface Where {
  api: string;
  botToken: string;
  channelId: string;
}

/** Posts a message as a worker does, and resolves with its id. */
export async function postMessage(
  { api, botToken, channelId }: Where,
  { files = [], ...message }: AnswerMessage,
): Promise<string> {
  const attachments = files.map(({ name: filename }, index) => ({ id: String(index), filename }));
  const posted = await new REST({ api })
    .setToken(botToken)
    .post(Routes.channelMessages(channelId), { body: { ...message, attachments }, files });
  return z.object({ id: z.string() }).parse(posted).id;
}
