import type { Answers } from "../../src/worker/answers.ts";

/** Makes the first edit of one of the bot's messages fail, of all workers together, as if one was killed before it. */
export function firstEditFails(): (answers: Answers) => Answers {
  let failures = 1;
  return (answers) => ({
    ...answers,
    messages: {
      ...answers.messages,
      async edit(...parameters) {
        if (failures-- > 0) throw new Error("killed before the edit");
        return answers.messages.edit(...parameters);
      },
    },
  });
}
