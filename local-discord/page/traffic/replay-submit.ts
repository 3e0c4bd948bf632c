import type { APIInteraction, APIModalSubmitInteraction, ModalSubmitComponent } from "discord-api-types/v10";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { interactionCallback } from "../discord.ts";
import { eventOf } from "./event-of.ts";
import type { IdNames } from "./id-names.ts";
import { DECLARE_BYTES, fileLiteral, propertyName } from "./literals.ts";

/**
 * Finds the interaction whose answer opened the submitted modal: the person's last one before the submit that the bot answered
 * with a modal of this custom id.
 */
export function findOpener(
  submit: APIModalSubmitInteraction,
  traffic: readonly TrafficEntry[],
): APIInteraction | undefined {
  const answered = new Set(traffic.flatMap((entry) => answeredWithModal(entry, submit.data.custom_id) ?? []));
  const interactions = traffic.flatMap((entry) => eventOf(entry, "INTERACTION_CREATE") ?? []);
  const end = interactions.findIndex(({ id }) => id === submit.id);
  return interactions.slice(0, end).findLast((one) => answered.has(one.id) && userId(one) === userId(submit));
}

/** Returns the id of the interaction that is answered with such a modal, in this request or in the response to this one. */
function answeredWithModal(entry: TrafficEntry, customId: string) {
  const { title, status = 0, request } = entry;
  const id =
    entry.kind === "endpoint"
      ? eventOf(entry, "INTERACTION_CREATE")?.id
      : /^POST \/interactions\/(\d+)\//.exec(title)?.[1];
  return status < 300 && isModal(request) && request.data.custom_id === customId ? id : undefined;
}

function isModal(request: unknown): request is { data: { custom_id: string } } {
  return (
    typeof request === "object" &&
    request !== null &&
    "type" in request &&
    request.type === interactionCallback.modal
  );
}

function userId({ member, user }: APIInteraction): string | undefined {
  return (member?.user ?? user)?.id;
}

/**
 * Writes the lines that open a modal and submit it.
 * @param opening lines that repeat the interaction that opened it and end with its answer
 */
export function replaySubmit(
  { data, member, user }: APIModalSubmitInteraction,
  opening: readonly string[],
  names: IdNames,
): string[] {
  const files = data.resolved?.attachments ?? {};
  const text = (value: string) => (files[value] ? fileLiteral(files[value].filename) : names.text(value));
  const values = inputsOf(data).map((input) => {
    const key = propertyName(input.custom_id);
    if ("values" in input) return `${key}: [${input.values.map(text).join(", ")}]`;
    return `${key}: ${typeof input.value === "string" ? names.text(input.value) : input.value}`;
  });
  const declared = opening.includes(DECLARE_BYTES);
  const person = names.person(member?.user ?? user);
  return [
    ...(Object.keys(files).length > 0 && !declared ? [DECLARE_BYTES] : []),
    ...opening.map((line) => line.replace(/^const answer = (.*)\.answer\(\);$/, "const modal = $1.modal();")),
    `const answer = await ${person}.submit(modal, { ${values.join(", ")} }).answer();`,
  ];
}

function inputsOf({ components }: APIModalSubmitInteraction["data"]): ModalSubmitComponent[] {
  return components.flatMap((one) => {
    if ("components" in one) return one.components;
    return "component" in one ? [one.component] : [];
  });
}
