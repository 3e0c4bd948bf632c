import type { APIMessage } from "discord-api-types/v10";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { customIdsIn, encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { nameSeal } from "../../src/project/name-seal.ts";
import { hotdogKeys } from "../../src/project/pseudonyms.ts";

/** Key of the pseudonyms in these benchmarks. */
export const BENCH_SECRET = "the secret of the benchmarks";
/** Reads the image names on private messages. */
const SEAL = nameSeal(hotdogKeys(BENCH_SECRET).exports);
/** How long to wait for the bot, in milliseconds. */
const TIMEOUT_MS = 30_000;
/** On a phone: the message field, "/", the name in the list, and "send". */
const ACTIONS_PER_COMMAND = 4;

/** What one person has done so far. */
interface Deeds {
  /** Taps: 4 for a command, 1 for a press. Swipes are not counted. */
  actions: number;
  /** Number of answers to images. */
  images: number;
  /** Number of messages that the person's commands and presses have left in the channel. */
  messages: number;
}

/** A person who labels images in the local Discord. Times are in milliseconds. */
export interface Labeler {
  /** Sends `/label`. Resolves with the time until the first image is there. */
  start(): Promise<number>;
  /** Answers the image that `/label` shows. Resolves with the time until another is there. */
  answer(): Promise<number>;
  /** Sends `/hotdog`, and answers its images one after the other. */
  round(): Promise<{ shown: number; confirmed: number[] }>;
  deeds(): Deeds;
}

type AnswerButton = Extract<CustomId, { kind: "pick" | "press" }>;

/** Lets people enter a local Discord. */
export function labelers(discord: LocalDiscord): (name: string) => Labeler {
  const nextUpdate = watchUpdates(discord);

  return (name) => {
    const person = discord.visitor(name);
    const interactions = new Set<string>();
    const shownAlone = new Set<string>();
    let actions = 0;
    let answers = 0;
    let alone: { session: string; message: APIMessage } | undefined;

    function command(called: string): string {
      const { id } = person.command(called);
      actions += ACTIONS_PER_COMMAND;
      interactions.add(id);
      return id;
    }

    function press(message: APIMessage, button: AnswerButton): string {
      const { id } = person.press(message, encodeCustomId(button));
      actions += 1;
      answers += 1;
      interactions.add(id);
      return id;
    }

    return {
      async start() {
        const started = performance.now();
        const session = command("label");
        alone = { session, message: await nextUpdate(session) };
        return performance.now() - started;
      },

      async answer() {
        if (alone === undefined) throw new Error(`${name} has not sent /label`);
        const { session, message } = alone;
        const [button] = rightAnswers(message);
        if (button === undefined) throw new Error(`no image to label: ${JSON.stringify(message)}`);
        if (shownAlone.has(button.image)) throw new Error(`${name} sees ${button.image} again`);
        shownAlone.add(button.image);
        const started = performance.now();
        const update = nextUpdate(session);
        press(message, button);
        alone = { session, message: await update };
        return performance.now() - started;
      },

      async round() {
        let started = performance.now();
        const message = await nextUpdate(command("hotdog"));
        const shown = performance.now() - started;
        const confirmed: number[] = [];
        for (const button of rightAnswers(message)) {
          started = performance.now();
          await nextUpdate(press(message, button));
          confirmed.push(performance.now() - started);
        }
        return { shown, confirmed };
      },

      deeds() {
        const left = discord
          .messages()
          .filter(({ interaction_metadata: made }) => made !== undefined && interactions.has(made.id));
        return { actions, images: answers, messages: left.length };
      },
    };
  };
}

/** The buttons that give the right answer to the images that a message shows. */
function rightAnswers({ components }: APIMessage): AnswerButton[] {
  return customIdsIn(components ?? []).filter(
    (id): id is AnswerButton =>
      (id.kind === "pick" || id.kind === "press") &&
      id.label === Number.parseInt(imageOf(id)[0] ?? "", 16) % 2,
  );
}

function imageOf(button: AnswerButton): string {
  return button.kind === "press" ? button.image : SEAL.unseal(button.session, button.image);
}

/**
 * Returns a function that resolves with the next update of the message that answers an interaction. One subscription serves all
 * people, because each would look at every event.
 */
function watchUpdates(discord: LocalDiscord): (interactionId: string) => Promise<APIMessage> {
  const waiting = new Map<string, (message: APIMessage) => void>();
  discord.subscribe((event) => {
    if (event.t !== "MESSAGE_UPDATE") return;
    const id = event.d.interaction_metadata?.id ?? "";
    waiting.get(id)?.(event.d);
    waiting.delete(id);
  });
  return (id) =>
    new Promise((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error(`interaction ${id} was not answered`)), TIMEOUT_MS);
      waiting.set(id, (message) => {
        clearTimeout(timeout);
        resolve(message);
      });
    });
}
