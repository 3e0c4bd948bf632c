import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { SECRETS } from "../../src/process/environment.ts";
import { awsVariables, settings } from "../../src/process/settings.ts";
import { configurationPage, defaultOf, SECTIONS } from "./configuration-page.ts";

const ALL = [...Object.keys(settings), ...Object.keys(awsVariables)];

describe("docs/configuration.md", () => {
  it("is what npm run docs:configuration generates from the settings", async () => {
    await expect(configurationPage()).toMatchFileSnapshot("../../docs/configuration.md");
  });

  it("has every setting once", () => {
    expect(SECTIONS.flatMap(({ variables }) => variables).toSorted()).toEqual(ALL.toSorted());
  });

  it("has the right default where a setting states it as text", () => {
    const stated = Object.entries(settings).flatMap(([name, schema]) => {
      const { default: words } = schema.meta() ?? {};
      const text = typeof words === "string" ? /^`([^`]+)`$/.exec(words)?.[1] : undefined;
      return text === undefined ? [] : [{ name: name as keyof typeof settings, schema, text }];
    });
    expect(stated.map(({ name }) => name)).toContain("STORE_URL");
    for (const { name, schema, text } of stated)
      expect([name, schema.parse(text)]).toEqual([name, defaultOf(name)]);
  });
});

describe(".env.example", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const values = parseEnv(example.replaceAll(/^#(?=[A-Z][A-Z0-9_]*=)/gm, ""));

  it("has every setting and the variables of Docker Compose, and nothing else", () => {
    const files = [...SECRETS].map((name) => `${name}_FILE`);
    expect(Object.keys(values).toSorted()).toEqual([...ALL, ...files, "WORKERS"].toSorted());
  });

  it("shows the defaults, and examples that are accepted", () => {
    const shown = Object.entries(settings).filter(([name]) => (values[name] ?? "") !== "");
    expect(shown.length).toBeGreaterThan(10);
    const accepted: unknown = expect.anything();
    for (const [name, schema] of shown) {
      const preset = defaultOf(name as keyof typeof settings) ?? accepted;
      expect([name, schema.parse(values[name])]).toEqual([name, preset]);
    }
  });
});
