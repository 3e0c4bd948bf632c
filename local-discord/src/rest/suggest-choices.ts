import {
  InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
  InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
} from "discord-api-spec/zod";
import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
} from "discord-api-types/v10";
import { inField, invalidForm } from "../errors.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { badLocales } from "./name-rules.ts";
import { validate } from "./validate.ts";

const { Integer, Number: Decimal, String: Text } = ApplicationCommandOptionType;

/** The schemas of suggested choices by the type of the option: at most 25, each with a value of that type. */
const schemas = {
  [Integer]: InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  [Decimal]: InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
  [Text]: InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
};

/**
 * Checks that choices answer autocompletion, and that nothing else does.
 * @throws DiscordError 50035
 */
export function assertAnswersAutocompletion(
  { type }: Pick<Interaction, "type">,
  callback: InteractionResponseType,
): void {
  const asked = type === InteractionType.ApplicationCommandAutocomplete;
  const suggests = callback === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (asked === suggests) return;
  const accepted = asked ? "8" : "4, 5, 6, 7, 9, 10, 12";
  const message = `Value must be one of {${accepted}}.`;
  throw invalidForm([{ path: ["type"], code: "BASE_TYPE_CHOICES", message }]);
}

/**
 * Suggests choices to the person who fills in an option.
 * @throws DiscordError 50035 for more than 25 choices, and for values that are not of the option's type
 * @see https://discord.com/developers/docs/interactions/application-commands#autocomplete
 */
export function suggestChoices({ events }: Discord, interaction: Interaction, data: unknown): void {
  const schema = schemas[interaction.focusedType ?? Text];
  const { choices } = inField("data", () => validate(schema, data ?? {}));
  const suggested = (choices ?? []).filter((choice) => choice !== null);
  const faults = suggested.flatMap((choice, index) => badLocales(choice, ["data", "choices", String(index)]));
  if (faults.length > 0) throw invalidForm(faults);
  interaction.choices = suggested;
  events.emit({ t: "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", d: interaction });
}
