import { describe, expect, it } from "vitest";
import { decodeCustomId, encodeCustomId, loggedCustomId, type CustomId } from "../../src/jobs/custom-id.ts";

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

  it("carries the answer to an upload that lists the image to be removed, or none, as older ones do", () => {
    const remove: CustomId = { kind: "remove", image: press.image, uploadAnswer: "1573801018263601152" };
    const text = encodeCustomId(remove);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(decodeCustomId(text)).toEqual(remove);
    expect(decodeCustomId(`remove:${press.image}`)).toEqual({ kind: "remove", image: press.image });
  });

  it("refuses to become longer than that", () => {
    expect(() => encodeCustomId({ ...press, image: "a".repeat(80) })).toThrow(RangeError);
  });

  it("carries the one person who may press it, whom no log is told of", () => {
    const text = encodeCustomId({ kind: "forget", user: "1573801018263601152" });
    expect(decodeCustomId(text)).toEqual({ kind: "forget", user: "1573801018263601152" });
    expect(loggedCustomId(text)).toBe("forget");
    expect(loggedCustomId(encodeCustomId(press))).toBe(encodeCustomId(press));
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
  ])("that is %j is nobody's", (text) => {
    expect(decodeCustomId(text)).toBeUndefined();
  });
});
