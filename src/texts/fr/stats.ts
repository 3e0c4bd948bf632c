import type { Texts } from "../en.ts";

export const stats: Texts["stats"] = {
  command: {
    name: "stats",
    description: "Min, max, moyenne et médiane de 1 à 10 nombres positifs",
    numbers: { name: "nombres", description: "1 à 10 nombres supérieurs à 0, par exemple : 3 5 8" },
  },
  refusal: {
    title: "Je ne peux pas utiliser ces nombres ; rien n’a été enregistré.",
    none: "**Aucun nombre** n’a été donné.",
    tooMany: (count) => `**Trop de nombres :** il y en a ${count}, 10 au plus sont acceptés.`,
    faults: {
      "not-a-number": "Pas un nombre",
      "not-positive": "Pas supérieur à 0",
      "too-many-digits": "Plus de 30 chiffres",
      "out-of-range": "Hors de 1e-30 à 1e30",
    },
    fault: (reason, pieces) => `**${reason} :** ${pieces}`,
    more: (count) => `et ${count} de plus`,
    accepted:
      "Acceptés : 1 à 10 nombres supérieurs à 0, séparés par des espaces, des virgules ou des points-virgules, comme `3 5 8`, `.5`, `2.50` ou `1e3`. Chacun a 30 chiffres au plus et se situe entre 1e-30 et 1e30.",
  },
  answer: {
    asked: (asker, numbers) => `${asker} a demandé les statistiques de **${numbers}**`,
    commaSeparates:
      "Ici, la virgule sépare les nombres : `2,5` vaut 2 et 5. Pour un nombre décimal, écrivez `2.5`.",
    stats: (min, max, mean, median) =>
      `**Min :** ${min}\n**Max :** ${max}\n**Moyenne :** ${mean}\n**Médiane :** ${median}`,
  },
};
