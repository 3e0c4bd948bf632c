/** The nouns that are counted in several texts. */
export const nouns = {
  image: { one: "image", other: "images" },
  answer: { one: "answer", other: "answers" },
  person: { one: "person", other: "people" },
  entry: { one: "entry", other: "entries" },
  decision: { one: "decision", other: "decisions" },
  day: { one: "day", other: "days" },
};
