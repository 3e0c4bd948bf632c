import { MAX_NUMBERS, parseNumbers, type ParsedNumbers } from "../../stats/numbers.ts";
import { printable } from "../../platform/safe-text.ts";
import { MAX_REQUEST_LENGTH } from "../../jobs/stats.ts";
import { en } from "../../texts/en.ts";

/** Characters shown of text that is not a number. */
const MAX_SHOWN_CHARACTERS = 40;

export interface StatsRequest {
  /** As typed. */
  request: string;
  numbers: string[];
}

/** Says which requests are accepted. */
export const ACCEPTED = en.stats.refusal.accepted.replaceAll("`", "");

/** Reads the numbers in a request, or lists all that is wrong with it, one sentence each, without Discord's formatting. */
export function readRequest(request: string): StatsRequest | { problems: string[] } {
  if (request.length > MAX_REQUEST_LENGTH)
    return {
      problems: [`Too long: ${request.length} characters, at most ${MAX_REQUEST_LENGTH} are accepted.`],
    };
  const parsed = parseNumbers(request);
  return parsed.ok ? { request, numbers: parsed.numbers } : { problems: problemsOf(parsed) };
}

function problemsOf({ count, faults }: Extract<ParsedNumbers, { ok: false }>): string[] {
  const { none, tooMany, faults: reasons } = en.stats.refusal;
  const wrongCount = count === 0 ? [none] : count > MAX_NUMBERS ? [tooMany(count)] : [];
  const wrongPieces = Array.from(
    Map.groupBy(faults, ({ fault }) => fault),
    ([fault, found]) => {
      const pieces = new Set(found.map(({ piece }) => quoted(piece)));
      return `${reasons[fault]}: ${[...pieces].join(", ")}.`;
    },
  );
  return [...wrongCount.map((text) => text.replaceAll("**", "")), ...wrongPieces];
}

function quoted(piece: string): string {
  const characters = Array.from(piece);
  const shown = characters.slice(0, MAX_SHOWN_CHARACTERS).join("");
  return `"${printable(shown)}${characters.length > MAX_SHOWN_CHARACTERS ? "…" : ""}"`;
}
