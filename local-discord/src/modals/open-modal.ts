import type { APIModalInteractionResponseCallbackData } from "discord-api-types/v10";
import { InteractionType } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";
import { removeNulls } from "../messages/remove-nulls.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { locateAll } from "./inputs.ts";
import { assertModal } from "./modal-rules.ts";

type ModalData = APIModalInteractionResponseCallbackData;

/**
 * Checks that an interaction can be answered with a modal: all but the submit of a modal can.
 * @throws DiscordError 50035
 * @see https://github.com/Rapptz/discord.py/issues/9187
 */
export function assertCanOpenModal({ type }: Pick<Interaction, "type">): void {
  if (type !== InteractionType.ModalSubmit) return;
  const message = "Value must be one of {4, 5, 6, 7, 10, 12}.";
  throw invalidForm([{ path: ["type"], code: "BASE_TYPE_CHOICES", message }]);
}

/**
 * Opens a modal for the person of an interaction.
 * @throws DiscordError 50035
 */
export function openModal(discord: Discord, interaction: Interaction, data: ModalData): void {
  assertModal(data);
  const modal = { id: discord.nextSnowflake(), ...completed(data) };
  interaction.modal = modal;
  discord.modals.open(interaction, modal);
  discord.events.emit({ t: "MODAL_CREATE", d: { interaction, modal } });
}

/** Returns the modal without fields that are null, and with ids for the components to which the bot gave none or 0. */
function completed(data: ModalData): ModalData {
  const modal: ModalData = structuredClone(data);
  const all = locateAll(modal).map(({ component }) => component);
  for (const component of all) {
    removeNulls(component);
    if (component.id === 0) delete component.id;
    if ("options" in component) component.options.forEach(removeNulls);
  }
  const taken = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all) {
    while (taken.has(next)) next += 1;
    if (component.id === undefined) taken.add((component.id = next));
  }
  return modal;
}
