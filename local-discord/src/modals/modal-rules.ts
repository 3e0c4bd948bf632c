import type { APIModalInteractionResponseCallbackData } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import type { Fault, FieldFault } from "../errors.ts";
import { faultAt, invalidForm } from "../errors.ts";
import { tooWide } from "../messages/select-rules.ts";
import { inputFaults } from "./input-rules.ts";
import { locateAll, locateInputs } from "./inputs.ts";

type Modal = APIModalInteractionResponseCallbackData;

/** Limit of top-level components. The published schema has 40, the limit of messages. */
const MAX_COMPONENTS = 5;

/**
 * Checks the rules for a modal that Discord's schemas do not contain.
 * @throws DiscordError 50035
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
 */
export function assertModal(modal: Modal): void {
  const faults = [
    ...(modal.components.length > MAX_COMPONENTS ? [faultAt([], ["components", badLength])] : []),
    ...rowFaults(modal),
    ...locateInputs(modal).flatMap(({ component, path }) => inputFaults(component, path)),
    ...duplicateFaults(modal),
  ];
  if (faults.length > 0) throw invalidForm(faults);
}

/** An action row, the older form of a label, has one text input with a label. */
function rowFaults({ components }: Modal): FieldFault[] {
  return components.flatMap((row, index) => {
    if (row.type !== ComponentType.ActionRow) return [];
    const path = ["components", String(index)];
    const unlabeled = row.components.flatMap(({ label }, place): Fault[] =>
      label ? [] : [[`components.${place}.label`, fieldRequired]],
    );
    return [...tooWide(row.components), ...unlabeled].map((fault) => faultAt(path, fault));
  });
}

function duplicateFaults(modal: Modal): FieldFault[] {
  const [customIds, ids] = [new Set<string>(), new Set<number>()];
  return locateAll(modal).flatMap(({ component, path }) => {
    const faults: FieldFault[] = [];
    if ("custom_id" in component) {
      if (customIds.has(component.custom_id)) faults.push(faultAt(path, ["custom_id", customIdTaken]));
      customIds.add(component.custom_id);
    }
    if (component.id) {
      if (ids.has(component.id)) faults.push(faultAt(path, ["id", idTaken]));
      ids.add(component.id);
    }
    return faults;
  });
}

const badLength = ["BASE_TYPE_BAD_LENGTH", `Must be between 1 and ${MAX_COMPONENTS} in length.`] as const;
const fieldRequired = ["BASE_TYPE_REQUIRED", "This field is required"] as const;
const customIdTaken = ["COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"] as const;
const idTaken = ["COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"] as const;
