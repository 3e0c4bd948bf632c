import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/texts/texts.ts";
import type { AnswerMessage } from "../../src/worker/answers.ts";
import { fileNumber, uploadMessage, waitingFiles, withOutcomes } from "../../src/worker/upload-message.ts";
import type { OwnMessage } from "../../src/worker/own-messages.ts";
import type { FileOutcome, UploadOutcome } from "../../src/worker/upload-outcome.ts";

const IMAGE = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png";
const PLACE = { project: null, removable: true };

const OUTCOMES: FileOutcome[] = [
  { outcome: "added", image: IMAGE },
  { outcome: "approved", image: IMAGE },
  { outcome: "pending", image: IMAGE },
  { outcome: "present", image: IMAGE },
  { outcome: "already-pending" },
  { outcome: "near-duplicate", image: IMAGE, own: { senderId: "1", messageId: "2" } },
  { outcome: "refused", refusal: "heic" },
  { outcome: "removed" },
  { outcome: "taken-back" },
  { outcome: "rejected" },
];

function file(outcome: FileOutcome, position = 1): UploadOutcome {
  return { ...outcome, jobId: "3", position, name: "my – `cat`.png" };
}

function shown({ content = "", components = [] }: AnswerMessage): OwnMessage {
  return { content, components, attachments: [], flags: 0 } as unknown as OwnMessage;
}

describe.each([...LANGUAGES])("an answer to an upload in the language %s", (locale, texts) => {
  it.each(OUTCOMES)("is changed in that language from $outcome", (before) => {
    const answer = uploadMessage([file(before), file({ outcome: "removed" }, 2)], texts, PLACE);
    const only = uploadMessage([file(before)], texts, PLACE);
    const after = withOutcomes(shown(only), [file({ outcome: "rejected" })], PLACE);
    expect(
      after.content,
      `No text of upload.outcome in ${locale} may begin with one of another language, or with the reason. Reword the newer language.`,
    ).toBe(uploadMessage([file({ outcome: "rejected" })], texts, PLACE).content);
    const both = withOutcomes(shown(answer), [file({ outcome: "rejected" })], PLACE);
    expect(both.content.split("\n")[1]).toBe(answer.content?.split("\n")[1]);
  });

  it("says of no other file that it waits", () => {
    const { components = [] } = uploadMessage([file({ outcome: "pending", image: IMAGE })], texts, PLACE);
    const waiting = OUTCOMES.filter((outcome) => {
      const { content = "" } = uploadMessage([file(outcome)], texts, PLACE);
      return waitingFiles(shown({ content, components }), null).length > 0;
    });
    expect(
      waiting.map(({ outcome }) => outcome),
      `In ${locale}, upload.outcome.pending must differ from all other outcomes.`,
    ).toEqual(["pending"]);
  });

  it("has the number of the file on each button, and no other", () => {
    const { remove, takeBack } = texts.upload;
    for (const label of [remove(7), takeBack(7), texts.addAnyway.button(7)]) {
      expect(label.match(/\d+/g), `"${label}" must contain the file's number and no other`).toEqual(["7"]);
      expect(fileNumber({ label })).toBe(7);
    }
  });
});

it("an outcome with a dash is replaced as a whole", () => {
  const content = "1. `a.png` – **waits** – a moderator looks at it\n2. `b.png` – **added**\n-# 1. – of all";
  const [, second, note] = content.split("\n");
  const after = withOutcomes(shown({ content }), [file({ outcome: "removed" })], PLACE);
  expect(after.content.split("\n")).toEqual([
    "1. `a.png` – **removed** from the set; its labels stay",
    second,
    note,
  ]);
});
