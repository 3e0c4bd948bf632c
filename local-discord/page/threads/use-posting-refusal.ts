import type { Place } from "../state/place.ts";
import { useViewContext } from "../view/view-context.ts";
import { permission } from "../discord.ts";
import { has, threadRights } from "./rights.ts";

/** Returns why the person cannot post in a channel; null if they can. */
export function usePostingRefusal({ guild, thread, permissions }: Place): string | null {
  const { me, texts } = useViewContext();
  if (guild === null) return null;
  if (thread === null) return has(permissions, permission.sendMessages) ? null : texts.mayNotPost;
  if (threadRights(thread, me?.id).post) return null;
  return thread.locked ? texts.threads.lockedNote : texts.threads.mayNotPost;
}
