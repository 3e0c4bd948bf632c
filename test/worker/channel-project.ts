import {
  ComponentType,
  MessageFlags,
  type APIButtonComponentWithCustomId,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
} from "discord.js";
import type { HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";

/** What a person types into the form of a project. */
export const CATS = { question: "Cat, dog or neither?", labels: "Cat\nDog\nNeither", unsure: true };

export interface CreatedProject {
  id: string;
  announcement: APIMessage;
}

/** Makes a channel a project as the owner of its server does. @param images number of first images, all different */
export async function createProject(
  { discord }: Pick<HotdogBot, "discord">,
  {
    form = CATS,
    channelId = discord.channelId,
    images = 0,
    ...waiting
  }: { form?: object; channelId?: string; images?: number; timeout?: number } = {},
): Promise<CreatedProject> {
  const isSecondGuild = discord.guilds[1]?.channels.some(({ id }) => id === channelId);
  const owner = discord.user(isSecondGuild ? "mustard" : "ketchup");
  const modal = await owner.command("project create", {}, { channelId }).modal(waiting);
  const files = await picturesOf(images);
  const submit = owner.submit(modal, { ...form, images: files });
  return { id: submit.id, announcement: await submit.answer(waiting) };
}

/** Tests add images with smaller numbers to the hot dogs. */
let made = 1_000;

/** Files of images that no other call makes. */
export async function picturesOf(count: number): Promise<{ name: string; bytes: Buffer }[]> {
  const numbers = Array.from({ length: count }, () => (made += 1));
  return Promise.all(
    numbers.map(async (number) => ({ name: `${number}.png`, bytes: await plainPng(number) })),
  );
}

function inside(components: readonly APIMessageTopLevelComponent[]): readonly object[] {
  return components.flatMap((component) => [
    component,
    ...("components" in component ? inside(component.components as APIMessageTopLevelComponent[]) : []),
  ]);
}

/** All components of a message, nested ones included. */
export function componentsIn({ components = [] }: APIMessage): readonly { type: ComponentType }[] {
  return inside(components) as { type: ComponentType }[];
}

/** The buttons of a message, without the one that every round has below its images. */
export function buttonsIn(message: APIMessage): APIButtonComponentWithCustomId[] {
  return componentsIn(message).filter(
    (component): component is APIButtonComponentWithCustomId =>
      component.type === ComponentType.Button &&
      "custom_id" in component &&
      !("label" in component && component.label === "Label alone"),
  );
}

export function selectsIn(message: APIMessage): APIStringSelectComponent[] {
  return componentsIn(message).filter(
    (component): component is APIStringSelectComponent => component.type === ComponentType.StringSelect,
  );
}

/** Everything that a message says, outside of its buttons. */
export function textOf(message: APIMessage): string {
  const texts = componentsIn(message).flatMap((component) =>
    "content" in component ? [String(component.content)] : [],
  );
  const embeds = message.embeds.flatMap(({ title = "", description = "" }) => [title, description]);
  return [message.content, ...texts, ...embeds].join("\n").trim();
}

export function isPrivate({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}
