import type {
  APIApplicationCommand,
  APIMessage,
  APISelectMenuComponent,
  APIUser,
} from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type {
  ClientInteraction,
  ClientMenuCommandInteraction,
  ClientModalSubmit,
} from "../../src/client-protocol.ts";
import type { ChoicesQuestion } from "../commands/autocompletion.ts";
import type { CommandOptions } from "../commands/check-command-line.ts";
import type { Invocable } from "../commands/invocables.ts";
import { commandType, componentType, interactionType } from "../discord.ts";
import { postInteraction, postMessage, RefusedError } from "../server/requests.ts";
import type { Action } from "../state/action.ts";
import type { Note, OpenModal } from "../state/state.ts";
import type { Language } from "../texts/language.ts";
import { makeMessageActions, type MessageActions } from "./message-actions.ts";
import { makeThreadActions, type ThreadActions } from "./thread-actions.ts";

/** Everything that a person can do besides moving around: sending, pressing, dismissing. */
export interface Actions extends ThreadActions, MessageActions {
  sendMessage(content: string, files: readonly File[]): void;
  /** The values of attachment options are indexes of `files`. */
  sendCommand(invocable: Invocable, options: CommandOptions, files: readonly File[]): void;
  /** Asks the bot for choices of an option that is being filled in. Returns the nonce of the answer. */
  askForChoices(question: ChoicesQuestion): string;
  sendMessageCommand(command: APIApplicationCommand, message: APIMessage): void;
  sendUserCommand(command: APIApplicationCommand, user: APIUser): void;
  press(message: APIMessage, customId: string): void;
  select(message: APIMessage, component: APISelectMenuComponent, values: readonly string[]): void;
  /** The values of file uploads are indexes of `files`. */
  submitModal(modal: OpenModal, data: ClientModalSubmit["data"], files: readonly File[]): void;
  closeModal(modal: OpenModal): void;
  note(note: Note): void;
  dismiss(key: string): void;
}

type MenuCommand = ClientMenuCommandInteraction["data"];

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
  const on = ({ id, channel_id }: APIMessage) => ({ message_id: id, channel_id, locale: language });
  const refuse = (nonce: string) => (error: unknown) =>
    error instanceof RefusedError
      ? dispatch({ type: "refused", nonce, reason: error.message, errors: error.errors })
      : dispatch({ type: "refused", nonce, reason: null });
  const noteRefusal = (error: unknown) => {
    const reason = error instanceof RefusedError ? error.message : null;
    dispatch({
      type: "noted",
      nonce: sender().nonce,
      channelId,
      at: Date.now(),
      note: { of: "refused", reason },
    });
  };
  const interact = (interaction: ClientInteraction, files?: readonly File[]) => {
    postInteraction(interaction, files).catch(refuse(interaction.nonce));
  };
  const sendMenuCommand = (where: string, data: MenuCommand) => {
    const from = sender();
    dispatch({ type: "commandSent", nonce: from.nonce, channelId: where, at: Date.now(), title: data.name });
    interact({ ...from, channel_id: where, locale: language, type: interactionType.command, data });
  };
  return {
    ...makeThreadActions({ userId, channelId, dispatch, noteRefusal }),
    ...makeMessageActions({ userId, channelId, noteRefusal }),
    sendMessage(content, files) {
      const from = sender();
      // A pending message shows the names of its files, which is enough for the short time.
      const shown = [content, ...files.map(({ name }) => name)].filter((part) => part !== "").join("\n");
      dispatch({ type: "messageSent", nonce: from.nonce, channelId, at: Date.now(), content: shown });
      postMessage(channelId, { ...from, content }, files)
        .then((message) => dispatch({ type: "delivered", nonce: from.nonce, message }))
        .catch(refuse(from.nonce));
    },
    sendCommand({ command: { id }, name }, options, files) {
      const from = sender();
      const title = `/${name}`;
      dispatch({ type: "commandSent", nonce: from.nonce, channelId, at: Date.now(), title });
      const data = { id, name, type: commandType.chatInput, options } as const;
      const where = { channel_id: channelId, locale: language };
      interact({ ...from, ...where, type: interactionType.command, data }, files);
    },
    askForChoices({ invocable: { command, name }, options }) {
      const from = sender();
      dispatch({ type: "choicesAsked", nonce: from.nonce });
      const data = { id: command.id, name, type: commandType.chatInput, options } as const;
      const where = { channel_id: channelId, locale: language };
      interact({ ...from, ...where, type: interactionType.autocomplete, data });
      return from.nonce;
    },
    sendMessageCommand: ({ id, name }, message) =>
      sendMenuCommand(message.channel_id, { id, name, type: commandType.message, target_id: message.id }),
    sendUserCommand: ({ id, name }, user) =>
      sendMenuCommand(channelId, { id, name, type: commandType.user, target_id: user.id }),
    press(message, customId) {
      const from = sender();
      dispatch({ type: "pressed", nonce: from.nonce, messageId: message.id, customId });
      const data = { component_type: componentType.button, custom_id: customId } as const;
      interact({ ...from, ...on(message), type: interactionType.component, data });
    },
    select(message, { type, custom_id: customId }, values) {
      const from = sender();
      const { id: messageId, edited_timestamp: messageEditedAt } = message;
      const selection = { messageId, customId, values, messageEditedAt };
      dispatch({ type: "selected", nonce: from.nonce, selection });
      const data = { component_type: type, custom_id: customId, values: [...values] };
      interact({ ...from, ...on(message), type: interactionType.component, data });
    },
    submitModal({ id, channelId: openedIn }, data, files) {
      const from = sender();
      dispatch({ type: "modalSubmitted", nonce: from.nonce });
      const where = { channel_id: openedIn, locale: language };
      interact({ ...from, ...where, type: interactionType.modalSubmit, modal_id: id, data }, files);
    },
    closeModal({ id }) {
      dispatch({ type: "modalClosed", id });
    },
    note(note) {
      dispatch({ type: "noted", nonce: sender().nonce, channelId, at: Date.now(), note });
    },
    dismiss(key) {
      dispatch({ type: "dismissed", key });
    },
  };
}

const ActionsContext = createContext<Actions | null>(null);

export const ActionsProvider = ActionsContext.Provider;

/** Returns the actions; null before READY. */
export function useActions(): Actions | null {
  return useContext(ActionsContext);
}
