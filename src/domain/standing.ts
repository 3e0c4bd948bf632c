import { judge, type Weights } from "./dawid-skene.ts";
import { majorityOf } from "./majority.ts";
import { isSettled } from "./settled.ts";
import type { Votes } from "./votes.ts";

/** What is known of an image when somebody asks for a round. */
export interface Standing {
  /** People who have answered it. */
  answers: number;
  /** That it is a hot dog, by Dawid–Skene; from 0 to 1. */
  probability: number;
  settled: boolean;
  /** Whether whoever asks is among those who have answered: once more, their answer would add nothing. */
  byAsker: boolean;
}

/** Of an image, for whoever asks. */
export type StandingOf = (image: string) => Standing;

/** How the images stand for each person, by pseudonym. @param weights of the same people */
export function standings(votes: Votes, weights: Weights): (asker: string) => StandingOf {
  const places = new Map(votes.images.map((image, place) => [image, place]));
  const persons = new Map(votes.people.map((labeler, person) => [labeler, person]));
  const probabilityBy = judge(weights);

  return (asker) => {
    const askerIs = persons.get(asker);
    return (image) => {
      const given = votes.of[places.get(image) ?? -1] ?? [];
      const majority = majorityOf(given);
      return {
        answers: given.length,
        probability: probabilityBy(given),
        settled: majority !== undefined && isSettled(majority),
        byAsker: given.some(({ person }) => person === askerIs),
      };
    };
  };
}
