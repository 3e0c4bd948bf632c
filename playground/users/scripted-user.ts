import type { APIMessage, APIUser } from "discord-api-types/v10";
import { ComponentType, MessageFlags } from "discord-api-types/v10";
import { componentsOf } from "../messages/components.ts";
import { createMessage } from "../messages/create.ts";
import { hasFlag } from "../messages/rules.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import type { OptionValue } from "./command-options.ts";
import { invokeCommand, pressButton } from "./invoke.ts";
import type { WaitOptions, Waiting } from "./wait.ts";

interface InvokeOptions {
  /** The language this person uses Discord in; "en-US" unless told. */
  locale?: string;
  /** The first channel unless told. */
  channelId?: string;
}

/** A file to post. */
interface PostedFile {
  name: string;
  bytes: Uint8Array;
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
  /** Invokes a registered slash command. Throws when there is none, or the options do not fit it. */
  command(name: string, values?: Record<string, OptionValue>, options?: InvokeOptions): InvocationHandle;
  /** Presses the button with this custom id or label. Throws when this person does not see it. */
  press(message: APIMessage, customIdOrLabel: string, options?: InvokeOptions): InvocationHandle;
  post(content: string, files?: PostedFile[], options?: Pick<InvokeOptions, "channelId">): APIMessage;
  /** What this person sees, oldest first. */
  messages(): APIMessage[];
  waitForMessage(predicate: (message: APIMessage) => boolean, options?: WaitOptions): Promise<APIMessage>;
}

export function scriptedUser(discord: Discord, user: APIUser, waiting: Waiting): ScriptedUser {
  const channelOf = ({ channelId = discord.world.channels[0]?.id ?? "" }: InvokeOptions = {}) => channelId;
  const invocation = (options: InvokeOptions = {}) => ({
    user,
    channelId: channelOf(options),
    locale: options.locale ?? "en-US",
  });
  const messages = () => discord.messages.visibleTo(user.id);
  return {
    id: user.id,
    command: (name, values = {}, options) =>
      handle(discord, waiting, invokeCommand(discord, invocation(options), { name, options: values })),
    press(message, customIdOrLabel, options) {
      const customId = findButton(discord, message, customIdOrLabel);
      return handle(
        discord,
        waiting,
        pressButton(discord, invocation(options), { messageId: message.id, customId }),
      );
    },
    post: (content, files = [], options) =>
      createMessage(discord, {
        author: user,
        channelId: channelOf(options),
        body: { content },
        files: files.map((file, index) => ({ ...file, index: String(index) })),
      }),
    messages,
    waitForMessage: (predicate, options) =>
      waiting.until(
        () => messages().find(predicate),
        () => seen(user.username, messages()),
        options,
      ),
  };
}

/** For the error of a wait that came to nothing. */
export function seen(who: string, messages: APIMessage[]): string {
  const lines = messages.map(({ content, author, flags, embeds, components }) =>
    JSON.stringify({ author: author.username, content, flags, embeds, components }),
  );
  return `Seen by ${who}:\n${lines.join("\n") || "(no message)"}`;
}

function findButton(discord: Discord, { id }: APIMessage, customIdOrLabel: string): string {
  const buttons = componentsOf(discord.messages.get(id).message).flatMap((component) =>
    component.type === ComponentType.Button && "custom_id" in component ? [component] : [],
  );
  const found =
    buttons.find(({ custom_id }) => custom_id === customIdOrLabel) ??
    buttons.find((button) => "label" in button && button.label === customIdOrLabel);
  return found?.custom_id ?? customIdOrLabel;
}

function handle(discord: Discord, waiting: Waiting, interaction: Interaction): InvocationHandle {
  const answers = () => interaction.answerIds.flatMap((id) => discord.messages.find(id)?.message ?? []);
  const describe = () =>
    `Interaction ${interaction.id} is ${interaction.state}. ${seen("its user", answers())}`;
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
