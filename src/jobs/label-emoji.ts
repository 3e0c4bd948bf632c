/** An emoji as buttons and select menus take it. */
export interface LabelEmoji {
  /** Set for a server's emoji, and unset for one of Unicode. */
  id?: string;
  name: string;
  animated?: boolean;
}

/** How a button shows a label. */
interface SplitLabel {
  emoji?: LabelEmoji;
  /** Never empty. */
  name: string;
}

const SERVER_EMOJI = /^<(?<animated>a?):(?<name>\w{2,32}):(?<id>\d{17,20})>/;
const UNICODE_EMOJI = /^\p{RGI_Emoji}/v;

/**
 * Splits a label that starts with an emoji. A label that is only an emoji has the name of a server's emoji, or stays a text.
 * @see https://discord.com/developers/docs/reference#message-formatting-formats
 */
export function splitEmoji(label: string): SplitLabel {
  const server = SERVER_EMOJI.exec(label);
  if (server !== null) {
    const { id = "", name = "", animated } = server.groups ?? {};
    const emoji = { id, name, ...(animated === "a" && { animated: true }) };
    return { emoji, name: label.slice(server[0].length).trim() || name };
  }
  const [unicode = ""] = UNICODE_EMOJI.exec(label) ?? [];
  const name = label.slice(unicode.length).trim();
  return unicode === "" || name === "" ? { name: label } : { emoji: { name: unicode }, name };
}
