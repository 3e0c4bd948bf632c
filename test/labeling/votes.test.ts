import { describe, expect, it } from "vitest";
import { findMajority } from "../../src/labeling/majority.ts";
import { collectVotes, type Votes } from "../../src/labeling/votes.ts";
import { votesOf } from "./crowd.ts";

describe("votes", () => {
  it("keep each person's last answer to each image, in whichever order answers arrive", () => {
    const rows = [
      { id: "9", image: "a", labeler: "k", label: 1 },
      { id: "10", image: "a", labeler: "k", label: 0 },
      { id: "11", image: "a", labeler: "m", label: 1 },
      { id: "8", image: "b", labeler: "k", label: 1 },
    ] as const;
    for (const order of [rows, rows.toReversed(), [...rows, ...rows]]) {
      const collector = collectVotes();
      for (const row of order) collector.add(row);
      const { images, people, byImage } = collector.votes();
      const all = byImage.flatMap((votes, image) =>
        votes.map(({ person, label }) => `${images[image]} ${people[person]} ${label}`),
      );
      expect(all.toSorted()).toEqual(["a k 0", "a m 1", "b k 1"]);
    }
  });

  it("are a snapshot that later answers do not change", () => {
    const collector = collectVotes();
    collector.add({ id: "1", image: "a", labeler: "k", label: 1 });
    collector.add({ id: "2", image: "b", labeler: "k", label: 1 });
    const before = collector.votes();
    const copy = structuredClone(before);
    collector.add({ id: "3", image: "a", labeler: "k", label: 0 });
    collector.add({ id: "4", image: "b", labeler: "m", label: 0 });
    collector.add({ id: "5", image: "c", labeler: "k", label: 1 });
    const after = collector.votes();
    expect(before).toEqual(copy);
    expect(after.byImage.map((votes) => votes.map(({ label }) => label))).toEqual([[0], [1, 0], [1]]);
    expect(collector.votes()).toEqual(after);
  });

  it("keep who is not sure apart, until the person votes", () => {
    const collector = collectVotes();
    collector.add({ id: "1", image: "a", labeler: "k", label: 2 });
    collector.add({ id: "2", image: "a", labeler: "m", label: "unsure" });
    collector.add({ id: "3", image: "b", labeler: "m", label: "unsure" });
    const before = collector.votes();
    expect(before).toMatchObject({ images: ["a", "b"], byImage: [[{ person: 0, label: 2 }], []] });
    expect([...before.unsure]).toMatchObject([
      [0, [{ person: 1 }]],
      [1, [{ person: 1 }]],
    ]);
    const copy = structuredClone(before);
    collector.add({ id: "4", image: "b", labeler: "m", label: 0 });
    const after = collector.votes();
    expect(after.byImage[1]).toMatchObject([{ person: 1, label: 0 }]);
    expect([...after.unsure.keys()]).toEqual([0]);
    expect(before).toEqual(copy);
  });

  it("take memory per person and image, not per answer", () => {
    const collector = collectVotes();
    for (let id = 0; id < 50_000; id += 1) {
      collector.add({ id: String(id), image: `i${id % 5}`, labeler: `p${id % 3}`, label: id % 2 ? 1 : 0 });
    }
    expect(collector.votes().byImage.flat()).toHaveLength(15);
  });
});

describe("the majority", () => {
  const labels = ({ byImage }: Votes): unknown[] => byImage.map((votes) => findMajority(votes, 2).label);

  it("is the label with more votes, or a tie", () => {
    expect(labels(votesOf("a k 1", "a m 1", "a r 0", "b k 0", "c k 0", "c m 1"))).toEqual([1, 0, "tie"]);
  });

  it("counts only a person's last answer", () => {
    expect(labels(votesOf("a k 1", "a m 0", "a k 0"))).toEqual([0]);
  });

  it("is a tie without votes", () => {
    expect(findMajority([], 3)).toEqual({ label: "tie", lead: 0, votes: [0, 0, 0] });
  });
});
