import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { ClientInteraction } from "../../client-protocol.ts";
import type { CommandOptions } from "../commands/check.ts";
import { interactionType } from "../discord.ts";
import { postInteraction, postMessage, Refusal } from "../server/requests.ts";
import type { Action } from "../state/action.ts";
import type { Language } from "../texts/language.ts";

/** All that a person can do to the world outside this window, and to its local rows. */
export interface Actions {
  sendMessage(content: string): void;
  sendCommand(command: APIApplicationCommand, options: CommandOptions): void;
  press(message: APIMessage, customId: string): void;
  noteUnknownCommand(commandName: string): void;
  dismiss(key: string): void;
}

interface From {
  userId: string | undefined;
  channelId: string | null;
  language: Language;
  dispatch: (action: Action) => void;
}

export function useMakeActions({ userId, channelId, language, dispatch }: From): Actions | null {
  return useMemo(
    () =>
      userId === undefined || channelId === null
        ? null
        : makeActions({ userId, channelId, language, dispatch }),
    [userId, channelId, language, dispatch],
  );
}

function makeActions({
  userId,
  channelId,
  language,
  dispatch,
}: From & { userId: string; channelId: string }): Actions {
  const sender = () => ({ user_id: userId, nonce: crypto.randomUUID() });
  const refuse = (nonce: string) => (error: unknown) =>
    dispatch({ type: "refused", nonce, reason: error instanceof Refusal ? error.message : null });
  const interact = (interaction: ClientInteraction) => {
    postInteraction(interaction).catch(refuse(interaction.nonce));
  };
  return {
    sendMessage(content) {
      const from = sender();
      dispatch({ type: "messageSent", nonce: from.nonce, channelId, at: Date.now(), content });
      postMessage(channelId, { ...from, content })
        .then((message) => dispatch({ type: "delivered", nonce: from.nonce, message }))
        .catch(refuse(from.nonce));
    },
    sendCommand({ id, name }, options) {
      const from = sender();
      dispatch({ type: "commandSent", nonce: from.nonce, channelId, at: Date.now(), commandName: name });
      const data = { id, name, type: 1, options } as const;
      interact({ ...from, channel_id: channelId, locale: language, type: interactionType.command, data });
    },
    press(message, customId) {
      const from = sender();
      dispatch({ type: "pressed", nonce: from.nonce, messageId: message.id, customId });
      interact({
        ...from,
        channel_id: message.channel_id,
        locale: language,
        type: interactionType.component,
        message_id: message.id,
        data: { component_type: 2, custom_id: customId },
      });
    },
    noteUnknownCommand(commandName) {
      dispatch({
        type: "unknownCommandTyped",
        nonce: sender().nonce,
        channelId,
        at: Date.now(),
        commandName,
      });
    },
    dismiss(key) {
      dispatch({ type: "dismissed", key });
    },
  };
}

const ActionsContext = createContext<Actions | null>(null);

export const ActionsProvider = ActionsContext.Provider;

/** Null while nobody is signed in. */
export function useActions(): Actions | null {
  return useContext(ActionsContext);
}
