/** Name of the parameter that holds the bot token of a stack. */
export function tokenParameterOf(name: string): string {
  return `/${name}/discord-token`;
}
