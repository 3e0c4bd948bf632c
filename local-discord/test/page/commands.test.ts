import type { APIApplicationCommand } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { optionType } from "../../page/discord.ts";
import { type Autocompletion, questionAt } from "../../page/commands/autocompletion.ts";
import { explainProblem } from "../../page/commands/explain-problem.ts";
import { invocablesOf } from "../../page/commands/invocables.ts";
import { localUsedTitle } from "../../page/commands/localize.ts";
import { commandStart } from "../../page/commands/suggest-commands.ts";
import { suggest } from "../../page/commands/suggest.ts";
import { segments } from "../../page/composer/segments.ts";
import { submissionOf } from "../../page/composer/submit.ts";
import { readCommandLine } from "../../page/commands/command-line.ts";
import { ketchup, relish } from "./messages.ts";

const { string, integer, boolean, user, role, mentionable, attachment } = optionType;
const { subcommand, subcommandGroup } = optionType;
const command = (name: string, options: object[] = [], more: object = {}) =>
  ({ id: name, type: 1, name, description: `About ${name}`, options, ...more }) as APIApplicationCommand;
const option = (type: number, name: string, more: object = {}) => ({
  type,
  name,
  description: `The ${name}`,
  ...more,
});

const formats = [
  { name: "One table", value: "table" },
  { name: "One file each", value: "files" },
];

const commands = [
  command("stats", [option(string, "numbers", { required: true, name_localizations: { fr: "nombres" } })], {
    name_localizations: { fr: "statistiques" },
    description_localizations: { fr: "Des chiffres" },
  }),
  command("ping"),
  command("remind", [
    option(user, "who", { required: true }),
    option(string, "what", { required: true }),
    option(integer, "minutes", { min_value: 1 }),
    option(string, "color", {
      choices: [
        { name: "Red", value: "r" },
        { name: "Green", value: "g" },
      ],
    }),
    option(boolean, "secret"),
  ]),
  command("upload", [option(attachment, "image", { required: true })]),
  command("export", [option(string, "format", { required: true, choices: formats })]),
  command("play", [option(string, "order", { choices: formats })]),
];
const projects = [
  command(
    "project",
    [
      option(subcommand, "list"),
      option(subcommand, "create", {
        name_localizations: { fr: "créer" },
        options: [
          option(string, "question", { required: true }),
          option(role, "role"),
          option(mentionable, "who"),
        ],
      }),
      option(subcommandGroup, "member", { options: [option(subcommand, "add")] }),
    ],
    { name_localizations: { fr: "projet" } },
  ),
];
const english = {
  language: "en-US",
  users: [ketchup, relish],
  roles: [
    { id: "8", name: "@everyone" },
    { id: "9", name: "moderator" },
  ],
  channels: [{ id: "7", name: "general", type: 0 }],
} as const;
const french = { ...english, language: "fr" } as const;

const enter = (text: string, directory: typeof english | typeof french = english) =>
  submissionOf(text, commands, directory);
const sent = (options: object[]) => ({ kind: "command", options });
function complaint(text: string): string {
  const submission = enter(text);
  return submission.kind === "problem" ? explainProblem(submission.problem, "en-US") : submission.kind;
}
const suggested = (text: string, directory: typeof english | typeof french = english) =>
  suggest(text, text.length, commands, directory)?.items.map(({ label }) => label) ?? [];
/** Types a line, accepts the first suggestion of each list that opens, and returns the line. */
function acceptAll(text: string): string {
  const list = suggest(text, text.length, commands, english);
  const [item] = list?.items ?? [];
  return list && item ? acceptAll(text.slice(0, list.from) + item.insert) : text;
}

describe("the title above an answer", () => {
  it("has the names of the command in the reader's language", () => {
    const add = { type: 3, name: "Add", name_localizations: { fr: "Ajouter" } } as APIApplicationCommand;
    const all = [...commands, ...projects, add];
    const titles = ["/stats", "/project create", "/ping", "Add", "/Add", "/gone"];
    expect(titles.map((title) => localUsedTitle(title, all, "fr"))).toEqual([
      "/statistiques",
      "/projet créer",
      "/ping",
      "Ajouter",
      "/Add",
      "/gone",
    ]);
    expect(titles.map((title) => localUsedTitle(title, all, "en-US"))).toEqual(titles);
  });
});

describe("a line typed without the list", () => {
  it("gives the one required option the rest of the line", () => {
    const numbers = { name: "numbers", type: string, value: "3 5 8" };
    expect(enter("/stats 3 5 8")).toMatchObject(sent([numbers]));
    expect(enter("/stats numbers:3 5 8")).toMatchObject(sent([numbers]));
    expect(enter("/statistiques nombres: 3 5 8", french)).toMatchObject(sent([numbers]));
  });

  it("accepts name:value in any order, and sends the order of the command", () => {
    const line = "/remind what:wash up: the dishes minutes:5 who:@relish secret:true color:green";
    expect(enter(line)).toMatchObject(
      sent([
        { name: "who", value: relish.id },
        { name: "what", value: "wash up: the dishes" },
        { name: "minutes", value: 5 },
        { name: "color", value: "g" },
        { name: "secret", value: true },
      ]),
    );
  });

  it("gives the text before the names to the only missing required option", () => {
    expect(enter("/remind buy milk who:relish")).toMatchObject(
      sent([{ name: "who" }, { name: "what", value: "buy milk" }]),
    );
  });

  it("sends mentions typed by name as Discord does, and does not change other @", () => {
    const content = `hi <@${relish.id}>. me@relish.org @nobody`;
    expect(enter("hi @Relish. me@relish.org @nobody")).toMatchObject({ kind: "message", content });
    expect(suggested("hi @re")).toEqual(["relish"]);
    expect(suggested("me@re")).toEqual([]);
  });

  it("accepts commands without options", () => {
    expect(enter("/ping")).toMatchObject(sent([]));
  });

  it("says which option is missing or invalid, and sends nothing", () => {
    expect(complaint("/stats")).toContain("“numbers” is required");
    expect(complaint("/remind what:x")).toContain("“who” is required");
    expect(complaint("/remind who:nobody what:x")).toContain("“who” takes a user");
    expect(complaint("/remind who:relish what:x minutes:soon")).toContain("“minutes” takes a whole number");
    expect(complaint("/remind who:relish what:x minutes:0")).toContain("at least 1");
    expect(complaint("/remind who:relish what:x color:blue")).toContain("one of its listed values");
    expect(complaint("/remind hello")).toContain("To which option");
    expect(complaint("/ping now")).toContain("To which option");
    expect(complaint("/upload x")).toContain("takes a file");
  });

  it("is a message if it is not a command", () => {
    expect(enter("/nope 1")).toEqual({ kind: "unknownCommand", name: "nope" });
    expect(enter("hello")).toEqual({ kind: "message", content: "hello", files: [] });
    expect(enter("/usr/bin/node")).toMatchObject({ kind: "message", content: "/usr/bin/node" });
    expect(enter(" \n ")).toEqual({ kind: "nothing" });
  });
});

describe("a command that was picked by its path", () => {
  const create = option(subcommand, "create", {
    name_localizations: { fr: "créer" },
    options: [option(string, "title", { required: true }), option(string, "color", { required: true })],
  });
  const project = command("project", [create, option(subcommandGroup, "access", { options: [create] })]);

  it("starts with the names of its subcommand, and its first required option", () => {
    const [own, inGroup] = invocablesOf(project);
    expect(own && commandStart(own, english)).toBe("/project create title:");
    expect(inGroup && commandStart(inGroup, french)).toBe("/project access créer title:");
  });
});

describe("the list", () => {
  it("has the commands whose default or localized name starts with the word", () => {
    expect(suggested("/")).toEqual(["/stats", "/ping", "/remind", "/upload", "/export", "/play"]);
    expect(suggested("/ST")).toEqual(["/stats"]);
    expect(suggested("/stat", french)).toEqual(["/statistiques"]);
    expect(suggested("hello /")).toEqual([]);
  });

  it("does not take Enter if a command is typed in full", () => {
    expect(suggest("/pin", 4, commands, english)?.enterAccepts).toBe(true);
    expect(suggest("/ping", 5, commands, english)?.enterAccepts).toBe(false);
  });

  it("has the options without a value, and none for a command with a single option", () => {
    expect(suggested("/remind who:@relish ")).toEqual(["what", "minutes", "color", "secret"]);
    expect(suggested("/remind who:@relish what:x mi")).toEqual(["minutes"]);
    expect(suggested("/stats 3 5 ")).toEqual([]);
  });

  it("opens by itself for a required option with choices, and for an optional one after it was picked", () => {
    expect(acceptAll("/exp")).toBe("/export format:One table ");
    expect(suggested("/export ")).toEqual(["One table", "One file each"]);
    expect(enter("/export One file each")).toMatchObject(sent([{ name: "format", value: "files" }]));
    expect(suggested("/play ")).toEqual(["order"]);
    expect(acceptAll("/play ")).toBe("/play order:One table ");
    expect(enter("/play ")).toMatchObject(sent([]));
    expect(suggest("/play ", 6, commands, english)?.enterAccepts).toBe(false);
    expect(suggest("/play order:", 12, commands, english)?.enterAccepts).toBe(true);
    expect(acceptAll("/sta")).toBe("/stats ");
  });

  it("has the values of an option with choices", () => {
    expect(suggested("/remind color:")).toEqual(["Red", "Green"]);
    expect(suggested("/remind color:g")).toEqual(["Green"]);
    expect(suggested("/remind who:")).toEqual(["@ketchup", "@relish"]);
    expect(suggested("/remind secret:", french)).toEqual(["vrai", "faux"]);
  });
});

describe("an option with autocompletion", () => {
  const find = [
    command("find", [
      option(string, "what", { autocomplete: true }),
      option(integer, "count", { autocomplete: true }),
      option(attachment, "image"),
    ]),
  ];
  const choices = [{ name: "Two", name_localizations: { fr: "Deux" }, value: 2 }];
  const suggested = new Map([["find/find/count", choices]]);
  const at = (text: string, autocompletion: Autocompletion | null) =>
    suggest(text, text.length, find, english, autocompletion);

  it("is asked about with its text, and with the values of the others that are valid", () => {
    const ask = (text: string) => {
      const line = readCommandLine(text, find, "en-US");
      return line && questionAt(text, text.length, line, { ...english, suggested })?.options;
    };
    const focused = { name: "what", type: string, value: "ca t", focused: true };
    expect(ask("/find count:Two what:ca t")).toEqual([focused, { name: "count", type: integer, value: 2 }]);
    expect(ask("/find count:soon what:ca t")).toEqual([focused]);
    expect(ask("/find what:ca count:")).toMatchObject([{ value: "ca" }, { value: "", focused: true }]);
    expect(ask("/find ")).toBeUndefined();
  });

  it("lists what the bot suggests, and says that it is loading, failed, or suggests nothing", () => {
    const done = at("/find count:t", { status: "done", choices });
    expect(done).toMatchObject({ of: "count", items: [{ label: "Two" }], enterAccepts: true });
    expect(done).not.toHaveProperty("status");
    expect(at("/find count:Two", { status: "done", choices })?.enterAccepts).toBe(false);
    expect(at("/find count:t", { status: "loading", choices })).toMatchObject({
      items: [{ label: "Two" }],
      status: "loading",
      enterAccepts: false,
    });
    expect(at("/find count:t", { status: "done", choices: [] })?.status).toBe("none");
    expect(at("/find count:t", { status: "failed", choices: [] })?.status).toBe("failed");
    expect(at("/find ", null)?.items.map(({ label }) => label)).toEqual(["what", "count"]);
  });

  it("takes the name of a choice in the person's language, or another valid value", () => {
    const enter = (text: string, language: "en-US" | "fr") =>
      submissionOf(text, find, { ...english, language, suggested });
    const count = (value: number) => sent([{ name: "count", type: integer, value }]);
    expect(enter("/find count:Two", "en-US")).toMatchObject(count(2));
    expect(enter("/find count:Deux", "fr")).toMatchObject(count(2));
    expect(enter("/find count:5", "en-US")).toMatchObject(count(5));
    expect(enter("/find count:Deux", "en-US")).toMatchObject({ kind: "problem" });
  });
});

describe("a command with subcommands", () => {
  const labels = (text: string, directory: typeof english | typeof french = english) =>
    suggest(text, text.length, projects, directory)?.items.map(({ label }) => label) ?? [];
  const submitted = (text: string, directory: typeof english | typeof french = english) =>
    submissionOf(text, projects, directory);
  const create = (options: object[]) => ({
    kind: "command",
    invocable: { name: "project create", command: { id: "project" } },
    options,
  });

  it("is suggested as its subcommands, each with its own description", () => {
    expect(labels("/pro")).toEqual(["/project list", "/project create", "/project member add"]);
    expect(labels("/project m")).toEqual(["/project member add"]);
    expect(labels("/projet", french)).toEqual(["/projet list", "/projet créer", "/projet member add"]);
    const [, second] = suggest("/project", 8, projects, english)?.items ?? [];
    expect(second).toMatchObject({ description: "The create", insert: "/project create " });
    expect(suggest("/project", 8, projects, english)?.enterAccepts).toBe(true);
    expect(suggest("/project list", 13, projects, english)?.enterAccepts).toBe(false);
  });

  it("takes the options of the subcommand, in the line and in the list", () => {
    const question = { name: "question", type: string, value: "Is it?" };
    expect(submitted("/project create question:Is it?")).toMatchObject(create([question]));
    expect(submitted("/projet créer Is it?", french)).toMatchObject(create([question]));
    expect(labels("/project create question:x ")).toEqual(["role", "who"]);
    expect(labels("/project create question:x role:")).toEqual(["@everyone", "@moderator"]);
    expect(labels("/project create question:x who:")).toEqual([
      "@ketchup",
      "@relish",
      "@everyone",
      "@moderator",
    ]);
    expect(submitted("/project create question:x role:@moderator who:@relish")).toMatchObject(
      create([{ name: "question" }, { name: "role", value: "9" }, { name: "who", value: relish.id }]),
    );
    expect(submitted("/project member add")).toMatchObject({
      kind: "command",
      invocable: { name: "project member add" },
    });
  });

  it("is no command by itself", () => {
    expect(submitted("/project")).toEqual({ kind: "unknownCommand", name: "project" });
    expect(submitted("/project delete")).toEqual({ kind: "unknownCommand", name: "project delete" });
  });
});

describe("the pills", () => {
  it.each([
    "/stats 3 5 8",
    "/stats",
    "/remind  what: a b who:@relish ",
    "/project create question:x",
    "/nope 1",
    "plain",
  ])("of %j are its text", (text) => {
    const parts = segments(text, readCommandLine(text, [...commands, ...projects], "en-US"));
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });
});
