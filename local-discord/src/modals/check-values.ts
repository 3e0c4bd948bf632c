import type { ClientModal } from "../client-protocol.ts";
import { isSelect } from "../messages/select-rules.ts";
import type { World } from "../state/world.ts";
import type { Invocation } from "../users/invocation.ts";
import { NotAllowedError } from "../users/not-allowed.ts";
import type { ChosenIds } from "../users/resolve-ids.ts";
import { valuesNamed } from "../users/select.ts";
import { selectedIds } from "../users/selection.ts";
import type { ModalInput } from "./inputs.ts";
import { locateInputs } from "./inputs.ts";
import { ModalRefusedError } from "./modal-refused.ts";
import type { Entered, ModalValue } from "./value-rules.ts";
import { enter, prefilled, textsIn } from "./value-rules.ts";

type Where = Pick<Invocation, "user" | "channelId">;

/** An input with the value that the person entered. */
export interface Filled {
  input: ModalInput;
  entered: Entered;
  /** Ids of users, roles and channels that the person chose. */
  ids: ChosenIds;
}

/**
 * Checks the values of a modal.
 * @param values by custom id; an input without a value keeps what it is prefilled with
 * @throws ModalRefusedError that names every invalid value
 */
export function checkValues(
  world: World,
  where: Where,
  { modal, values }: { modal: ClientModal; values: Readonly<Record<string, ModalValue>> },
): Filled[] {
  const inputs = locateInputs(modal).map(({ component }) => component);
  const unknown = Object.keys(values).filter((id) => !inputs.some(({ custom_id }) => custom_id === id));
  const errors = Object.fromEntries(unknown.map((id) => [id, "The modal has no such input."]));
  const filled = inputs.flatMap((input) => {
    try {
      const { [input.custom_id]: value = prefilled(input) } = values;
      return [fill(world, where, { input, value })];
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
      errors[input.custom_id] = error.message;
      return [];
    }
  });
  if (Object.keys(errors).length > 0) throw new ModalRefusedError(modal.title, errors);
  return filled;
}

function fill(
  world: World,
  where: Where,
  { input, value }: { input: ModalInput; value: ModalValue },
): Filled {
  if (!isSelect(input)) return { input, entered: enter(input, value), ids: {} };
  const values = valuesNamed(world, { select: input, channelId: where.channelId }, textsIn(value));
  const optional = input.required === false;
  if (values.length === 0 && !optional) throw new NotAllowedError("Required.");
  return { input, entered: { values }, ids: selectedIds(world, where, { select: input, values, optional }) };
}
