import type { APIUser } from "discord-api-types/v10";
import { InteractionType } from "discord-api-types/v10";
import { isIn } from "../state/visibility.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import type { OpenModal } from "../state/modals.ts";
import { startInteraction } from "../users/invocation.ts";
import { NotAllowedError } from "../users/not-allowed.ts";
import { fillModal } from "./fill-modal.ts";
import type { ModalValue } from "./value-rules.ts";

interface Submit {
  modalId: string;
  /** By custom id. */
  values: Readonly<Record<string, ModalValue>>;
}

/** Who submits a modal. The language is that in which it was opened if it is missing. */
interface Submitter {
  user: APIUser;
  locale?: string | undefined;
  nonce?: string;
}

/**
 * Submits a modal that is open. It closes when the bot acknowledges that; if the bot fails to, the person can try again.
 * @throws NotAllowedError if it is not open; ModalRefusedError for values that Discord's dialog would not send
 */
export function submitModal(
  discord: Discord,
  { user, locale, nonce }: Submitter,
  { modalId, values }: Submit,
): Interaction {
  const open = findOpen(discord, user.id, modalId);
  if (open.submit?.state === "pending") throw new NotAllowedError("The modal is being submitted.");
  const { modal, opener } = open;
  const { channelId, sourceMessageId } = opener;
  if (!isIn(discord.world, user.id, channelId)) throw new NotAllowedError("There is no such channel.");
  const where = {
    user,
    channelId,
    locale: locale ?? opener.locale,
    ...(nonce === undefined ? {} : { nonce }),
  };
  const data = fillModal(discord, where, { modal, values });
  const message = sourceMessageId === null ? undefined : discord.messages.find(sourceMessageId)?.message;
  const kind = { type: InteractionType.ModalSubmit, openedBy: opener, sourceMessageId } as const;
  open.submit = startInteraction(discord, where, { ...kind, data, ...(message ? { message } : {}) });
  return open.submit;
}

/**
 * Closes a modal without submitting it. The bot does not notice.
 * @throws NotAllowedError if it is not open
 */
export function dismissModal(discord: Discord, user: Pick<APIUser, "id">, modalId: string): void {
  findOpen(discord, user.id, modalId);
  discord.modals.close(user.id, modalId);
}

function findOpen({ modals }: Discord, userId: string, modalId: string): OpenModal {
  const open = modals.find(userId, modalId);
  if (open) return open;
  throw new NotAllowedError("The modal is not open: it was submitted or dismissed, or another was opened.");
}
