import type { ButtonInteraction } from "discord.js";
import { customIdsIn, type CustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, Outcome } from "./command.ts";
import { componentsOf, pressReferenceTo, referenceTo } from "./reference.ts";

/** Shows the images that wait for approval. */
export function openReview(
  interaction: ButtonInteraction,
  { project }: Extract<CustomId, { kind: "review" }>,
  settings: CommandSettings,
): Outcome {
  const reference = referenceTo(interaction, settings);
  return { job: { kind: "review", interaction: reference, project } };
}

/** Decides about one image that waits. */
export function decideOne(
  interaction: ButtonInteraction,
  { image, project, approve }: Extract<CustomId, { kind: "decide" }>,
  settings: CommandSettings,
): Outcome {
  return decide(interaction, { images: [image], project, approve }, settings);
}

/** Decides about all images that the message shows. */
export function decideAll(
  interaction: ButtonInteraction,
  { project, approve }: Extract<CustomId, { kind: "decide-all" }>,
  settings: CommandSettings,
): Outcome {
  const shown = customIdsIn(componentsOf(interaction.message)).flatMap((id) =>
    id.kind === "decide" && id.project === project ? [id.image] : [],
  );
  const images = [...new Set(shown)];
  if (images.length === 0) return { refusal: textsFor(interaction.locale).review.none };
  return decide(interaction, { images, project, approve }, settings);
}

function decide(
  interaction: ButtonInteraction,
  decision: { images: string[]; project: string | null; approve: boolean },
  settings: CommandSettings,
): Outcome {
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "decide", ...reference, ...decision } };
}
