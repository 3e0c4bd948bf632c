import { describe, expect, it } from "vitest";
import { decodeDefinition, encodeDefinition, type ProjectDefinition } from "../../src/project/definition.ts";
import { newProject } from "./definitions.ts";

const KEY = "projects/1/project.json";
const DEFINITION: ProjectDefinition = {
  version: 1,
  ...newProject("5"),
  createdAt: "2026-11-29T12:00:00.000Z",
};

describe("the definition of a project", () => {
  it("is read as it was written", () => {
    expect(decodeDefinition(encodeDefinition(DEFINITION), KEY)).toEqual(DEFINITION);
  });

  it("leaves out the default of when an image is settled, which older versions do not know", () => {
    expect(JSON.parse(encodeDefinition(DEFINITION).toString())).not.toHaveProperty("settleAt");
    const surer = { ...DEFINITION, settleAt: 0.99 as const };
    expect(decodeDefinition(encodeDefinition(surer), KEY)).toEqual(surer);
  });

  it.each<[string, Partial<ProjectDefinition>]>([
    ["a question of 101 characters", { question: "x".repeat(101) }],
    ["no question", { question: "" }],
    ["a question of two lines", { question: "one\ntwo" }],
    ["one label", { labels: ["Cat"] }],
    ["eleven labels", { labels: Array.from({ length: 11 }, (_, index) => `Label ${index}`) }],
    ["a label of 41 characters", { labels: ["x".repeat(41), "Dog"] }],
    ["a label with a space at its end", { labels: ["Cat ", "Dog"] }],
    ["two equal labels", { labels: ["Cat", "Cat"] }],
  ])("cannot have %s", (_, changes) => {
    expect(() => encodeDefinition({ ...DEFINITION, ...changes })).toThrow("");
    const stored = Buffer.from(JSON.stringify({ ...DEFINITION, ...changes }));
    expect(() => decodeDefinition(stored, KEY)).toThrow(`${KEY} cannot be used`);
  });

  it("takes a question and labels of the greatest length", () => {
    const labels = Array.from({ length: 10 }, (_, index) => String(index).repeat(40));
    const largest = { ...DEFINITION, question: "x".repeat(100), labels };
    expect(decodeDefinition(encodeDefinition(largest), KEY)).toEqual(largest);
  });

  it.each([
    ["not JSON", "{", "JSON"],
    ["a field that is missing", JSON.stringify({ ...DEFINITION, labels: undefined }), "labels"],
    ["a field that is unknown", JSON.stringify({ ...DEFINITION, gold: true }), "gold"],
    ["a newer version", JSON.stringify({ ...DEFINITION, version: 2 }), "upgrade this process"],
  ])("is refused with the reason for %s", (_, text, reason) => {
    expect(() => decodeDefinition(Buffer.from(text), KEY)).toThrow(
      new RegExp(`${KEY} cannot be used, so restore or correct it: [^]*${reason}`),
    );
  });
});
