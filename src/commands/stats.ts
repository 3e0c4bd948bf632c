import { ApplicationCommandOptionType } from "discord.js";
import { MAX_NUMBERS, parseNumbers, type ParsedNumbers } from "../stats/numbers.ts";
import { codeBlock, echo } from "../texts/echo.ts";
import { en } from "../texts/en.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { EVERYWHERE, metadata } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** Discord's limit for a message, in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 2_000;
/** Limit for the list of what is wrong, so that the whole request fits into the message too. */
const MAX_PIECES_LENGTH = 800;

export const stats = {
  data: {
    ...metadata((texts) => texts.stats.command),
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...metadata((texts) => texts.stats.command.numbers),
        required: true,
      },
    ],
  },

  execute(interaction, settings) {
    const request = interaction.options.getString(en.stats.command.numbers.name, true);
    const parsed = parseNumbers(request);
    if (!parsed.ok) return { refusal: refusal(request, parsed, textsFor(interaction.locale)) };
    const { numbers, commaBetweenDigits } = parsed;
    return {
      job: {
        kind: "stats",
        interaction: referenceTo(interaction, settings),
        request,
        numbers,
        commaBetweenDigits,
      },
    };
  },
} satisfies SlashCommand;

function refusal(
  request: string,
  { count, faults }: Extract<ParsedNumbers, { ok: false }>,
  texts: Texts,
): string {
  const t = texts.stats.refusal;
  const byFault = Map.groupBy(faults, ({ fault }) => fault);
  const room = Math.floor(MAX_PIECES_LENGTH / Math.max(byFault.size, 1));
  const wrong = [
    t.title,
    ...(count === 0 ? [t.none] : []),
    ...(count > MAX_NUMBERS ? [t.tooMany(count)] : []),
    ...[...byFault].map(([fault, found]) => {
      const pieces = new Set(found.map(({ piece }) => echo(piece)));
      return t.fault(t.faults[fault], joinWithin([...pieces], room, t.more));
    }),
    t.accepted,
  ].join("\n");
  // Discord has cleared the field: people copy their request from here instead of typing it again.
  return count === 0 ? wrong : `${wrong}\n${codeBlock(request, MAX_MESSAGE_LENGTH - wrong.length - 1)}`;
}

/** Joins items: "a, b, c", or "a, b and 7 more" if all of them would exceed `room` characters. */
function joinWithin(items: string[], room: number, more: (count: number) => string): string {
  let length = 0;
  const fitting = items.findIndex((item, index) => (length += item.length + 2) > room && index > 0);
  if (fitting === -1) return items.join(", ");
  return `${items.slice(0, fitting).join(", ")} ${more(items.length - fitting)}`;
}
