import type { Directory } from "../commands/check.ts";

/** `@name`, where it names somebody, as Discord's client sends it: `<@id>`. */
export function withMentions(text: string, { users }: Pick<Directory, "users">): string {
  return text.replaceAll(/(?<![\w<])@([\w.-]+)/g, (typed, name: string) => {
    // A full stop may end the sentence and not the name.
    const words = new Set([name, name.replace(/[.-]+$/, "")].map((word) => word.toLowerCase()));
    const user = users.find(({ username }) => words.has(username.toLowerCase()));
    return user === undefined ? typed : `<@${user.id}>${name.slice(user.username.length)}`;
  });
}
