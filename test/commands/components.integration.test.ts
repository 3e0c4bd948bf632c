import { ButtonStyle, ComponentType, MessageFlags, REST, Routes, type APIMessage } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { answers } from "../../src/worker/answers.ts";
import { collectingBot } from "../collected-jobs.ts";

const project = "1573794232416600066";
const image = `${"ab".repeat(32)}.png`;
const labeled = { round: "1573794232416600067", position: 2, image };

let collected: Awaited<ReturnType<typeof collectingBot>>;

beforeEach(async () => {
  collected = await collectingBot();
});

afterEach(() => collected[Symbol.asyncDispose]());

function button(id: CustomId) {
  const component = { type: ComponentType.Button, style: ButtonStyle.Secondary, label: id.kind } as const;
  return { ...component, custom_id: encodeCustomId(id) };
}

/** A round of a project or of the hot dogs (null), as a worker posts it, but with every kind of component. */
async function round(of: string | null): Promise<APIMessage> {
  const { discord } = collected.bot;
  const asked = discord.user("relish").command("round", { choose: "random" });
  const job = await collected.next("round");
  expect(job).toMatchObject({ choose: "random", roundLocale: "en-US" });
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: encodeCustomId({ kind: "select", ...labeled, project: of }),
    options: ["0", "9", "unsure", "cat"].map((value) => ({ label: value, value })),
  };
  const press = button({ kind: "press", ...labeled, project: of, label: "unsure" });
  const remove = button({ kind: "remove", image, project: of });
  const drop = button({ kind: "drop", image, project: of });
  const components = [
    { type: ComponentType.ActionRow as const, components: [select] },
    { type: ComponentType.ActionRow as const, components: [press, remove, drop] },
  ];
  const access = { token: discord.botToken, api: discord.api, now: discord.now };
  const message = { flags: MessageFlags.IsComponentsV2, components };
  await answers(access).give(job.interaction, message, { again: false, late: "drop" });
  return asked.answer();
}

describe.each([["a project", project] as const, ["the hot dogs", null] as const])(
  "a round of %s",
  (_, of) => {
    const press = { ...labeled, project: of };

    it("takes answers by buttons and by select menus", async () => {
      const relish = collected.bot.discord.user("relish");
      const message = await round(of);
      relish.press(message, "press");
      expect((await collected.next("press")).press).toEqual({ ...press, label: "unsure" });
      const menu = encodeCustomId({ kind: "select", ...press });
      for (const [value, label] of [
        ["0", 0],
        ["9", 9],
        ["unsure", "unsure"],
      ] as const) {
        const { id } = relish.select(message, menu, value);
        const job = await collected.next("press");
        expect(job.press).toEqual({ ...press, label });
        expect(job.interaction.id).toBe(id);
      }
    });

    it("refuses a choice that is no answer", async () => {
      const relish = collected.bot.discord.user("relish");
      const message = await round(of);
      const refused = relish.select(message, encodeCustomId({ kind: "select", ...press }), "cat");
      expect((await refused.answer()).content).toContain("no longer works. Nothing was saved.");
      expect(collected.jobs).toEqual([]);
    });

    it("names its project when images are removed, for which the worker checks the rights", async () => {
      const relish = collected.bot.discord.user("relish");
      const message = await round(of);
      relish.press(message, "drop");
      const rights = { moderate: false, moderateHotdogs: false };
      expect(await collected.next("remove")).toMatchObject({ project: of, image, interaction: { rights } });
      const offer = { project: of, images: [image], interaction: { rights } };
      relish.press(message, "remove");
      expect(await collected.next("offer-removal")).toMatchObject({ ...offer, uploadAnswerId: message.id });
      relish.messageCommand("Remove from image set", message);
      expect(await collected.next("offer-removal")).toMatchObject(offer);
    });
  },
);

describe("Remove from image set", () => {
  it("is refused on an image that a person labels alone, whose buttons have its name sealed", async () => {
    const { discord } = collected.bot;
    const alone = {
      session: "1573794232416600068",
      image: `sealed-${"ab".repeat(32)}.png`,
      project,
      skips: 0,
    };
    const buttons = [button({ kind: "pick", ...alone, label: 1 }), button({ kind: "skip", ...alone })];
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const message = (await rest.post(Routes.channelMessages(discord.channelId), {
      body: { content: "alone", components: [{ type: ComponentType.ActionRow, components: buttons }] },
    })) as APIMessage;
    const refused = await discord.user("mustard").messageCommand("Remove from image set", message).answer();
    expect(refused.content).toContain("This message has no images from the set.");
    expect(collected.jobs).toEqual([]);
  });
});

describe("/round", () => {
  it("lets the worker choose by default, also in direct messages", async () => {
    const relish = collected.bot.discord.user("relish");
    relish.command("round", {}, { dm: true, locale: "fr" });
    const job = await collected.next("round");
    expect(job).not.toHaveProperty("choose");
    expect(job.roundLocale).toBe("fr");
  });
});
