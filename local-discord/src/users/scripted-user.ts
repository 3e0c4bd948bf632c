import type { APIMessage, APIUser } from "discord-api-types/v10";
import { ComponentType, MessageFlags } from "discord-api-types/v10";
import { componentsOf } from "../messages/components.ts";
import { hasFlag } from "../messages/message-rules.ts";
import type { File } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { messagesSeenBy } from "../state/visibility.ts";
import type { OptionValue } from "./command-options.ts";
import { invokeCommand, invokeMessageCommand, pressButton } from "./invoke.ts";
import { post } from "./post.ts";
import type { WaitOptions, Waits } from "./wait.ts";

/** Where a person acts: in the first channel unless told. */
interface Where {
  channelId?: string;
  /** In direct messages with the bot. */
  dm?: boolean;
}

interface InvokeOptions extends Where {
  /** The language this person uses Discord in; "en-US" unless told. */
  locale?: string;
}

interface PostOptions extends Where {
  replyTo?: Pick<APIMessage, "id">;
}

/** What became of a command or a press. */
interface InvocationHandle {
  /** The interaction's id. */
  id: string;
  /** The first answer that is not (or no longer) "thinking"; rejects when the interaction fails. */
  answer(options?: WaitOptions): Promise<APIMessage>;
  /** Resolves when the bot has not acknowledged in time. */
  failed(options?: WaitOptions): Promise<void>;
}

/** One of the people, played by a test. */
export interface ScriptedUser {
  id: string;
  /** The channel of this person's direct messages with the bot. */
  dm: string;
  /**
   * Invokes a registered slash command; an attachment option takes `{ name, bytes, type? }`, one of users or channels an
   * id. Throws when there is none this person may use there, or the options do not fit it.
   */
  command(name: string, values?: Record<string, OptionValue>, options?: InvokeOptions): InvocationHandle;
  /** Uses a registered message command on a message, where that is. Throws when this person may not or does not see it. */
  messageCommand(
    name: string,
    message: Pick<APIMessage, "id">,
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /** Presses the button with this custom id or label. Throws when this person does not see it. */
  press(
    message: Pick<APIMessage, "id">,
    customIdOrLabel: string,
    options?: Pick<InvokeOptions, "locale">,
  ): InvocationHandle;
  /** Posts at most 10 files of at most 10 MiB each; throws when they are more or larger. */
  post(content: string, files?: File[], options?: PostOptions): APIMessage;
  /** What this person sees, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
}

export function scriptedUser(discord: Discord, user: APIUser, waiting: Waits): ScriptedUser {
  const dm = discord.world.directChannelIds[user.username] ?? "";
  const channelOf = ({ channelId, dm: direct = false }: Where = {}) =>
    channelId ?? (direct ? dm : (discord.world.guilds[0].channels[0]?.id ?? ""));
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
    messageCommand: (name, { id }, options) =>
      follow(invokeMessageCommand(discord, as(options), { name, messageId: id })),
    press(message, customIdOrLabel, options) {
      const customId = findButton(discord, message, customIdOrLabel);
      return follow(pressButton(discord, as(options), { messageId: message.id, customId }));
    },
    post: (content, files = [], options) =>
      post(discord, as().user, {
        channelId: channelOf(options),
        content,
        files,
        replyTo: options?.replyTo?.id,
      }),
    messages,
    waitForMessage: (predicate, options) =>
      waiting.until(
        () => messages().find(predicate),
        () => describeMessages(user.username, messages()),
        options,
      ),
  };
}

/** For the error of a wait that came to nothing. */
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
    `Interaction ${interaction.id} is ${interaction.state}. ${describeMessages("its user", answers())}`;
  return {
    id: interaction.id,
    answer: (options) =>
      waiting.until(
        () => {
          if (interaction.state === "failed") throw new Error("The application did not respond within 3 s.");
          return answers().find((message) => !hasFlag(message, MessageFlags.Loading));
        },
        describe,
        options,
      ),
    async failed(options) {
      await waiting.until(() => interaction.state === "failed" || undefined, describe, options);
    },
  };
}
