import type { APIApplicationCommandOption } from "discord.js";
import { ApplicationCommandOptionType as Type, MessageType, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, joinReplyingBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

const text = (name: string, more: object = {}) =>
  ({ type: Type.String, name, description: "A text", ...more }) as APIApplicationCommandOption;
const nest = (type: number, name: string, options: object[] = []) =>
  ({ type, name, description: `About ${name}`, options }) as APIApplicationCommandOption;
const command = (...options: object[]) => ({ name: "project", description: "Projects", options });
const project = command(
  nest(Type.Subcommand, "list"),
  nest(Type.Subcommand, "create", [
    text("question", { required: true }),
    { type: Type.Role, name: "role", description: "Who labels" },
    { type: Type.Mentionable, name: "who", description: "Who sees it" },
  ]),
  nest(Type.SubcommandGroup, "member", [nest(Type.Subcommand, "add", [text("name")])]),
);

describe("a command with subcommands", () => {
  it("is invoked by its full name, and its answer has that name", async () => {
    const discord = await openLocalDiscord();
    const received = await joinReplyingBot(discord, "done", [project as never]);
    const relish = discord.user("relish");
    const { id } = await discord.waitForCommand("project");

    const answer = await relish.command("project create", { question: "Is it?" }).answer();
    expect(answer.interaction).toMatchObject({ name: "project create" });
    expect(answer.type).toBe(MessageType.ChatInputCommand);
    await relish.command("project member add", { name: "Ann" }).answer();
    await relish.command("project list").answer();
    expect(received.map(({ commandId, commandName }) => [commandId, commandName])).toEqual(
      received.map(() => [id, "project"]),
    );
    const [created, added] = received.map(({ options }) => options);
    expect([created?.getSubcommand(), created?.getString("question")]).toEqual(["create", "Is it?"]);
    expect([added?.getSubcommandGroup(), added?.getSubcommand(), added?.getString("name")]).toEqual([
      "member",
      "add",
      "Ann",
    ]);
    const sent = discord.traffic().filter(({ title }) => title === "INTERACTION_CREATE");
    expect(sent[0]?.response).toMatchObject({
      d: {
        data: {
          name: "project",
          options: [{ name: "create", type: 1, options: [{ name: "question", type: 3, value: "Is it?" }] }],
        },
      },
    });
    expect(sent[2]?.response).toMatchObject({ d: { data: { options: [{ name: "list", options: [] }] } } });

    expect(() => relish.command("project")).toThrow(
      "/project needs a subcommand: /project list, /project create, /project member add.",
    );
    expect(() => relish.command("project member")).toThrow("/project member needs a subcommand");
    expect(() => relish.command("project delete")).toThrow(
      "There is no command /project delete. Registered: /project list,",
    );
    expect(() => relish.command("project create")).toThrow('/project create needs its option "question".');
  });

  it("takes roles, and roles or people, by their ids", async () => {
    const discord = await openLocalDiscord();
    const received = await joinReplyingBot(discord, "done", [project as never]);
    const relish = discord.user("relish");
    const moderator = discord.guilds[0]?.roles[1]?.id ?? "";
    const create = (values: object) => relish.command("project create", { question: "?", ...values });
    await create({ role: moderator, who: discord.guildId }).answer();
    await create({ who: discord.user("mustard").id }).answer();
    const [first, second] = received.map(({ options }) => options);
    expect(first?.getRole("role")).toMatchObject({ id: moderator, name: "moderator" });
    expect(first?.getMentionable("who")).toMatchObject({ name: "@everyone" });
    expect(second?.getMentionable("who")).toHaveProperty("roles");
    expect(() => create({ role: "1" })).toThrow("There is no role 1 here.");
    expect(() => create({ who: "1" })).toThrow("There is no user 1.");
  });

  it("is hidden as a whole from people without its permissions, and reaches pages", async () => {
    const discord = await openLocalDiscord();
    const page = openPage(discord, "relish");
    await page.next("READY");
    await joinBot(discord, undefined, [{ ...project, default_member_permissions: "8192" } as never]);
    const { d } = await page.next("COMMANDS_UPDATE");
    expect(d[discord.channelId]).toEqual([]);
    const relish = discord.user("relish");
    expect(() => relish.command("project list")).toThrow("relish may not use /project list here.");
    discord.user("mustard").command("project list");
  });
});

describe("a command is refused with 50035", () => {
  const long = (length: number) => "d".repeat(length);
  const many = Array.from({ length: 25 }, (_, index) => text(`o${index}`, { description: long(100) }));
  const type = (path: string) => `${path}[APPLICATION_COMMAND_OPTIONS_TYPE_INVALID]`;
  const group = (...options: object[]) => nest(Type.SubcommandGroup, "group", options);
  const sub = (...options: object[]) => nest(Type.Subcommand, "sub", options);
  const choice = { name: "a", value: "a" };
  const four = (options: object[]) =>
    ["a", "b", "c", "d"].map((name) => nest(Type.Subcommand, name, options));

  const cases: [string, object[], string][] = [
    ["beside options", [text("a"), sub()], type("options[1]")],
    ["that contains a group", [sub(group())], "options[0].options[0].type[BASE_TYPE_CHOICES]"],
    ["in a group in a group", [group(group())], "options[0].options[0].type[BASE_TYPE_CHOICES]"],
    ["with plain options in a group", [group(text("a"))], "options[0].options[0].type[BASE_TYPE_CHOICES]"],
    [
      "with a required option after others",
      [group(sub(text("a"), text("b", { required: true })))],
      "options[0].options[0].options[1][APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID]",
    ],
    ["with 26 options", [sub(...many, text("z"))], "options[0].options[BASE_TYPE_MAX_LENGTH]"],
    ["twice", [sub(), sub()], "options[1].name[APPLICATION_COMMAND_OPTION_NAME_ALREADY_EXISTS]"],
    [
      "named in capitals",
      [nest(Type.Subcommand, "Sub")],
      "options[0].name[APPLICATION_COMMAND_INVALID_NAME]",
    ],
    [
      "named in capitals in French",
      [{ ...sub(), name_localizations: { fr: "Sous" } }],
      "options[0].name_localizations.fr[APPLICATION_COMMAND_INVALID_NAME]",
    ],
    [
      "in a language that Discord lacks",
      [{ ...sub(), description_localizations: { tlh: "ra'" } }],
      "options[0].description_localizations.tlh[BASE_TYPE_CHOICES]",
    ],
    [
      "of an unknown type",
      [{ ...text("a"), type: 12 }],
      'options[0].type[BASE_TYPE_CHOICES]: Value of field "type" must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).',
    ],
    [
      "with both choices and autocompletion",
      [text("a", { autocomplete: true, choices: [choice] })],
      "options[0][APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID]",
    ],
    [
      "with a file type that is neither group nor extension",
      [{ type: Type.Attachment, name: "a", description: "A file", file_types: ["png"] }],
      "options[0].file_types[0][BASE_TYPE_CHOICES]",
    ],
    [
      "of more than 8,000 characters",
      four(many),
      "[APPLICATION_COMMAND_TOO_LARGE]: Command exceeds maximum size (8000)",
    ],
  ];

  it("for a subcommand or option that breaks a rule", async () => {
    const discord = await openLocalDiscord({ rateLimits: false });
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const route = Routes.applicationCommands(discord.applicationId);
    for (const [, options, message] of cases) {
      await expect(rest.post(route, { body: command(...options) })).rejects.toMatchObject({
        code: 50035,
        message: expect.stringContaining(message) as string,
      });
    }
    // The longest translation counts.
    const translated = four(
      many.map((option) =>
        Object.assign({}, option, { description: "d", description_localizations: { fr: long(100) } }),
      ),
    );
    await expect(rest.put(route, { body: [command(...translated)] })).rejects.toMatchObject({
      message: expect.stringContaining("0[APPLICATION_COMMAND_TOO_LARGE]") as string,
    });
    await rest.post(route, { body: command(...translated.slice(1)) });
  });

  it("for fields that its type does not have, and 30032 for one too many", async () => {
    const discord = await openLocalDiscord({ rateLimits: false });
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const route = Routes.applicationCommands(discord.applicationId);
    const refused = (body: object, message: string) =>
      expect(rest.post(route, { body })).rejects.toMatchObject({
        code: 50035,
        message: expect.stringContaining(message) as string,
      });
    await refused({ name: "ping" }, "description[BASE_TYPE_REQUIRED]");
    await refused({ name: "ping", description: "" }, "description[BASE_TYPE_BAD_LENGTH]");
    await refused(
      { type: 2, name: "Greet", options: [text("a")] },
      "options[APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID]: Context menu commands cannot have options",
    );
    await refused(
      { type: 3, name: "Pin", description: "Pins" },
      "description[APPLICATION_COMMAND_CONTEXT_MENU",
    );
    await refused({ name: "ping", description: "Pongs", nsfw: "yes" }, "nsfw[BOOLEAN_TYPE_CONVERT]");

    const greetings = Array.from({ length: 16 }, (_, index) => ({ type: 2, name: `Greet ${index}` }));
    const full = { code: 30032, message: "Maximum number of application commands reached (15)" };
    await expect(rest.put(route, { body: greetings })).rejects.toMatchObject(full);
    await rest.put(route, { body: greetings.slice(1) });
    await expect(rest.post(route, { body: greetings[0] })).rejects.toMatchObject(full);
    await rest.post(route, { body: greetings[1] });
    await rest.post(route, { body: { type: 3, name: "Greet 0" } });
    const slash = Array.from({ length: 131 }, (_, index) => ({
      name: `c${index}`,
      description: "A command",
    }));
    await expect(rest.put(route, { body: slash })).rejects.toMatchObject({
      message: expect.stringContaining("Must be 130 or fewer in length.") as string,
    });
    await expect(rest.put(route, { body: slash.slice(30) })).rejects.toMatchObject({ code: 30032 });
  });
});
