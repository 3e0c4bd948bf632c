import { UNSURE, type Answer } from "./question.ts";
import { detachedCopy } from "./votes.ts";

/** Numbers of answers, changed ones included. */
export interface AnswerCounts {
  answers: number;
  /** How many of these answers are that a person is not sure. */
  unsure: number;
  /** Number of answers by day, as YYYY-MM-DD in UTC, in no order. Only days with answers. */
  perDay: ReadonlyMap<string, number>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** More days since 1970 than there are. It makes one number of a person and a day. */
const MAX_DAYS = 2 ** 17;

/** Counts answers one by one. Memory grows with people and the days on which they answer, not with answers. */
export function countAnswers() {
  const people = new Map<string, { index: number; unsure: number }>();
  /** Number of answers by `person * MAX_DAYS + day`, with days since 1970. */
  const perPersonDay = new Map<number, number>();
  const perDay = new Map<number, number>();
  let unsure = 0;

  function countedPerson(labeler: string): { index: number; unsure: number } {
    const known = people.get(labeler);
    if (known !== undefined) return known;
    const added = { index: people.size, unsure: 0 };
    people.set(detachedCopy(labeler), added);
    return added;
  }

  return {
    /** @param time milliseconds since 1970 */
    add({ labeler, label }: { labeler: string; label: Answer }, time: number): void {
      const day = Math.floor(time / DAY_MS);
      const person = countedPerson(labeler);
      addTo(perDay, day, 1);
      addTo(perPersonDay, person.index * MAX_DAYS + day, 1);
      if (label !== UNSURE) return;
      unsure += 1;
      person.unsure += 1;
    },

    /** Counts the answers of everybody. */
    counts: (): AnswerCounts => countsOf(perDay, unsure),

    /** Counts the answers of these people. @param labelers pseudonyms */
    countsOf(labelers: ReadonlySet<string>): AnswerCounts {
      const indexes = new Set<number>();
      const theirs = new Map<number, number>();
      let theirUnsure = 0;
      for (const labeler of labelers) {
        const person = people.get(labeler);
        if (person === undefined) continue;
        indexes.add(person.index);
        theirUnsure += person.unsure;
      }
      if (indexes.size > 0)
        for (const [personDay, count] of perPersonDay)
          if (indexes.has(Math.floor(personDay / MAX_DAYS))) addTo(theirs, personDay % MAX_DAYS, count);
      return countsOf(theirs, theirUnsure);
    },
  };
}

/** Subtracts the counts of some people from those of everybody. */
export function countsWithout(all: AnswerCounts, some: AnswerCounts): AnswerCounts {
  return {
    answers: all.answers - some.answers,
    unsure: all.unsure - some.unsure,
    perDay: new Map(all.perDay.entries().map(([day, count]) => [day, count - (some.perDay.get(day) ?? 0)])),
  };
}

function addTo(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** @param perDay by days since 1970 */
function countsOf(perDay: ReadonlyMap<number, number>, unsure: number): AnswerCounts {
  let answers = 0;
  for (const count of perDay.values()) answers += count;
  const byDate = perDay
    .entries()
    .map(([day, count]) => [new Date(day * DAY_MS).toISOString().slice(0, 10), count] as const);
  return { answers, unsure, perDay: new Map(byDate) };
}
