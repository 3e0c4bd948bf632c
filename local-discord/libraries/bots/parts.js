/** What all bots send, in Discord's JSON: for libraries that take it as it is. */

export const COMMANDS = [
  { name: "slow", description: "Thinks before it answers" },
  { name: "menu", description: "Shows a button" },
  { name: "form", description: "Opens a modal" },
  { name: "file", description: "Answers with a file" },
  { name: "card", description: "Answers in Components V2" },
];

/** Milliseconds that /slow thinks. */
export const THINKING_MS = 100;

export const BUTTON_ROW = {
  type: 1,
  components: [{ type: 2, style: 1, label: "Press me", custom_id: "press" }],
};

export const MODAL = {
  title: "Form",
  custom_id: "form",
  components: [{ type: 18, label: "Text", component: { type: 4, style: 1, custom_id: "text" } }],
};

export const FILE = { name: "hello.txt", text: "hello" };

/** Message flag IS_COMPONENTS_V2. */
export const COMPONENTS_V2 = 1 << 15;
export const CARD = { type: 17, components: [{ type: 10, content: "# Card" }] };

export const GUILDS = 1 << 0;
export const GUILD_MESSAGES = 1 << 9;
export const MESSAGE_CONTENT = 1 << 15;
