import type { Interaction } from "discord.js";
import { Routes } from "discord.js";

/** Answers an interaction with a plain request, which no client library corrects or refuses. */
export function callback({ id, token, client }: Interaction, body: object, query = ""): Promise<unknown> {
  return client.rest.post(`${Routes.interactionCallback(id, token)}${query}` as "/", { body, auth: false });
}
