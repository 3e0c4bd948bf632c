import { DEFAULT_SETTLE_AT } from "../../src/labeling/settle-thresholds.ts";
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  PermissionsBitField,
  type APIMessage,
  type ButtonInteraction,
  type ModalSubmitInteraction,
} from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pressButton, submitModal } from "../../src/commands/component.ts";
import { encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import type { Job } from "../../src/jobs/job.ts";
import type { ProjectForm } from "../../src/jobs/project-form.ts";
import { formatSettings } from "../../src/jobs/settings-text.ts";
import { en } from "../../src/texts/en.ts";
import { answers, type AnswerMessage } from "../../src/worker/answers.ts";
import { collectingBot } from "../collected-jobs.ts";
import type { HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";

const FORM: ProjectForm = {
  question: "Cat, dog or neither?",
  labels: ["🐱 cat", "🐶 dog", "neither"],
  offersUnsure: true,
  settleAt: DEFAULT_SETTLE_AT,
  uploads: "moderators",
};
const TYPED = {
  question: " Cat, dog  or neither? ",
  labels: "🐱 cat\n\n🐶 dog\nneither\n",
  unsure: true,
  uploads: "moderators",
};
const project = "1573794232416600066";
const NOT_ALLOWED = "Only members who can manage the server can create";

let collected: Awaited<ReturnType<typeof collectingBot>>;
let bot: HotdogBot;

beforeEach(async () => {
  collected = await collectingBot();
  ({ bot } = collected);
});

afterEach(() => collected[Symbol.asyncDispose]());

/** Answers a job as a worker does. */
async function answer(job: Extract<Job, { interaction: object }>, message: AnswerMessage): Promise<void> {
  const access = { token: bot.discord.botToken, api: bot.discord.api, now: bot.discord.now };
  await answers(access).give(job.interaction, message, { again: false, late: "drop" });
}

function rowOf(buttons: { label: string; id: CustomId }[]) {
  return {
    type: ComponentType.ActionRow as const,
    components: buttons.map(({ label, id }) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label,
      custom_id: encodeCustomId(id),
    })),
  };
}

/** The texts of a message with Components V2. */
function textsOf({ components = [] }: APIMessage): string {
  return components.flatMap((component) => ("content" in component ? component.content : [])).join("\n");
}

function isPrivate({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

describe("/project create", () => {
  it("opens a form, which becomes a job with the first images", async () => {
    const ketchup = bot.discord.user("ketchup");
    const modal = await ketchup.command("project create").modal();
    expect(modal.title).toBe("New project");
    expect(modal.components).toHaveLength(5);
    const images = [
      { name: "a.png", bytes: await plainPng(1) },
      { name: "b.png", bytes: await plainPng(2) },
    ];
    const submit = ketchup.submit(modal, { ...TYPED, images });
    const job = await collected.next("create-project");
    expect(job.form).toEqual(FORM);
    expect(job.files.map(({ name }) => name)).toEqual(["a.png", "b.png"]);
    expect(job.interaction).toMatchObject({
      id: submit.id,
      place: { channelId: bot.discord.channelId, ageRestricted: false },
      rights: { manage: true },
    });
    const thinking = await bot.discord.user("relish").waitForMessage(() => true);
    expect((thinking.flags ?? 0) & MessageFlags.Loading).not.toBe(0);
  });

  it("opens no form in a private thread, where the project could not be announced", async () => {
    const ketchup = bot.discord.user("ketchup");
    const { id: channelId } = ketchup.createThread("secret", { private: true });
    const refused = await ketchup.command("project create", {}, { channelId }).answer();
    expect(refused.content).toContain("Use `/project create` in the channel itself");
  });

  it("needs no images, and lets everyone upload unless the form says otherwise", async () => {
    const ketchup = bot.discord.user("ketchup");
    const modal = await ketchup.command("project create", {}, { locale: "fr" }).modal();
    expect(modal.title).toBe("Nouveau projet");
    ketchup.submit(modal, { question: "Chat ?", labels: "oui\nnon" });
    expect(await collected.next("create-project")).toMatchObject({
      form: {
        question: "Chat ?",
        labels: ["oui", "non"],
        offersUnsure: false,
        uploads: "everyone",
        settleAt: DEFAULT_SETTLE_AT,
      },
      files: [],
    });
  });

  it("answers bad input privately with what is wrong and what was typed, until it is corrected", async () => {
    const ketchup = bot.discord.user("ketchup");
    const wrong = { ...TYPED, labels: `cat\ncat\n${"long ".repeat(9)}\n*dog*` };
    const images = [{ name: "a.png", bytes: await plainPng(1) }];
    const opened = await ketchup.command("project create").modal();
    const refused = await ketchup.submit(opened, { ...wrong, images }).answer();
    expect(isPrivate(refused)).toBe(true);
    expect(textsOf(refused)).toContain("More than once: **cat**");
    expect(textsOf(refused)).toContain("More than 40 characters: **long long");
    expect(textsOf(refused)).toContain("choose them again");
    expect(textsOf(refused)).toContain(String.raw`Cat\, dog or neither\?`);
    expect(textsOf(refused)).toContain(String.raw`\*dog\*`);
    expect(collected.jobs).toEqual([]);

    const again = await ketchup.press(refused, "Correct").modal();
    expect(JSON.stringify(again.components)).toContain("Choose your files again");
    const stillWrong = await ketchup.submit(again, { labels: "cat" }).answer();
    // The same message, so that they do not pile up.
    expect(stillWrong.id).toBe(refused.id);
    expect(textsOf(stillWrong)).toContain("There is 1 label: 2 to 10 are needed");
    expect(textsOf(stillWrong)).not.toContain("choose them again");

    const last = await ketchup.press(stillWrong, "Correct").modal();
    ketchup.submit(last, { labels: TYPED.labels });
    expect((await collected.next("create-project")).form).toEqual(FORM);
  });

  it("shows everything that was typed, in French too", async () => {
    const ketchup = bot.discord.user("ketchup");
    const opened = await ketchup.command("project create", {}, { locale: "fr" }).modal();
    const refused = await ketchup.submit(opened, { question: "\u200B", labels: "un" }).answer();
    expect(textsOf(refused)).toContain("Il n’y a pas de question.");
    expect(textsOf(refused)).toContain("Il y a 1 étiquette ; il en faut de 2 à 10");
    const { components } = await ketchup.press(refused, "Corriger", { locale: "fr" }).modal();
    expect(components[1]).toMatchObject({ component: { value: "un" } });
  });
});

describe("/project edit", () => {
  /** Shows the settings as a worker does. */
  async function settings(): Promise<APIMessage> {
    const asked = bot.discord.user("ketchup").command("project edit");
    const job = await collected.next("project-settings");
    const id = { kind: "edit-project", project } as const;
    const texts = formatSettings(FORM, en.project.settings).map((text) => ({
      type: ComponentType.TextDisplay as const,
      id: text.id,
      content: text.content,
    }));
    const components = [...texts, rowOf([{ label: "Change", id }])];
    await answer(job, { flags: MessageFlags.IsComponentsV2, components });
    return asked.answer();
  }

  it("shows the settings, whose button opens the form filled from that message", async () => {
    const ketchup = bot.discord.user("ketchup");
    const message = await settings();
    expect(isPrivate(message)).toBe(true);
    const modal = await ketchup.press(message, "Change").modal();
    expect(modal.title).toBe("Project settings");
    // Images are added with /upload.
    expect(modal.components).toHaveLength(5);
    const submit = ketchup.submit(modal, { labels: "🐱 cat\n🐶 dog\nno pet\nboth", "settle-at": "0.99" });
    expect(await collected.next("edit-project")).toMatchObject({
      project,
      messageId: message.id,
      form: { ...FORM, labels: ["🐱 cat", "🐶 dog", "no pet", "both"], settleAt: 0.99 },
      interaction: { id: submit.id, rights: { manage: true } },
    });
  });

  it("refuses bad input in place of the settings, from where it is corrected", async () => {
    const ketchup = bot.discord.user("ketchup");
    const message = await settings();
    const modal = await ketchup.press(message, "Change").modal();
    const refused = await ketchup
      .submit(modal, { labels: "cat", uploads: "everyone", "settle-at": "0.8" })
      .answer();
    expect(refused.id).toBe(message.id);
    const again = await ketchup.press(refused, "Correct").modal();
    expect(again.components).toHaveLength(5);
    ketchup.submit(again, { labels: "cat\ndog" });
    expect(await collected.next("edit-project")).toMatchObject({
      project,
      messageId: message.id,
      form: { ...FORM, labels: ["cat", "dog"], uploads: "everyone", settleAt: 0.8 },
    });
  });
});

describe("/project close", () => {
  it("asks first, and closes or exports the project that its message is about", async () => {
    const ketchup = bot.discord.user("ketchup");
    const asked = ketchup.command("project close");
    const offer = await collected.next("offer-closing");
    const buttons = (["export-project", "close-project"] as const).map((kind) => ({
      label: kind,
      id: { kind, project },
    }));
    await answer(offer, { content: "Close it?", components: [rowOf(buttons)] });
    const message = await asked.answer();
    expect(isPrivate(message)).toBe(true);
    ketchup.press(message, "export-project");
    expect(await collected.next("export")).toMatchObject({ project, format: "labels" });
    const closing = await ketchup.press(message, "close-project").answer();
    expect(closing).toMatchObject({ id: message.id, content: "Closing the project…", components: [] });
    expect(await collected.next("close-project")).toMatchObject({ project });
  });
});

describe("/project", () => {
  it("says what the project is to everyone, privately", async () => {
    bot.discord.user("relish").command("project info");
    expect((await collected.next("project-info")).interaction.rights?.manage).toBe(false);
    const thinking = await bot.discord.user("relish").waitForMessage(() => true);
    expect(isPrivate(thinking)).toBe(true);
  });

  it.each(["create", "edit", "close"])(
    "is refused to members who cannot manage the server: %s",
    async (name) => {
      for (const [locale, says] of [
        ["en-US", NOT_ALLOWED],
        ["fr", "Seuls les membres qui peuvent gérer le serveur"],
      ] as const) {
        // Mustard can manage messages.
        const refused = await bot.discord.user("mustard").command(`project ${name}`, {}, { locale }).answer();
        expect(refused.content).toContain(says);
        expect(isPrivate(refused)).toBe(true);
      }
      expect(collected.jobs).toEqual([]);
    },
  );

  it("is not offered in direct messages, where it could belong to no channel", () => {
    const ketchup = bot.discord.user("ketchup");
    expect(() => ketchup.command("project info", {}, { dm: true })).toThrow("may not use");
  });
});

describe("the right to manage the server", () => {
  const person = { locale: "en-US", memberPermissions: new PermissionsBitField(0n) };
  const settings = { admins: { owners: new Set<string>(), homeGuild: () => undefined } };
  it("is checked again when a form is submitted, because people can lose it", () => {
    for (const of of [null, project]) {
      const customId = encodeCustomId({ kind: "project-form", project: of });
      const interaction = { ...person, customId } as unknown as ModalSubmitInteraction;
      expect(submitModal(interaction, settings)).toEqual({ refusal: en.project.notAllowed });
    }
  });

  it("is checked at each button", () => {
    for (const kind of ["edit-project", "correct-project", "close-project", "export-project"] as const) {
      const customId = encodeCustomId({ kind, project });
      const interaction = { ...person, customId } as unknown as ButtonInteraction;
      expect(pressButton(interaction, settings)).toEqual({ refusal: en.project.notAllowed });
    }
  });
});
