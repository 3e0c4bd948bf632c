import { expect, it } from "vitest";
import { canonicalOrderSliced } from "../../src/labeling/canonical-order.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import type { Sliced } from "../../src/labeling/sliced.ts";
import { collectVotes } from "../../src/labeling/votes.ts";
import { votesOf } from "./crowd.ts";

/** Runs sliced work, and counts its slices. */
function countSlices<T>(work: Sliced<T>): { result: T; slices: number } {
  for (let slices = 1; ; slices += 1) {
    const { done, value } = work.next();
    if (done === true) return { result: value, slices };
  }
}

it("the tables of many people and labels are estimated in slices, however few votes there are", () => {
  const people = 2_000;
  const votes = votesOf(...Array.from({ length: people }, (_, person) => `i p${person} ${person % 10}`));
  const { result: packed } = countSlices(packVotesSliced(votes, 10));
  const { result, slices } = countSlices(dawidSkeneSliced(packed));
  // A slice has at most 16,384 cells of the tables of people.
  expect(slices).toBeGreaterThan(result.iterations * ((people * 100) / 16_384));
});

it("answers to many images are collected, packed and sorted in slices of 2,048 images or fewer", () => {
  const images = 20_000;
  const collector = collectVotes();
  for (let image = 0; image < images; image += 1)
    collector.add({ id: String(image), image: `i${image}`, labeler: `p${image % 7}`, label: image % 2 });
  const { result: votes, slices } = countSlices(collector.votesSliced());
  expect(votes).toEqual(collector.votes());
  const packing = countSlices(packVotesSliced(votes, 2));
  const sorting = countSlices(canonicalOrderSliced(packing.result));
  for (const count of [slices, packing.slices, sorting.slices]) expect(count).toBeGreaterThan(images / 2_048);
  expect([...sorting.result.codes]).toEqual([...sorting.result.codes].toSorted((a, b) => a - b));
});
