import { PermissionFlagsBits, type RepliableInteraction } from "discord.js";
import { textsFor } from "../../texts/texts.ts";
import type { Outcome } from "../command.ts";

/** Does something for a member who can manage the server, as far as that applies in this channel or thread. Refuses others. */
export function forManagers(
  { memberPermissions, locale }: Pick<RepliableInteraction, "memberPermissions" | "locale">,
  act: () => Outcome,
): Outcome {
  return memberPermissions?.has(PermissionFlagsBits.ManageGuild)
    ? act()
    : { refusal: textsFor(locale).project.notAllowed };
}
