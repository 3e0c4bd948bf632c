import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { downIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";
import { messageElement } from "./message-element.ts";

interface Props {
  /** Answers to the person that are out of sight. */
  answers: readonly APIMessage[];
  atBottom: boolean;
  onJump: () => void;
}

/** The bar above the composer while the reader is not at the end. It leads to new answers, or else to the end. */
export function FootBar({ answers, atBottom, onJump }: Props) {
  const { texts } = useViewContext();
  const [first] = answers;
  return html`
    <div role="status">
      ${
        first &&
        html`<${Bar}
          className="jump-to-present new-answer"
          text=${texts.newAnswers(displayName(first.author), answers.length)}
          action=${texts.show}
          onPress=${() => showMessage(first.id)}
        />`
      }
    </div>
    ${
      !first &&
      !atBottom &&
      html`<${Bar}
        className="jump-to-present"
        text=${texts.viewingOlder}
        action=${texts.jumpToPresent}
        onPress=${onJump}
      />`
    }
  `;
}

interface BarProps {
  className: string;
  text: string;
  action: string;
  onPress: () => void;
}

function Bar({ className, text, action, onPress }: BarProps) {
  return html`
    <button type="button" class=${className} onClick=${onPress}>
      <span>${text}</span>
      <span class="jump-action">${action} ${downIcon(16)}</span>
    </button>
  `;
}

/** Scrolls to a message, and moves the focus there, because the pressed bar disappears. */
function showMessage(id: string): void {
  const element = messageElement.find(id);
  if (element === null) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}
