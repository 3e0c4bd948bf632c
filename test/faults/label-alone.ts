import { setTimeout as wait } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { changed, imageIn } from "../worker/labeling-alone.ts";
import { namesIn, recordsIn, type Bucket } from "./records.ts";

/** How long a person looks at an image. */
const LOOK_MS = 400;
/** After this time without another image, a person presses again. */
const PATIENCE_MS = 3_000;
/** A job is retried for at most this long. */
const STUCK_MS = 120_000;
/** A bot or worker that has just started is slow. */
const ANSWER_OPTIONS = { timeout: 30_000 };
const LABELS = ["0 · not hot dog", "1 · hot dog"];

interface AlonePress {
  /** Interaction id. */
  id: string;
  image: string;
  label: number;
}

/** A person who labels the hot dogs alone, in one message. */
export interface LabelingAlone {
  /** Stops after one more image. */
  stop(): Promise<void>;
  /** Ids of all presses. */
  presses: readonly AlonePress[];
  /** What was lost, doubled or wrong, and whether the person is stuck on an image. */
  problems(bucket: Bucket): string[];
}

/** Labels one image after another until it is stopped. At the end, goes back and answers images again. */
export async function startLabelingAlone(discord: LocalDiscord): Promise<LabelingAlone> {
  const person = discord.visitor("Alona");
  const command = person.command("label");
  let shown: APIMessage = await command.answer(ANSWER_OPTIONS);
  const presses: AlonePress[] = [];
  /** Images after which another one was shown: their answers are confirmed. */
  const confirmed = new Set<string>();
  const stopping = new AbortController();
  let stuckOn: string | undefined;
  const stopped = labelAll();

  async function labelAll(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted && stuckOn === undefined; turn += 1) {
      await wait(LOOK_MS);
      await answer(turn);
    }
  }

  /** Presses until the message shows another image. */
  async function answer(turn: number): Promise<void> {
    for (const end = performance.now() + STUCK_MS; performance.now() < end;) {
      // It may have changed since the person lost patience.
      shown = person.messages().find(({ id }) => id === shown.id) ?? shown;
      const before = shown;
      const image = imageIn(before);
      press(image, turn);
      shown = await changed(person, before, { timeout: PATIENCE_MS }).catch(() => before);
      if (imageIn(shown) === image) continue;
      if (image !== undefined) confirmed.add(image);
      return;
    }
    stuckOn = imageIn(shown) ?? "no image";
  }

  function press(image: string | undefined, turn: number): void {
    if (image === undefined) {
      person.press(shown, "Back");
      return;
    }
    const label = turn % LABELS.length;
    const { id } = person.press(shown, LABELS[label] ?? "");
    presses.push({ id, image, label });
  }

  return {
    presses,
    async stop() {
      stopping.abort();
      await stopped;
    },
    problems(bucket) {
      const records = recordsIn(bucket);
      const { labeler } = namesIn({ id: null }, person.id);
      const saved = presses.filter(({ id }) => records.has(id)).map(({ image }) => image);
      const wrong = presses.flatMap(({ id, image, label }) => {
        const expected = `labels/ ${image} ${label} ${labeler} ${command.id}`;
        const found = records.get(id) ?? [];
        return found.join() === expected || found.length === 0 ? [] : [`${id} is stored as ${found.join()}`];
      });
      const lost = confirmed.difference(new Set(saved));
      return [
        ...wrong,
        ...Array.from(lost, (image) => `the confirmed answer to ${image} is lost`),
        ...(stuckOn === undefined ? [] : [`the person is stuck on ${stuckOn}`]),
      ];
    },
  };
}
