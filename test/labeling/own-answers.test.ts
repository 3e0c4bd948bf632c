import { expect, it } from "vitest";
import { answersBy, lastAnswer } from "../../src/labeling/own-answers.ts";
import { collectVotes } from "../../src/labeling/votes.ts";
import { votesOf } from "./crowd.ts";

it("a person's own answers are the last ones to each image, with the ids of their presses", () => {
  const votes = votesOf("a ann 0", "b bob 1", "b ann unsure", "a bob 1", "a ann 1");
  expect(answersBy(votes, "ann")).toEqual([
    { image: "a", label: 1, id: 5n, first: { label: 0, id: 1n } },
    { image: "b", label: "unsure", id: 3n, first: { label: "unsure", id: 3n } },
  ]);
  expect(answersBy(votes, "nobody")).toEqual([]);
});

it("a snapshot of own answers does not change when the person answers more", () => {
  const collector = collectVotes();
  collector.add({ id: "1", image: "a", labeler: "ann", label: 0 });
  const before = collector.votes();
  collector.add({ id: "2", image: "b", labeler: "ann", label: 0 });
  collector.add({ id: "3", image: "b", labeler: "bob", label: 0 });
  const after = collector.votes();
  expect(answersBy(before, "ann")).toHaveLength(1);
  expect(answersBy(after, "ann")).toHaveLength(2);
  expect(answersBy(after, "bob")).toHaveLength(1);
});

it("the last answer is found by the ids of presses", () => {
  const answers = answersBy(votesOf("a ann 0", "b ann 1", "c ann 0", "a ann 1"), "ann");
  const steps = [
    lastAnswer(answers),
    lastAnswer(answers, 4n),
    lastAnswer(answers, 3n),
    lastAnswer(answers, 2n),
  ];
  expect(steps.map((answer) => answer?.image)).toEqual(["a", "c", "b", undefined]);
});
