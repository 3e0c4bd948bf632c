import type { Place } from "../state/place.ts";
import { useViewContext } from "../view/view-context.ts";
import { threadRights } from "./rights.ts";

/** Returns why the person cannot post in a channel; null if they can. */
export function usePostingRefusal({ guild, thread }: Place): string | null {
  const { me, texts } = useViewContext();
  if (guild === null || thread === null || threadRights(guild, thread, me?.id).post) return null;
  return thread.locked ? texts.threads.lockedNote : texts.threads.mayNotPost;
}
