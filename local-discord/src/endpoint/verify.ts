import { InteractionResponseType, InteractionType } from "discord-api-types/v10";
import { z } from "zod/mini";
import type { Discord } from "../state/discord.ts";
import { interactionToken } from "../state/tokens.ts";
import { described, type EndpointAnswer, exchange, type Outcome } from "./exchange.ts";

/** Time for each of the two requests, in milliseconds. */
const DEADLINE_MS = 3_000;

const pong = z.object({ type: z.literal(InteractionResponseType.Pong) });

/**
 * Verifies an endpoint as Discord does: it answers a PING with PONG, and refuses a PING with an invalid signature with 401.
 * Returns an outcome for each request; only the last one can have a problem.
 * @see https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
 */
export async function verify(discord: Discord, url: string, closing: AbortSignal): Promise<Outcome[]> {
  const payload = ping(discord);
  const ask = (forged: boolean) =>
    withDeadline(discord, closing, (signal) =>
      exchange(discord, { url, payload, signal, forged, judge: forged ? refusesForgery : answersPing }),
    );
  const first = await ask(false);
  return first.problem === undefined ? [first, await ask(true)] : [first];
}

async function withDeadline<T>(
  { after }: Discord,
  closing: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const cancel = after(DEADLINE_MS, () => late.abort());
  return act(AbortSignal.any([late.signal, closing])).finally(cancel);
}

function ping({ world, nextSnowflake, secrets }: Discord) {
  const id = nextSnowflake();
  return {
    id,
    token: interactionToken(id, secrets),
    type: InteractionType.Ping,
    version: 1,
    application_id: world.applicationId,
    user: world.owner,
    entitlements: [],
    authorizing_integration_owners: {},
  };
}

function answersPing(answer: EndpointAnswer): string | undefined {
  const { status, type, body } = answer;
  if (status !== 200 || !pong.safeParse(body?.json).success)
    return `answered a PING with ${described(answer)}, instead of 200 and {"type":1}`;
  if (type.startsWith("application/json")) return undefined;
  const given = type === "" ? "no Content-Type" : `the Content-Type ${type}`;
  return `answered a PING with ${given} instead of application/json`;
}

function refusesForgery(answer: EndpointAnswer): string | undefined {
  if (answer.status === 401) return undefined;
  return `answered a request with an invalid signature with ${described(answer)}, instead of 401`;
}
