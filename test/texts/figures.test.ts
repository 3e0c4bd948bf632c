import { describe, expect, it } from "vitest";
import { figuresIn } from "../../src/texts/figures.ts";

describe("figures", () => {
  it("follow the conventions of the language", () => {
    const [english, french] = [figuresIn("en-US"), figuresIn("fr-FR")];
    expect(english.number(20_000)).toBe("20,000");
    expect(french.number(20_000)).toBe("20\u202f000");
    expect(french.ratio(0.625)).toBe("0,63");
    expect(english.day(new Date("2026-11-22T23:59:59Z"))).toBe("Nov 22");
    expect(french.day(new Date("2026-11-22T00:00:00Z"))).toBe("22 nov.");
  });

  it("give a noun the form that its number takes, in languages with two forms and more", () => {
    const image = { one: "image", other: "images" };
    const [english, french, polish] = [figuresIn("en-US"), figuresIn("fr-FR"), figuresIn("pl-PL")];
    expect([0, 1, 2].map((count) => english.counted(count, image))).toEqual([
      "0 images",
      "1 image",
      "2 images",
    ]);
    expect([0, 1, 2].map((count) => french.counted(count, image))).toEqual([
      "0 image",
      "1 image",
      "2 images",
    ]);
    expect(french.counted(1_000_000, image)).toMatch(/ images$/);
    const obraz = { one: "obraz", few: "obrazy", many: "obrazów", other: "obrazu" };
    expect([1, 2, 5, 22, 1.5].map((count) => polish.counted(count, obraz))).toEqual([
      "1 obraz",
      "2 obrazy",
      "5 obrazów",
      "22 obrazy",
      "1,5 obrazu",
    ]);
  });

  it("never round a small share to 0%, or a large one to 100%", () => {
    const { share } = figuresIn("en-US");
    expect([share(0, 7), share(1, 1_000), share(1, 3), share(999, 1_000), share(7, 7)]).toEqual([
      "0%",
      "<1%",
      "33%",
      ">99%",
      "100%",
    ]);
    expect(share(0, 0)).toBe("0%");
  });

  it("have no negative zero", () => {
    expect(figuresIn("en-US").ratio(-0.001)).toBe("0.00");
  });
});
