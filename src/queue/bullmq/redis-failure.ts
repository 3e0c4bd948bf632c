import type { RedisAddress } from "./redis-address.ts";
import { errorCode } from "../../platform/describe-error.ts";

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS/;
const NO_TLS = /SSL|EPROTO|ECONNRESET|ETIMEDOUT/;
/** What Redis 6 puts before an answer that a script was given. */
const IN_A_SCRIPT = /^ERR Error running script .*: -(?=[A-Z]+ )/;
const CLOSES = "it closes the connection; check the address, and whether it wants rediss://";

/** What Redis itself answers, by its first words. */
const ANSWERS: [pattern: RegExp, reason: (message: string, address: RedisAddress) => string][] = [
  [
    /^WRONGPASS|invalid password/,
    () => "its user or password is not accepted; correct them, with special characters percent-encoded",
  ],
  [/^NOAUTH/, () => "it wants a password; put it into the address, as in redis://:PASSWORD@HOST"],
  [/DB index/, (_, { db }) => `it has no database ${db}; it has those from 0 up to its setting "databases"`],
  [
    /^NOPERM/,
    (message) =>
      `its user may not do what is needed (${message}); allow it all commands on the keys hotdog-bot:*`,
  ],
  [/^READONLY/, () => "it is a replica, which takes no jobs; use the address of its primary"],
  [/^(?:MISCONF|OOM|NOREPLICAS)/, (message) => `it takes no writes (${message})`],
  [/writeable|max retries/, () => "it cannot be reached at present"],
  [/timed out|Socket timeout/, () => "it does not answer; check the address and the network"],
  [/is closed/, () => CLOSES],
];

/** Why Redis cannot be used and what to do about it: the end of a sentence without its full stop. */
export function redisFailure(error: unknown, address: RedisAddress): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  if (code === undefined) return answered(error.message.replace(IN_A_SCRIPT, "").replace(/\.$/, ""), address);
  if (UNTRUSTED.test(code))
    return `its certificate is not trusted (${code}); name the file of its authority in NODE_EXTRA_CA_CERTS`;
  if (address.tls && NO_TLS.test(code))
    return `it does not answer in TLS (${code}); check the address, and whether it wants redis://`;
  if (code === "ECONNRESET") return CLOSES;
  return `it cannot be reached (${code}); check the address and the network`;
}

function answered(message: string, address: RedisAddress): string {
  const [, reason] = ANSWERS.find(([pattern]) => pattern.test(message)) ?? [];
  return reason?.(message, address) ?? `Redis answered ${message}`;
}

/** Says of what fails what people make of it: they read it where somebody sends and waits. */
export async function explained<Result>(address: RedisAddress, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`Redis: ${redisFailure(error, address)}`, { cause: error });
  }
}
