import { describe, expect, it } from "vitest";
import { decodeCustomId, encodeCustomId, withoutPerson, type CustomId } from "../../src/jobs/custom-id.ts";

const press: CustomId = {
  kind: "press",
  round: "1573801018263601152",
  position: 2,
  label: 1,
  image: `${"a".repeat(64)}.webp`,
};

describe("a custom id", () => {
  it("carries all of a press and stays within Discord's 100 characters", () => {
    const text = encodeCustomId(press);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(decodeCustomId(text)).toEqual(press);
  });

  it("carries the id of the upload answer that lists the image, or none, as in older versions", () => {
    const remove: CustomId = { kind: "remove", image: press.image, uploadAnswer: "1573801018263601152" };
    const text = encodeCustomId(remove);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(decodeCustomId(text)).toEqual(remove);
    expect(decodeCustomId(`remove:${press.image}`)).toEqual({ kind: "remove", image: press.image });
  });

  it("refuses to become longer than that", () => {
    expect(() => encodeCustomId({ ...press, image: "a".repeat(80) })).toThrow(RangeError);
  });

  it("carries the only person who may press it, and hides them from logs", () => {
    const text = encodeCustomId({ kind: "forget", user: "1573801018263601152" });
    expect(decodeCustomId(text)).toEqual({ kind: "forget", user: "1573801018263601152" });
    expect(withoutPerson(text)).toBe("forget");
    expect(withoutPerson(encodeCustomId(press))).toBe(encodeCustomId(press));
  });

  it.each([
    "",
    "forget:",
    "forget:me",
    "forget:1:2",
    "press",
    "press:1:2:1",
    `press:x:2:1:${press.image}`,
    `press:1:0:1:${press.image}`,
    `press:1:2:2:${press.image}`,
    `press:1:2:1:../${press.image}`,
    `press:1:2:1:${press.image}:more`,
    `remove:1:2:1:${press.image}`,
    "=cmd|' /C calc'!A0",
  ])("%j cannot be decoded", (text) => {
    expect(decodeCustomId(text)).toBeUndefined();
  });
});
