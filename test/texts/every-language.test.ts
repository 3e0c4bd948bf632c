import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/texts/texts.ts";

/** Every text, with its key. A function, whose text depends on its arguments, is its source. */
function textsIn(value: unknown, key = ""): [key: string, text: string][] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value === "function") return [[key, String(value)]];
  return Object.entries(value ?? {}).flatMap(([name, part]) => textsIn(part, key ? `${key}.${name}` : name));
}

/** A command in a text, with the word after it, which can be a subcommand. Slashes in paths and fractions do not count. */
const COMMAND = /(?<![\p{L}\d/:.<}])\/(?<name>[\p{L}\d_-]+)(?: (?<next>[\p{L}\d_-]+))?/gu;
/** An option with its value, as in `choose:needed`. */
const CHOICE = /(?<=`)(?<option>[\p{L}\d_-]+):(?<choice>[\p{L}\d_-]+)(?=\\?`)/gu;
/** An entry of a message's menu in italics, as in _Apps → Set gold answer_. */
const ENTRY = /(?<![\p{L}\d])_(?:[^_→`{}]+ → )?(?<entry>[^_→`{}]+)_(?![\p{L}\d])/gu;
const THREE_WORDS = /\p{L}+ \p{L}+ \p{L}+/u;

describe.each([...LANGUAGES])("the texts in the language %s", (locale, texts) => {
  const all = textsIn(texts);
  const find = (pattern: RegExp) =>
    all.flatMap(([key, text]) =>
      Array.from(text.matchAll(pattern), ({ groups = {} }): Record<string, string | undefined> => ({
        ...groups,
        key,
      })),
    );

  it("name commands, subcommands, choices and entries of menus as this language does", () => {
    const { create, info, edit, close, name: project } = texts.project.command;
    const parts = Object.values(texts).filter((part) => typeof part === "object");
    const commands = parts.flatMap((part) => ("command" in part ? [part.command.name] : []));
    const subcommands = [create, info, edit, close].map(({ name }) => name);
    const named = find(COMMAND);
    expect(named.length).toBeGreaterThan(20);
    for (const { key, name } of named)
      expect(commands, `/${name} in ${key} is no command of this language`).toContain(name);
    for (const { key, next } of named.filter(
      ({ name, next: part }) => name === project && part !== undefined,
    ))
      expect(subcommands, `/${project} ${next} in ${key} is no command of this language`).toContain(next);
    const { choose } = texts.hotdog.command;
    expect(find(CHOICE)).toMatchObject([{ option: choose.name, choice: choose.choices.needed }]);
    const { upload, remove, gold } = texts;
    expect(new Set(find(ENTRY).map(({ entry }) => entry))).toEqual(
      new Set([upload.messageCommand, remove.messageCommand, gold.messageCommand]),
    );
  });

  it("are translated: no text of three words is the same in another language", () => {
    const language = (code: string) => code.split("-")[0];
    const others = [...LANGUAGES].filter(([other]) => language(other) !== language(locale));
    const theirs = new Set(others.flatMap(([, other]) => textsIn(other)).map(([, text]) => text));
    const copied = all.filter(([, text]) => THREE_WORDS.test(text) && theirs.has(text));
    expect(
      copied.map(([key]) => key),
      `Translate these texts in ${locale}, or in the language they are copied to. If two languages do say the same, except it here.`,
    ).toEqual([]);
  });

  it("by which messages are recognized are as Discord sends them back", () => {
    const { notAccepted, failed, forgetMe, project, upload } = texts;
    const recognized = [notAccepted, failed("1"), forgetMe.removing, project.closing, upload.looking];
    for (const text of recognized) {
      expect(text).toBe(text.trim());
      expect(text).not.toBe("");
    }
  });
});
