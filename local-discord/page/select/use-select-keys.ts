import { useRef } from "preact/hooks";
import type { SelectChoice } from "./choices.ts";
import { findTyped, keyMeaning, movedBy } from "./key-meaning.ts";

/** Milliseconds after which typing starts a new search. */
const TYPING_PAUSE_MS = 700;

interface List {
  open: boolean;
  choices: readonly SelectChoice[];
  active: number;
  searchable: boolean;
  /** Whether there is text in the search field. */
  searching: boolean;
}

interface Commands {
  openList: (at?: number) => void;
  close: () => void;
  /** Closes the list, and leaves the focus where it goes. */
  leave: () => void;
  choose: (choice: SelectChoice) => void;
  clear: () => void;
  clearable: boolean;
  setActive: (index: number) => void;
}

/** Returns the handler for the keys of a select menu, open or closed. */
export function useSelectKeys(list: List, commands: Commands): (event: KeyboardEvent) => void {
  const typed = useRef({ text: "", at: 0, open: false });
  const { open, choices, active } = list;
  const goTo = (index: number | undefined) => {
    if (!open) commands.openList(index);
    else if (index !== undefined) commands.setActive(index);
  };
  const type = (letter: string) => {
    const { text, at, open: wasOpen } = typed.current;
    const now = Date.now();
    // Typing opens the list, so the second letter belongs to the first. After the list closed, it does not.
    const goesOn = now - at < TYPING_PAUSE_MS && (open || !wasOpen);
    typed.current = { text: goesOn ? text + letter : letter, at: now, open: true };
    goTo(findTyped(choices, typed.current.text, open ? active : -1));
  };
  return (event) => {
    const meaning = keyMeaning(event, list);
    if (meaning === null) return;
    if (meaning === "leave") return commands.leave();
    event.preventDefault();
    event.stopPropagation();
    const choice = choices[active];
    if (meaning === "close") commands.close();
    else if (meaning === "type") type(event.key);
    else if (meaning !== "choose" && meaning !== "clear") goTo(movedBy(meaning, list));
    else if (meaning === "choose" && choice) commands.choose(choice);
    else if (meaning === "clear" && commands.clearable) commands.clear();
  };
}
