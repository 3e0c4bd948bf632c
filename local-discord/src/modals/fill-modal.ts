import type { APIAttachment } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import type { ClientModal } from "../client-protocol.ts";
import type { Discord } from "../state/discord.ts";
import { storeEphemeralFile } from "../users/ephemeral-file.ts";
import type { Invocation } from "../users/invocation.ts";
import { resolveIds } from "../users/resolve-ids.ts";
import type { Filled } from "./check-values.ts";
import { checkValues } from "./check-values.ts";
import type { ModalValue } from "./value-rules.ts";

/**
 * Returns the data of the interaction that submits the modal. Files are stored only if all values are valid.
 * @param values by custom id; an input without a value keeps what it is prefilled with
 * @throws ModalRefusedError
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
 */
export function fillModal(
  discord: Discord,
  where: Pick<Invocation, "user" | "channelId">,
  { modal, values }: { modal: ClientModal; values: Readonly<Record<string, ModalValue>> },
): { custom_id: string; components: object[]; resolved?: object } {
  const filled = checkValues(discord.world, where, { modal, values });
  const attachments: Record<string, APIAttachment> = {};
  const submitted = new Map<string, object>();
  for (const { input, entered } of filled) {
    const stored = "files" in entered ? entered.files.map((file) => storeEphemeralFile(discord, file)) : [];
    for (const attachment of stored) attachments[attachment.id] = attachment;
    const value = "files" in entered ? { values: stored.map(({ id }) => id) } : entered;
    submitted.set(input.custom_id, { ...head(input), custom_id: input.custom_id, ...value });
  }
  const resolved = {
    ...resolveIds(discord.world, where, allIds(filled)),
    ...(Object.keys(attachments).length > 0 ? { attachments } : {}),
  };
  return {
    custom_id: modal.custom_id,
    components: submittedComponents(modal, submitted),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}

function allIds(filled: readonly Filled[]) {
  const chosen = filled.map(({ ids }) => ids);
  return {
    users: chosen.flatMap(({ users = [] }) => users),
    roles: chosen.flatMap(({ roles = [] }) => roles),
    channels: chosen.flatMap(({ channels = [] }) => channels),
    mentionables: chosen.flatMap(({ mentionables = [] }) => mentionables),
  };
}

/** Returns all components of the modal, text displays included, without what the bot knows from opening it. */
function submittedComponents({ components }: ClientModal, submitted: Map<string, object>): object[] {
  const inputOf = ({ custom_id }: { custom_id: string }) => submitted.get(custom_id);
  return components.map((component) => {
    switch (component.type) {
      case ComponentType.Label:
        return { ...head(component), component: inputOf(component.component) };
      case ComponentType.ActionRow:
        return { ...head(component), components: component.components.map(inputOf) };
      case ComponentType.TextDisplay:
        return head(component);
    }
  });
}

function head({ type, id }: { type: ComponentType; id?: number }) {
  return { type, id };
}
