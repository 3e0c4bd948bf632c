import { describe, expect, it } from "vitest";
import { openLocalDiscord } from "./bot.ts";

async function open() {
  const discord = await openLocalDiscord();
  const { api, botToken, channelId } = discord;
  const ask = (path: string, how: RequestInit = {}) => {
    const headers = new Headers(how.headers);
    headers.set("authorization", `Bot ${botToken}`);
    return fetch(`${api}/v10${path}`, { ...how, headers });
  };
  return { discord, ask, messages: `/channels/${channelId}/messages` };
}

describe("a request", () => {
  it("can have an encoded @, as in the routes of client libraries", async () => {
    const { discord, ask } = await open();
    const response = await ask("/users/%40me");
    expect(await response.json()).toMatchObject({ id: discord.applicationId });
    expect(discord.traffic().at(-1)).toMatchObject({ title: "GET /users/@me", status: 200 });
  });

  it("with an incomplete form is refused with 400", async () => {
    const { ask, messages } = await open();
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const response = await ask(messages, { method: "POST", headers, body: "--x\r\nno form" });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: "400: Bad Request (the form cannot be read)", code: 0 },
    ]);
  });

  it("can be a form with the content as a field", async () => {
    const { discord, ask, messages } = await open();
    const body = new FormData();
    body.set("content", "look");
    body.set("files[0]", new File(["text"], "a.txt"));
    expect((await ask(messages, { method: "POST", body })).status).toBe(200);
    expect(discord.messages()).toMatchObject([{ content: "look", attachments: [{ filename: "a.txt" }] }]);
  });
});
