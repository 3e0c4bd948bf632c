import { html } from "htm/preact";
import { isTyped, type CommandLine, type Option } from "../commands/command-line.ts";
import { localDescription, localName, localSummary, localTitle } from "../commands/localize.ts";
import { useViewContext } from "../view/view-context.ts";
import { Avatar } from "../view/avatar.ts";

export const hintId = "command-hint";

interface Props {
  line: CommandLine;
  caret: number;
}

/** The description and options of a command, above the composer while the command is being typed. */
export function CommandHint({ line, caret }: Props) {
  const { language, bot } = useViewContext();
  const { invocable, values } = line;
  // Attachment options are shown in the composer itself.
  const options = line.options.filter(isTyped);
  const current = values.findLast((value) => value.from <= caret)?.option ?? nextOption(line);
  return html`
    <div class="command-hint" id=${hintId}>
      <p class="hint-command">
        ${bot && html`<${Avatar} user=${bot} size=${20} />`}
        <strong>/${localTitle(invocable, language)}</strong>
        <span>${localSummary(invocable, language)}</span>
      </p>
      ${
        options.length > 0 &&
        html`<ul class="option-pills">
          ${options.map((option) => {
            const given = values.some((value) => value.option === option && value.text !== "");
            return html`<${OptionPill}
              key=${option.name}
              option=${option}
              given=${given}
              current=${option === current}
            />`;
          })}
        </ul>`
      }
    </div>
  `;
}

function OptionPill({ option, given, current }: { option: Option; given: boolean; current: boolean }) {
  const { language, texts } = useViewContext();
  const classes = ["option-pill", given && "given", current && "current"].filter(Boolean).join(" ");
  return html`
    <li class=${classes}>
      <span class="option-name">${localName(option, language)}</span>
      <span class=${option.required ? "required-mark" : "optional-mark"}>
        ${option.required ? texts.required : texts.optional}
      </span>
      ${current && html`<span class="option-description">${localDescription(option, language)}</span>`}
    </li>
  `;
}

function nextOption({ options, values }: CommandLine): Option | undefined {
  return options.filter(isTyped).find((option) => !values.some((value) => value.option === option));
}
