import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from "discord.js";
import { MAX_NUMBERS, parseNumbers, type ParsedNumbers } from "../stats/numbers.ts";
import { codeBlock, echo } from "../texts/echo.ts";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { EVERYWHERE } from "./places.ts";
import { referenceTo } from "./reference.ts";

/** UTF-16 units of a message, as Discord counts them. */
const MESSAGE_ROOM = 2_000;
/** Of them, those that naming the wrong pieces may take. */
const ROOM_FOR_PIECES = 800;

export const stats = {
  data: {
    name: en.stats.command.name,
    name_localizations: { fr: fr.stats.command.name },
    description: en.stats.command.description,
    description_localizations: { fr: fr.stats.command.description },
    ...EVERYWHERE,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: en.stats.command.numbers.name,
        name_localizations: { fr: fr.stats.command.numbers.name },
        description: en.stats.command.numbers.description,
        description_localizations: { fr: fr.stats.command.numbers.description },
        required: true,
      },
    ],
  },

  read(interaction: ChatInputCommandInteraction) {
    const request = interaction.options.getString(en.stats.command.numbers.name, true);
    const parsed = parseNumbers(request);
    if (!parsed.ok) return { refusal: refusal(request, parsed, textsFor(interaction.locale)) };
    const { numbers, commaBetweenDigits } = parsed;
    const job = {
      kind: "stats",
      interaction: referenceTo(interaction),
      request,
      numbers,
      commaBetweenDigits,
    } as const;
    return { job, visibility: "public" };
  },
} satisfies SlashCommand;

function refusal(
  request: string,
  { count, faults }: Extract<ParsedNumbers, { ok: false }>,
  texts: Texts,
): string {
  const t = texts.stats.refusal;
  const byFault = Map.groupBy(faults, ({ fault }) => fault);
  const room = Math.floor(ROOM_FOR_PIECES / Math.max(byFault.size, 1));
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
  // Discord has emptied the field: without this, all of it would have to be typed again.
  return count === 0 ? wrong : `${wrong}\n${codeBlock(request, MESSAGE_ROOM - wrong.length - 1)}`;
}

/** "a, b, c", or "a, b and 7 more" where all would take more than `room` characters. */
function joinWithin(items: string[], room: number, more: (count: number) => string): string {
  let length = 0;
  const fitting = items.findIndex((item, index) => (length += item.length + 2) > room && index > 0);
  if (fitting === -1) return items.join(", ");
  return `${items.slice(0, fitting).join(", ")} ${more(items.length - fitting)}`;
}
