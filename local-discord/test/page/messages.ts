import type { APIMessage, APIUser } from "discord-api-types/v10";
import type { ClientReady } from "../../src/client-protocol.ts";
import { blankMessage } from "../../src/messages/blank-message.ts";

function user(name: string): APIUser {
  return { id: `1${name.length}`, username: name, discriminator: "0", global_name: null, avatar: null };
}

export const ketchup = user("ketchup");
export const relish = user("relish");

/** Creates a message in channel "7", this many minutes after noon. */
export function message(id: string, minutes = 0, changes: Partial<APIMessage> = {}): APIMessage {
  const stamp = () => new Date(2026, 10, 21, 12, minutes).getTime();
  return {
    ...blankMessage({ nextSnowflake: () => id, stamp }, { author: ketchup, channelId: "7" }),
    content: `message ${id}`,
    ...changes,
  };
}

/** What the channels of these tests have in common. */
export const plainChannel = {
  nsfw: false,
  topic: null,
  category_id: null,
  rate_limit_per_user: 0,
  permissions: "0",
} as const;

export const guild = {
  id: "6",
  name: "Guild",
  has_bot: true,
  member_ids: [],
  channels: [{ ...plainChannel, id: "7", name: "general", type: 0 }],
  threads: [],
  nicks: {},
  roles: [{ id: "6", name: "@everyone", color: 0, hoist: false, member_ids: [] }],
};

export function ready(changes: Partial<ClientReady> = {}): ClientReady {
  return {
    user: ketchup,
    users: [ketchup, relish],
    guilds: [guild],
    bot: { ...user("bot"), bot: true },
    bot_online: true,
    direct: { id: "8" },
    commands: {},
    since: "1",
    messages: { "7": [] },
    ...changes,
  };
}
