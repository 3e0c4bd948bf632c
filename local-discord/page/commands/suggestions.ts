import type { APIUser } from "discord-api-types/v10";

export interface Suggestion {
  key: string;
  label: string;
  description: string;
  /** Takes the place of the part from..to of the text. */
  insert: string;
  required?: boolean;
  /** Whom it names. */
  user?: APIUser;
}

export interface Suggestions {
  kind: "commands" | "options" | "values" | "mentions";
  /** The option or command they are for; empty for commands and people. */
  of: string;
  from: number;
  to: number;
  items: readonly Suggestion[];
  /** Whether Enter takes the first one although nobody has moved to it. */
  enterAccepts: boolean;
}

export function startsWith(name: string, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix.toLowerCase());
}
