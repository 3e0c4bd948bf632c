/** The nouns that are counted in several texts. */
export const nouns = {
  image: { one: "image", other: "images" },
  answer: { one: "réponse", other: "réponses" },
  person: { one: "personne", other: "personnes" },
  entry: { one: "entrée", other: "entrées" },
  decision: { one: "décision", other: "décisions" },
  day: { one: "jour", other: "jours" },
};
