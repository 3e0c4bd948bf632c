import type { ClientModal } from "../client-protocol.ts";
import type { Interaction } from "../state/interactions.ts";
import type { WaitOptions, Waits } from "../users/wait.ts";
import { assertNotFailed } from "../users/wait.ts";

/**
 * Resolves with the modal that the bot opens in answer to an interaction. Rejects if the interaction fails, or if the bot
 * answers otherwise.
 * @param describe the state of the interaction, for errors
 */
export function waitForModal(
  waiting: Waits,
  interaction: Interaction,
  { describe, ...options }: WaitOptions & { describe: () => string },
): Promise<ClientModal> {
  return waiting.until(
    () => {
      if (interaction.modal) return interaction.modal;
      assertNotFailed(interaction);
      if (interaction.state === "pending") return undefined;
      throw new Error(`The bot answered without a modal. ${describe()}`);
    },
    describe,
    options,
  );
}
