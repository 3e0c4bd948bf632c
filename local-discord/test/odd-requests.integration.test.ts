import type { APIMessage } from "discord.js";
import { REST, Routes } from "discord.js";
import { expect, it } from "vitest";
import { openLocalDiscord } from "./bot.ts";

/** Ids that no route expects. */
const ODD_IDS = ["1", "9".repeat(30), "@me", "%", "🔥"];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** As their number has no factor in common with that of the methods, all pairs occur. */
const BODIES = ["{}", "[]", "null", '{"type":4,"data":null}', '{"embeds":[null]}', "{"];

it("no route of Discord answers 500 to odd ids and bodies", async () => {
  const discord = await openLocalDiscord({ rateLimits: false });
  const { api, botToken: token, applicationId, channelId } = discord;
  const rest = new REST({ api }).setToken(token);
  const sent = await rest.post(Routes.channelMessages(channelId), { body: { content: "hello" } });
  const starts = [[], [applicationId], [channelId], [channelId, (sent as APIMessage).id]];
  const routes = Object.values(Routes as unknown as Record<string, (...ids: string[]) => string>);
  const paths = routes.flatMap((route) =>
    ODD_IDS.flatMap((odd) => starts.map((start) => route.call(Routes, ...start, odd, odd, odd))),
  );
  const requests = [...new Set(paths)].entries();
  const failed: string[] = [];
  async function ask(): Promise<void> {
    for (const [index, path] of requests) {
      const method = METHODS[index % METHODS.length] ?? "";
      const headers = { authorization: `Bot ${token}`, "content-type": "application/json" };
      const body = method === "GET" ? {} : { body: BODIES[index % BODIES.length] ?? "" };
      const { status } = await fetch(`${api}/v10${path}`, { method, headers, ...body });
      if (status >= 500) failed.push(`${method} ${path}`);
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask));
  expect(failed).toEqual([]);
});

it("an embed may have empty pictures, which are dropped, and no video", async () => {
  const discord = await openLocalDiscord();
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const send = (embed: object) =>
    rest.post(Routes.channelMessages(discord.channelId), { body: { embeds: [embed] } });
  const empty = { image: {}, thumbnail: { url: null }, video: {}, provider: {} };
  const sent = (await send({ ...empty, title: "Hello" })) as APIMessage;
  expect(sent.embeds).toEqual([{ type: "rich", title: "Hello" }]);
  await expect(send(empty)).rejects.toMatchObject({ code: 50035 });
});
