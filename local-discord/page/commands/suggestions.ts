import type { APIUser } from "discord-api-types/v10";

export interface Suggestion {
  key: string;
  label: string;
  description: string;
  /** Text that replaces the part from..to. */
  insert: string;
  required?: boolean;
  /** The person that is suggested. */
  user?: APIUser;
}

export interface Suggestions {
  kind: "commands" | "options" | "values" | "mentions";
  /** Name of the command or option that they belong to; empty for commands and people. */
  of: string;
  from: number;
  to: number;
  items: readonly Suggestion[];
  /** What is shown if the bot suggests these values: that they are still loading, that it failed to, or that there are none. */
  status?: "loading" | "none" | "failed";
  /** Whether Enter accepts the first one even if the person has not moved to it. */
  enterAccepts: boolean;
}

export function startsWith(name: string, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix.toLowerCase());
}
