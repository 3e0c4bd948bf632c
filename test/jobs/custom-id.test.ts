import { describe, expect, it } from "vitest";
import {
  customIdsIn,
  decodeCustomId,
  encodeCustomId,
  imagesOnButtons,
  withoutPerson,
  type CustomId,
} from "../../src/jobs/custom-id.ts";

const ROUND = "1573801018263601152";
const HASH = "6a16838c5a4d62a9b43d9b06ad3af12cdb886e58456dc5731019a9b3fb63409d";
const IMAGE = `${HASH}.webp`;
const PRESS = { kind: "press", round: ROUND, position: 2, label: 1, image: IMAGE, project: null } as const;
const REMOVE = { kind: "remove", image: IMAGE, project: null } as const;

type Component = Parameters<typeof customIdsIn>[0][number];

/** Discord's ids have at most 19 digits until the year 2090. */
const LAST = "9".repeat(19);
const LARGEST = { round: LAST, position: 9, image: `${"f".repeat(64)}.webp`, project: LAST } as const;
const SHOWN = { session: LAST, image: LARGEST.image, project: LAST, skips: 1_295 } as const;
const LONGEST: { [Kind in CustomId["kind"]]: Extract<CustomId, { kind: Kind }> } = {
  press: { kind: "press", ...LARGEST, label: "unsure" },
  select: { kind: "select", ...LARGEST },
  "label-alone": { kind: "label-alone", project: LAST },
  pick: { kind: "pick", ...SHOWN, label: "unsure" },
  choose: { kind: "choose", ...SHOWN },
  skip: { kind: "skip", ...SHOWN },
  "label-back": { kind: "label-back", session: LAST, project: LAST, skips: 1_295, before: LAST },
  "label-done": { kind: "label-done", session: LAST, project: LAST },
  progress: { kind: "progress", project: LAST },
  remove: { kind: "remove", image: LARGEST.image, project: LAST, uploadAnswer: LAST },
  forget: { kind: "forget", user: LAST },
  "edit-project": { kind: "edit-project", project: LAST },
  "correct-project": { kind: "correct-project", project: LAST },
  "close-project": { kind: "close-project", project: LAST },
  "export-project": { kind: "export-project", project: LAST },
  "project-form": { kind: "project-form", project: LAST },
  gold: { kind: "gold", image: LARGEST.image, project: LAST },
  labelers: { kind: "labelers", project: LAST, page: 1_295 },
  exclude: { kind: "exclude", project: LAST, page: 1_295 },
  exclusion: { kind: "exclusion", project: LAST, labeler: HASH, excluded: true, page: 1_295 },
};
const LENGTHS = Object.values(LONGEST).map((id) => ({ id, length: encodeCustomId(id).length }));

describe("a custom id", () => {
  it.each(LENGTHS)("of the kind $id.kind has at most $length characters, of 80", ({ id, length }) => {
    expect(length).toBeLessThanOrEqual(80);
    expect(decodeCustomId(encodeCustomId(id))).toEqual(id);
  });

  it("has the same text in all versions to come", () => {
    const hash = "ahaDjFpNYqm0PZsGrTrxLNuIblhFbcVzEBmps_tjQJ0";
    const round = "FddDsBDAAAA";
    const texts: [string, CustomId][] = [
      [`2:press:${round}:2:${hash}w:-:1`, PRESS],
      [`2:press:${round}:2:${hash}w:${round}:u`, { ...PRESS, label: "unsure", project: ROUND }],
      [`2:remove:${hash}j:-`, { ...REMOVE, image: `${HASH}.jpg` }],
      [`2:remove:${hash}p:-:${round}`, { ...REMOVE, image: `${HASH}.png`, uploadAnswer: ROUND }],
      [`2:forget:${round}`, { kind: "forget", user: ROUND }],
      [`2:gold:${hash}w:${round}`, { kind: "gold", image: IMAGE, project: ROUND }],
      ["2:project-form:-", { kind: "project-form", project: null }],
      ["2:labelers:-:10", { kind: "labelers", project: null, page: 36 }],
      [`2:exclude:${round}:0`, { kind: "exclude", project: ROUND, page: 0 }],
      [
        `2:exclusion:-:${hash}:x:0`,
        { kind: "exclusion", project: null, labeler: HASH, excluded: true, page: 0 },
      ],
      [
        `2:exclusion:-:${hash}:-:0`,
        { kind: "exclusion", project: null, labeler: HASH, excluded: false, page: 0 },
      ],
    ];
    for (const [text, id] of texts) {
      expect(encodeCustomId(id)).toBe(text);
      expect(decodeCustomId(text)).toEqual(id);
    }
  });

  it.each<[string, CustomId]>([
    [`press:${ROUND}:2:1:${IMAGE}`, PRESS],
    [`press:${ROUND}:9:0:${HASH}.jpg`, { ...PRESS, position: 9, label: 0, image: `${HASH}.jpg` }],
    [`remove:${HASH}.png`, { ...REMOVE, image: `${HASH}.png` }],
    [`remove:${IMAGE}:${ROUND}`, { ...REMOVE, uploadAnswer: ROUND }],
    ["forget:80351110224678912", { kind: "forget", user: "80351110224678912" }],
  ])("of an earlier version means what it meant: %s", (text, id) => {
    expect(decodeCustomId(text)).toEqual(id);
  });

  it("is not made for an image without a hash", () => {
    expect(() => encodeCustomId({ ...PRESS, image: "a".repeat(80) })).toThrow("image");
  });

  it("hides the only person who may press it from logs", () => {
    expect(withoutPerson(encodeCustomId({ kind: "forget", user: ROUND }))).toBe("forget");
    expect(withoutPerson(`forget:${ROUND}`)).toBe("forget");
    expect(withoutPerson(encodeCustomId(PRESS))).toBe(encodeCustomId(PRESS));
  });

  it("is found on buttons and select menus, whichever version they are of", () => {
    const select: CustomId = {
      kind: "select",
      round: ROUND,
      position: 1,
      image: `${HASH}.png`,
      project: ROUND,
    };
    const row = (type: number, ...ids: string[]): Component => ({
      type: 1,
      components: ids.map((custom_id) => ({ type, custom_id })),
    });
    const components = [
      {
        type: 17,
        components: [row(2, `remove:${IMAGE}`, encodeCustomId(PRESS)), row(3, encodeCustomId(select))],
      },
      row(2, "of another bot"),
    ];
    expect(customIdsIn(components).map(({ kind }) => kind)).toEqual(["remove", "press", "select"]);
    expect(imagesOnButtons(components)).toEqual([IMAGE, `${HASH}.png`]);
  });

  it.each([
    "",
    "2",
    "2:",
    "2:constructor",
    "2:press",
    "2:project-form",
    "2:project-form:-:-",
    "2:edit-project:-",
    // More than 19 digits.
    "2:forget:__________8",
    // Bits that no byte uses.
    "2:forget:AAAAAAAAAAB",
    "3:forget:AAAAAAAAAAA",
    `2:forget:${ROUND}`,
    `2:press:AAAAAAAAAAA:0:${"A".repeat(43)}w:-:0`,
    `2:press:AAAAAAAAAAA:1:${"A".repeat(43)}x:-:0`,
    `2:press:AAAAAAAAAAA:1:${"A".repeat(43)}w:-:10`,
    "forget:",
    "forget:me",
    "forget:1:2",
    `press:x:2:1:${IMAGE}`,
    `press:1:0:1:${IMAGE}`,
    `press:1:2:2:${IMAGE}`,
    `press:1:2:1:../${IMAGE}`,
    `press:1:2:1:${IMAGE}:more`,
    `remove:1:2:1:${IMAGE}`,
    "=cmd|' /C calc'!A0",
  ])("%j cannot be decoded", (text) => {
    expect(decodeCustomId(text)).toBeUndefined();
  });
});
