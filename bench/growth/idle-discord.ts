import type { Answers } from "../../src/worker/answers.ts";

/** Answers that go nowhere, at no cost. @param answered gets the id of each interaction that is answered */
export function idleDiscord(applicationId: string, answered: (id: string) => void): Answers {
  return {
    applicationId: async () => applicationId,
    async give({ id }) {
      answered(id);
      return new Date();
    },
    isGiven: async () => false,
    messageId: unexpected,
    editReply: unexpected,
    isReplied: unexpected,
    tellPrivately: unexpected,
    tellBeside: unexpected,
    messages: { read: unexpected, edit: unexpected },
    personMessages: { read: unexpected },
    channels: { read: unexpected },
  };
}

async function unexpected(): Promise<never> {
  throw new Error("this benchmark expects only answers to interactions");
}
