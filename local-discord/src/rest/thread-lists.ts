import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod/mini";
import { missingPermissions } from "../errors.ts";
import type { Discord } from "../state/discord.ts";
import { botHasPermission } from "../state/permissions.ts";
import { isMember, type Thread, threadChannel, threadsBelow, threadsOf } from "../state/thread.ts";
import { activeThreads } from "../state/visibility.ts";
import type { World } from "../state/world.ts";
import { botGuild } from "./bot-guild.ts";
import { validate } from "./validate.ts";

const { ManageThreads, ReadMessageHistory } = PermissionFlagsBits;
const { PrivateThread, PublicThread } = ChannelType;

const DEFAULT_LIMIT = 50;

const limit = z.optional(z.coerce.number().check(z.int(), z.gte(2), z.lte(100)));
const byTime = z.object({ limit, before: z.optional(z.string().check(z.iso.datetime({ offset: true }))) });
const byId = z.object({ limit, before: z.optional(z.string().check(z.regex(/^\d{1,20}$/))) });

/** @see https://discord.com/developers/docs/topics/threads#enumerating-threads */
export function threadListRoutes(api: Hono, { world }: Discord): void {
  api.get("/guilds/:guild/threads/active", (c) => {
    const threads = threadsOf(world, botGuild(world, c.req.param("guild")));
    return c.json(listed(world, activeThreads(world, threads).toReversed()));
  });

  /** Returns the archived threads of a type, if the bot has these permissions. */
  function archived(channelId: string, type: Thread["type"], permissions: readonly bigint[]): Thread[] {
    const may = permissions.every((permission) => botHasPermission(world, channelId, permission));
    if (!may) throw missingPermissions();
    return threadsBelow(world, channelId).filter(
      (thread) => thread.type === type && thread.thread_metadata.archived,
    );
  }
  for (const [kind, type, permissions] of [
    ["public", PublicThread, [ReadMessageHistory]],
    ["private", PrivateThread, [ReadMessageHistory, ManageThreads]],
  ] as const) {
    api.get(`/channels/:channel/threads/archived/${kind}`, (c) => {
      const { before, limit } = validate(byTime, c.req.query());
      const threads = archived(c.req.param("channel"), type, permissions)
        .filter((thread) => before === undefined || archivedAt(thread) < Date.parse(before))
        .toSorted((a, b) => archivedAt(b) - archivedAt(a));
      return c.json(page(world, threads, limit));
    });
  }
  api.get("/channels/:channel/users/@me/threads/archived/private", (c) => {
    const { before, limit } = validate(byId, c.req.query());
    const threads = archived(c.req.param("channel"), PrivateThread, [ReadMessageHistory])
      .filter((thread) => isMember(thread, world.bot.id))
      .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before))
      .toReversed();
    return c.json(page(world, threads, limit));
  });
}

function archivedAt({ thread_metadata }: Thread): number {
  return Date.parse(thread_metadata.archive_timestamp);
}

function page(world: World, threads: readonly Thread[], limit = DEFAULT_LIMIT) {
  return { ...listed(world, threads.slice(0, limit)), has_more: threads.length > limit };
}

function listed(world: World, threads: readonly Thread[]) {
  const channels = threads.map((thread) => threadChannel(world, thread));
  return { threads: channels, members: channels.flatMap(({ member }) => member ?? []) };
}
