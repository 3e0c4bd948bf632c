import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOptionChoice,
} from "discord-api-types/v10";
import { ApplicationCommandOptionType, InteractionType } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import type { AutocompletedType, Interaction } from "../state/interactions.ts";
import { givenOptions, type OptionValue, withinSubcommand } from "./command-options.ts";
import { commandHead, findSlashCommand } from "./find-command.ts";
import { type Invocation, startInteraction } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";
import { assertNotFailed, type WaitOptions, type Waits } from "./wait.ts";

/** An option that is being filled in. */
interface Focus {
  /** Name of the command; of a subcommand with its command and group, as in "project create". */
  name: string;
  option: string;
  /** The text so far, which may be empty. */
  typed: string;
  /** Values of other options by name. Required ones may be missing. */
  values: Record<string, OptionValue>;
}

/** A suggested choice, named in the language of the person's Discord client. */
export type SuggestedChoice = Pick<APIApplicationCommandOptionChoice, "name" | "value">;

/**
 * Asks the bot for the choices of an option that a person fills in. The typed text is sent as it is, also for numbers.
 * @throws NotAllowedError if the person may not use such a command, if the option has no autocompletion, or if the other values
 *   do not match their options
 * @see https://discord.com/developers/docs/interactions/application-commands#autocomplete
 */
export function askForChoices(
  discord: Discord,
  invocation: Invocation,
  { name, option, typed, values }: Focus,
): Interaction {
  const invocable = findSlashCommand(discord, invocation, name);
  const focused = invocable.options.find((candidate) => candidate.name === option);
  if (!focused) throw new NotAllowedError(`/${name} has no option "${option}".`);
  if (!isAutocompleted(focused)) {
    throw new NotAllowedError(`The option "${option}" of /${name} has no autocompletion.`);
  }
  if (Object.hasOwn(values, option)) {
    throw new NotAllowedError(`The option "${option}" of /${name} is being filled in, and has no value yet.`);
  }
  const given = givenOptions(invocable, values).map((one) => ({
    name: one.option.name,
    type: one.option.type,
    value: one.value,
  }));
  const filled = [...given, { name: option, type: focused.type, value: typed, focused: true }].filter(
    // The files of a command are uploaded when it is sent.
    ({ value }) => typeof value !== "object",
  );
  const order = invocable.options.map((candidate) => candidate.name);
  const options = filled.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return startInteraction(discord, invocation, {
    type: InteractionType.ApplicationCommandAutocomplete,
    focusedType: focused.type,
    data: { ...commandHead(invocable.command), options: withinSubcommand(invocable, options) },
  });
}

function isAutocompleted(
  option: APIApplicationCommandBasicOption,
): option is Extract<APIApplicationCommandBasicOption, { type: AutocompletedType }> {
  const { Integer, Number: Decimal, String: Text } = ApplicationCommandOptionType;
  const typed = option.type === Text || option.type === Integer || option.type === Decimal;
  return typed && option.autocomplete === true;
}

/** Resolves with the choices that the bot suggests. Rejects if it does not answer within 3 s. */
export function waitForChoices(
  waiting: Waits,
  interaction: Interaction,
  options: WaitOptions,
): Promise<SuggestedChoice[]> {
  return waiting.until(
    () => {
      assertNotFailed(interaction);
      return interaction.choices?.map((choice) => ({
        name: nameIn(choice, interaction.locale),
        value: choice.value,
      }));
    },
    () => `Autocompletion ${interaction.id} is ${interaction.state}.`,
    options,
  );
}

function nameIn({ name, name_localizations }: APIApplicationCommandOptionChoice, locale: string): string {
  return new Map(Object.entries(name_localizations ?? {})).get(locale) ?? name;
}
