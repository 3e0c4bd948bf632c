import { sleep } from "../real-time.ts";
import { isLoopbackHost } from "../same-machine.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { LocalDiscordEvent } from "../state/events.ts";
import { deliver } from "./deliver.ts";
import { EndpointRefusedError } from "./endpoint-refused.ts";
import { NOBODY_LISTENS } from "./send.ts";
import { verify } from "./verify.ts";

/** Pause between two attempts to verify an endpoint that is not ready yet, in milliseconds. */
const RETRY_MS = 200;

/** The HTTP endpoint of a bot that gets its interactions without the gateway. */
export interface InteractionsEndpoint {
  /** Whether there is an endpoint that was verified. */
  isVerified(): boolean;
  /** Says what the endpoint lacks; undefined without an endpoint, and if nothing is wrong. */
  problem(): string | undefined;
  /**
   * Verifies an endpoint and sends all later interactions there, in this run and later ones; null sends them to the gateway.
   * @throws EndpointRefusedError if it cannot be verified; then the former endpoint stays
   */
  set(url: string | null): Promise<void>;
  close(): void;
}

interface EndpointOptions {
  /** The bot may start later than the local Discord, so this is verified as soon as possible. Default: that of an earlier run. */
  url: string | undefined;
  log: (line: string) => void;
}

/** @throws EndpointRefusedError for a URL that is not one of this machine */
export function interactionsEndpoint(
  discord: Discord,
  { url: chosen, log }: EndpointOptions,
): InteractionsEndpoint {
  const { interactionsUrl, events, traffic } = discord;
  const closing = new AbortController();
  let verified = false;
  let problem: string | undefined;

  function change(url: string | null, isVerified: boolean): void {
    verified = isVerified;
    problem = url === null || isVerified ? undefined : sentence(url, "was not verified yet");
    events.emit({ t: "BOT_STATUS", d: { online: isVerified } });
  }

  async function verifyLater(url: string): Promise<void> {
    const isWanted = () => interactionsUrl.current() === url && !verified && !closing.signal.aborted;
    while (isWanted()) {
      const outcomes = await verify(discord, url, closing.signal);
      if (!isWanted()) return;
      const reason = outcomes.at(-1)?.problem;
      const isNews = reason === undefined || sentence(url, reason) !== problem;
      const isReached = !outcomes.some((outcome) => outcome.problem === NOBODY_LISTENS);
      if (isNews && isReached) for (const { record } of outcomes) traffic.record(record);
      if (reason === undefined) return change(url, true);
      problem = sentence(url, reason);
      if (isNews && isReached) log(problem);
      await sleep(RETRY_MS, closing.signal);
    }
  }

  async function send(event: Extract<LocalDiscordEvent, { interaction: object }>): Promise<void> {
    const url = interactionsUrl.current();
    const { interaction, d: payload } = event;
    if (url === null || guildOf(discord.world, interaction.channelId)?.botJoinedAt === null) return;
    const found = verified ? await deliver(discord, url, { interaction, payload }) : problem;
    if (found === undefined) return;
    const reason = verified ? sentence(url, found) : found;
    discord.interactions.fail(interaction, reason);
    if (!closing.signal.aborted) log(reason);
  }

  events.subscribe((event) => {
    if (event.t !== "INTERACTION_CREATE") return;
    send(event).catch((error: unknown) => {
      log(error instanceof Error ? `${error.stack}` : String(error));
      discord.interactions.fail(event.interaction, "The local Discord failed.");
    });
  });

  const first = chosen === undefined ? interactionsUrl.current() : addressOf(chosen);
  interactionsUrl.use(first);
  if (first !== null) {
    change(first, false);
    void verifyLater(first);
  }

  return {
    isVerified: () => verified,
    problem: () => problem,
    async set(url) {
      const address = url === null || url === "" ? null : addressOf(url);
      if (address !== null) {
        const outcomes = await verify(discord, address, closing.signal);
        for (const { record } of outcomes) traffic.record(record);
        const reason = outcomes.at(-1)?.problem;
        if (reason !== undefined) throw unverified(sentence(address, reason));
      }
      interactionsUrl.store(address);
      change(address, address !== null);
    },
    close: () => closing.abort(),
  };
}

function sentence(url: string, problem: string): string {
  return `The interactions endpoint ${url} ${problem}.`;
}

function unverified(reason: string): EndpointRefusedError {
  return new EndpointRefusedError(
    "APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID",
    `The specified interactions endpoint URL could not be verified. ${reason}`,
  );
}

/** Checks that a URL leads to this machine, so that a bot under test does not bring in the endpoint that it has elsewhere. */
function addressOf(url: string): string {
  const { protocol, hostname, href } = URL.parse(url) ?? {};
  if (href === undefined)
    throw new EndpointRefusedError("URL_TYPE_INVALID_URL", `Not a well formed URL: ${url}`);
  if (protocol === "http:" && isLoopbackHost(hostname)) return href;
  throw new EndpointRefusedError(
    "URL_TYPE_INVALID_SCHEME",
    `The local Discord sends interactions to this machine only, as in http://127.0.0.1:3000/; not to ${url}`,
  );
}
