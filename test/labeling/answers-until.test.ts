import { describe, expect, it } from "vitest";
import { answersUntilSliced } from "../../src/labeling/answers-until.ts";
import { UNSURE, type Answer } from "../../src/labeling/question.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { collectVotes, type LastAnswers } from "../../src/labeling/votes.ts";
import { firstSnowflakeAt } from "../../src/platform/snowflake.ts";
import { seeded } from "../../src/platform/seeded.ts";

const DAY = 24 * 60 * 60 * 1_000;
const MIDNIGHT = Date.UTC(2026, 10, 29);
const UNTIL = BigInt(firstSnowflakeAt(MIDNIGHT));

interface Given {
  id: string;
  image: string;
  labeler: string;
  label: Answer;
}

/** An answer at a time in days since the midnight. */
function answer(days: number, labeler: string, image: string, label: Answer): Given {
  return { id: firstSnowflakeAt(Math.floor(MIDNIGHT + days * DAY)), image, labeler, label };
}

function collected(answers: readonly Given[]): LastAnswers {
  const collector = collectVotes();
  for (const one of answers) collector.add(one);
  return collector.votes();
}

/** Every person's last and first answer to every image, as texts. */
function answersIn({ images, people, byImage, unsure, byPerson }: LastAnswers): string[] {
  const answered = new Set(
    byPerson.flatMap((of, person) => of.map((image) => `${people[person]} ${images[image]}`)),
  );
  const shown = images.flatMap((name, image) =>
    [...(byImage[image] ?? []), ...(unsure.get(image) ?? [])].map(({ person, label, id, first }) => ({
      key: `${people[person]} ${name}`,
      text: `${people[person]} ${name} ${label} ${id} ${first?.label} ${first?.id}`,
    })),
  );
  expect(new Set(shown.map(({ key }) => key))).toEqual(answered);
  return shown.map(({ text }) => text).toSorted();
}

function until(answers: readonly Given[]): string[] {
  return answersIn(runAtOnce(answersUntilSliced(collected(answers), UNTIL)));
}

describe("the answers until the end of a day", () => {
  it("are those that counted at that moment, although some have changed since", () => {
    const before = [
      answer(-3, "a", "x", 0),
      answer(-2, "a", "x", 1),
      answer(-1, "a", "x", 2),
      answer(-1, "b", "x", UNSURE),
      answer(-0.5, "c", "y", 1),
    ];
    const today = [
      answer(0.1, "a", "x", 0),
      answer(0.2, "a", "x", UNSURE),
      answer(0.1, "b", "x", 1),
      answer(0, "d", "x", 1),
      answer(0.1, "a", "y", 1),
    ];
    expect(until([...before, ...today])).toEqual(answersIn(collected(before)));
  });

  it("do not depend on the order in which rows are read, nor on rows that are read twice", () => {
    const random = seeded(7);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    for (let run = 0; run < 200; run += 1) {
      const all = Array.from({ length: 12 }, () =>
        answer(random() * 5 - 4, pick(["a", "b"]), pick(["x", "y"]), pick([0, 1, UNSURE])),
      );
      const expected = answersIn(collected(all.filter(({ id }) => BigInt(id) < UNTIL)));
      const shuffled = [...all, pick(all)].toSorted(() => random() - 0.5);
      expect(until(shuffled)).toEqual(expected);
    }
  });

  it("share the arrays of images without later answers", () => {
    const votes = collected([answer(-1, "a", "x", 0), answer(-1, "a", "y", 0), answer(1, "b", "y", 0)]);
    const cut = runAtOnce(answersUntilSliced(votes, UNTIL));
    expect(cut.byImage[0]).toBe(votes.byImage[0]);
    expect(cut.byImage[1]).not.toBe(votes.byImage[1]);
  });
});
