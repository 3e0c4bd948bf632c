import { MAX_NUMBERS, parseNumbers, type ParsedNumbers } from "../../stats/numbers.ts";
import { printable } from "../../platform/printable.ts";
import { LONGEST_REQUEST } from "../../jobs/job.ts";
import { en } from "../../texts/en.ts";

/** Characters of a wrong piece that are shown. */
const LONGEST_PIECE = 40;

export interface StatsRequest {
  /** As typed. */
  request: string;
  numbers: string[];
}

export const ACCEPTED = en.stats.refusal.accepted.replaceAll("`", "");

/** What was typed, or all that is wrong with it: a sentence each, without what formats on Discord. */
export function readRequest(request: string): StatsRequest | { faults: string[] } {
  if (request.length > LONGEST_REQUEST)
    return { faults: [`Too long: ${request.length} characters, at most ${LONGEST_REQUEST} are accepted.`] };
  const parsed = parseNumbers(request);
  return parsed.ok ? { request, numbers: parsed.numbers } : { faults: faultsOf(parsed) };
}

function faultsOf({ count, faults }: Extract<ParsedNumbers, { ok: false }>): string[] {
  const { none, tooMany, faults: reasons } = en.stats.refusal;
  return [...(count === 0 ? [none] : []), ...(count > MAX_NUMBERS ? [tooMany(count)] : [])]
    .map((text) => text.replaceAll("**", ""))
    .concat(
      [...Map.groupBy(faults, ({ fault }) => fault)].map(
        ([fault, found]) =>
          `${reasons[fault]}: ${[...new Set(found.map(({ piece }) => quoted(piece)))].join(", ")}.`,
      ),
    );
}

function quoted(piece: string): string {
  const characters = Array.from(piece);
  const shown = characters.slice(0, LONGEST_PIECE).join("");
  return `"${printable(shown)}${characters.length > LONGEST_PIECE ? "…" : ""}"`;
}
