import { DiscordError, type FieldErrors } from "../errors.ts";
import { answerInteraction } from "../rest/interactions.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { described, type EndpointAnswer, exchange } from "./exchange.ts";

/**
 * Sends an interaction to the endpoint. What it answers is the response to the interaction; it can also answer with nothing, and
 * send the response to the interaction's callback route. The interaction fails at once if the answer is not usable.
 * @returns what is wrong with the answer
 */
export async function deliver(
  discord: Discord,
  url: string,
  { interaction, payload }: { interaction: Interaction; payload: object },
): Promise<string | undefined> {
  const ended = new AbortController();
  const unsubscribe = discord.events.subscribe((event) => {
    if (event.t === "INTERACTION_FAILURE" && event.d === interaction) ended.abort();
  });
  const judge = (answer: EndpointAnswer) => accept(discord, interaction, answer);
  const { problem, record } = await exchange(discord, { url, payload, signal: ended.signal, judge });
  unsubscribe();
  discord.traffic.record(record);
  return problem;
}

function accept(discord: Discord, interaction: Interaction, answer: EndpointAnswer): string | undefined {
  const { status, body, text } = answer;
  if (status < 200 || status > 299) return `answered ${described(answer)}`;
  if (!body) return text === "" ? undefined : `answered ${described(answer)}, which is not JSON`;
  try {
    answerInteraction(discord, interaction, body);
    return undefined;
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    if (error.notBuilt !== undefined) discord.notBuilt.add(error.notBuilt, "the interactions endpoint");
    return `answered with an invalid response: ${inWords(error)}`;
  }
}

function inWords({ code, message, errors }: DiscordError): string {
  const fields = errors ? fieldsOf(errors).map((line) => `\n- ${line}`) : [];
  return `${code === 0 ? "" : `${code} `}${message}${fields.join("")}`;
}

/** Returns a line for each error, as in "data.content: Must be 2000 or fewer in length." */
function fieldsOf(errors: FieldErrors, path = ""): string[] {
  return Object.entries(errors).flatMap(([name, below]) =>
    Array.isArray(below)
      ? below.map(({ message }) => `${path}: ${message}`)
      : fieldsOf(below, path === "" ? name : `${path}.${name}`),
  );
}
