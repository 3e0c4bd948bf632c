import { PermissionFlagsBits, type RepliableInteraction } from "discord.js";
import { textsFor } from "../../texts/texts.ts";
import type { Outcome, Subcommand } from "../command.ts";
import { referenceTo } from "../reference.ts";

/** Does something for a member who can manage the server, as far as that applies in this channel or thread. Refuses others. */
export function forManagers(
  { memberPermissions, locale }: Pick<RepliableInteraction, "memberPermissions" | "locale">,
  act: () => Outcome,
): Outcome {
  return memberPermissions?.has(PermissionFlagsBits.ManageGuild)
    ? act()
    : { refusal: textsFor(locale).project.notAllowed };
}

/** What a subcommand does that queues a job for members who can manage the server, and answers privately. */
export function managersJob(kind: "project-settings" | "offer-closing"): Subcommand["execute"] {
  return (interaction, settings) =>
    forManagers(interaction, () => ({
      job: { kind, interaction: referenceTo(interaction, settings) },
    }));
}
