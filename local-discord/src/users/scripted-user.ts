import type { APIMessage, APIUser } from "discord-api-types/v10";
import { ComponentType, MessageFlags } from "discord-api-types/v10";
import type { ClientModal } from "../client-protocol.ts";
import { componentsOf } from "../messages/components.ts";
import { hasFlag } from "../messages/message-rules.ts";
import type { File } from "../messages/upload.ts";
import { dismissModal, submitModal } from "../modals/submit-modal.ts";
import type { ModalValue } from "../modals/value-rules.ts";
import { waitForModal } from "../modals/wait-for-modal.ts";
import { firstChannelId } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { messagesSeenBy } from "../state/visibility.ts";
import { askForChoices, type SuggestedChoice, waitForChoices } from "./autocomplete.ts";
import type { OptionValue } from "./command-options.ts";
import { invokeCommand, invokeMessageCommand, pressButton } from "./invoke.ts";
import { invokeUserCommand } from "./invoke-user-command.ts";
import { post } from "./post.ts";
import { type ScriptedMessages, scriptedMessages, type Where } from "./scripted-messages.ts";
import { type ScriptedThreads, scriptedThreads } from "./scripted-threads.ts";
import { chooseInSelect, findChoice } from "./select.ts";
import type { WaitOptions, Waits } from "./wait.ts";
import { assertNotFailed } from "./wait.ts";

interface InvokeOptions extends Where {
  /** Language of the person's Discord client; default "en-US". */
  locale?: string;
}

interface AutocompleteOptions extends InvokeOptions, WaitOptions {
  /** Values of other options by name. */
  values?: Record<string, OptionValue>;
}

interface PostOptions extends Where {
  replyTo?: Pick<APIMessage, "id">;
}

/** The outcome of a command, a press or a selection. */
interface InvocationHandle {
  /** Id of the interaction. */
  id: string;
  /** Resolves with the first answer that is not "thinking"; rejects if the interaction fails. */
  answer(options?: WaitOptions): Promise<APIMessage>;
  /** Resolves with the modal that the bot opens; rejects if the bot answers otherwise, or if the interaction fails. */
  modal(options?: WaitOptions): Promise<ClientModal>;
  /** Resolves when the bot has failed to acknowledge within 3 s. */
  failed(options?: WaitOptions): Promise<void>;
}

/** A person whose actions a test scripts. What the person cannot do throws an error that explains it. */
export interface ScriptedUser extends ScriptedThreads, ScriptedMessages {
  id: string;
  /** The channel of this person's direct messages with the bot. */
  dm: string;
  /**
   * Invokes a slash command.
   * @param name of the command; of a subcommand with its command and group, as in "project create"
   * @param values by option name; for an attachment `{ name, bytes, type? }`, for a user, role or channel its id
   * @throws Error if the person may not use such a command there, or if the values do not match its options
   */
  command(name: string, values?: Record<string, OptionValue>, options?: InvokeOptions): InvocationHandle;
  /**
   * Resolves with the choices that the bot suggests for an option while the person fills it in, named in the person's language.
   * Rejects if the bot does not answer within 3 s.
   * @param name of the command, as in command()
   * @param typed text so far, which may be empty
   * @param options with `values` of other options; required ones may be missing
   * @throws Error if the person may not use such a command there, or if the option has no autocompletion
   */
  autocomplete(
    name: string,
    option: string,
    typed: string,
    options?: AutocompleteOptions,
  ): Promise<SuggestedChoice[]>;
  /**
   * Invokes a message command on a message.
   * @throws Error if the person may not use the command, or does not see the message
   */
  messageCommand(
    name: string,
    message: Pick<APIMessage, "id">,
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /**
   * Invokes a user command on a person.
   * @throws Error if this person may not use the command there, or if the other one is not in the channel
   */
  userCommand(name: string, targetUserId: string, options?: InvokeOptions): InvocationHandle;
  /**
   * Presses the button with this custom id or label.
   * @throws Error if the person does not see the button, or if it is disabled
   */
  press(
    message: Pick<APIMessage, "id">,
    customIdOrLabel: string,
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /**
   * Chooses values in the select menu with this custom id or placeholder.
   * @param values all chosen values: for a string select by value or label, else by id or name of a user, role or channel
   * @throws Error if the person does not see the select menu, if it is disabled, or if it does not take these values
   */
  select(
    message: Pick<APIMessage, "id">,
    customIdOrPlaceholder: string,
    values: string | readonly string[],
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /**
   * Submits a modal that the bot opened for this person.
   * @param values by custom id: a text; options by value or label, users, roles and channels by id or name, one or an array of
   *   them; true or false for a checkbox; an array of `{ name, bytes, type? }` for a file upload. Inputs without a value stay
   *   as they are prefilled
   * @param options by default in the language in which the person opened the modal
   * @throws Error if the modal is not open, or if Discord's dialog would not send these values
   */
  submit(
    modal: Pick<ClientModal, "id">,
    values?: Readonly<Record<string, ModalValue>>,
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /**
   * Closes a modal without submitting it.
   * @throws Error if it is not open
   */
  dismiss(modal: Pick<ClientModal, "id">): void;
  /**
   * Posts a message.
   * @throws Error for more than 10 files, or a file of more than 10 MiB
   */
  post(content: string, files?: File[], options?: PostOptions): APIMessage;
  /** Returns the messages that the person sees, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
}

export function scriptedUser(discord: Discord, user: APIUser, waiting: Waits): ScriptedUser {
  const dm = discord.world.directChannelIds[user.username] ?? "";
  const channelOf = ({ channelId, dm: direct = false }: Where = {}) =>
    channelId ?? (direct ? dm : firstChannelId(discord.world.guilds[0]));
  const as = ({ locale = "en-US" }: InvokeOptions = {}) => {
    waiting.assertOpen();
    return { user, locale };
  };
  const follow = (interaction: Interaction) => handle(discord, waiting, interaction);
  const messages = () => messagesSeenBy(discord, user.id);
  return {
    id: user.id,
    dm,
    command: (name, values = {}, options) =>
      follow(
        invokeCommand(discord, { ...as(options), channelId: channelOf(options) }, { name, options: values }),
      ),
    autocomplete(name, option, typed, { values = {}, timeout, ...options } = {}) {
      const invocation = { ...as(options), channelId: channelOf(options) };
      const asked = askForChoices(discord, invocation, { name, option, typed, values });
      return waitForChoices(waiting, asked, timeout === undefined ? {} : { timeout });
    },
    messageCommand: (name, { id }, options) =>
      follow(invokeMessageCommand(discord, as(options), { name, messageId: id })),
    userCommand(name, userId, options) {
      const invocation = { ...as(options), channelId: channelOf(options) };
      return follow(invokeUserCommand(discord, invocation, { name, userId }));
    },
    press(message, customIdOrLabel, options) {
      const customId = findButton(discord, message, customIdOrLabel);
      return follow(pressButton(discord, as(options), { messageId: message.id, customId }));
    },
    select(message, customIdOrPlaceholder, values, options) {
      const named = typeof values === "string" ? [values] : values;
      const choice = findChoice(discord, message, { customIdOrPlaceholder, named });
      return follow(chooseInSelect(discord, as(options), choice));
    },
    submit: ({ id }, values = {}, options) =>
      follow(submitModal(discord, { ...as(), locale: options?.locale }, { modalId: id, values })),
    dismiss: ({ id }) => dismissModal(discord, as().user, id),
    post: (content, files = [], options) =>
      post(discord, as().user, {
        channelId: channelOf(options),
        content,
        files,
        replyTo: options?.replyTo?.id,
      }),
    ...scriptedThreads(discord, { as: () => as().user, defaultChannel: channelOf }),
    ...scriptedMessages(discord, { as: () => as().user, channelOf, waiting }),
    messages,
    waitForMessage: (predicate, options) =>
      waiting.until(
        () => messages().find(predicate),
        () => describeMessages(user.username, messages()),
        options,
      ),
  };
}

/** Lists messages for the error of a wait that timed out. */
export function describeMessages(who: string, messages: APIMessage[]): string {
  const lines = messages.map(({ content, author, flags, embeds, components }) =>
    JSON.stringify({ author: author.username, content, flags, embeds, components }),
  );
  return `Seen by ${who}:\n${lines.join("\n") || "(no message)"}`;
}

function findButton(discord: Discord, { id }: Pick<APIMessage, "id">, customIdOrLabel: string): string {
  const buttons = componentsOf(discord.messages.get(id).message).flatMap((component) =>
    component.type === ComponentType.Button && "custom_id" in component ? [component] : [],
  );
  const found =
    buttons.find(({ custom_id }) => custom_id === customIdOrLabel) ??
    buttons.find((button) => "label" in button && button.label === customIdOrLabel);
  return found?.custom_id ?? customIdOrLabel;
}

function handle(discord: Discord, waiting: Waits, interaction: Interaction): InvocationHandle {
  const answers = () => interaction.answerIds.flatMap((id) => discord.messages.find(id)?.message ?? []);
  const describe = () =>
    `Interaction ${interaction.id} is ${interaction.state}${interaction.modal ? " with a modal" : ""}. ${describeMessages("its user", answers())}`;
  return {
    id: interaction.id,
    answer: (options) =>
      waiting.until(
        () => {
          assertNotFailed(interaction);
          return answers().find((message) => !hasFlag(message, MessageFlags.Loading));
        },
        describe,
        options,
      ),
    modal: (options) => waitForModal(waiting, interaction, { ...options, describe }),
    async failed(options) {
      await waiting.until(() => interaction.state === "failed" || undefined, describe, options);
    },
  };
}
