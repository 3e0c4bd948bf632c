import type { Directory } from "./check-command-line.ts";
import { startsWith, type Suggestions } from "./suggestions.ts";

/** Suggests people while a word that starts with @ is being typed. */
export function suggestMentions(text: string, caret: number, { users }: Directory): Suggestions | null {
  const typed = /(?<![\w@])@([\w.-]*)$/.exec(text.slice(0, caret))?.[1];
  if (typed === undefined || /^\w/.test(text.slice(caret))) return null;
  const fitting = users.filter(({ username }) => startsWith(username, typed));
  if (fitting.length === 0) return null;
  return {
    kind: "mentions",
    of: "",
    from: caret - typed.length - 1,
    to: caret,
    items: fitting.map((user) => ({
      key: user.id,
      label: user.username,
      description: "",
      insert: `@${user.username} `,
      user,
    })),
    enterAccepts: !fitting.some(({ username }) => username.toLowerCase() === typed.toLowerCase()),
  };
}
