import type { APIApplicationCommand, APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { Session } from "../state/state.ts";
import { languageChoices, languageOf, type Language } from "../texts/language.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { chevronIcon, globeIcon, moonIcon, sunIcon } from "../view/icons.ts";
import { useTheme } from "../view/use-theme.ts";
import { Picker } from "./picker.ts";
import { StatusDot } from "./status-dot.ts";

interface Props {
  session: Session | null;
  language: Language;
  /** The bot's commands, whose languages can be chosen. */
  commands: readonly APIApplicationCommand[];
  onUser: (user: APIUser) => void;
  onLanguage: (language: Language) => void;
}

/** The controls for person, language and theme. */
export function UserPanel({ session, language, commands, onUser, onLanguage }: Props) {
  const { texts } = useViewContext();
  const [theme, switchTheme] = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  const users = session?.users ?? [];
  const pickUser = (name: string) => {
    const user = users.find(({ username }) => username === name);
    if (user !== undefined) onUser(user);
  };
  return html`
    <section class="user-panel" aria-label=${texts.account}>
      ${session && html`<${Face} user=${session.user} />`}
      <${Picker}
        name=${texts.user}
        className="user-picker"
        value=${session?.user.username}
        options=${users.map(({ username }) => ({ value: username, label: username }))}
        onPick=${pickUser}
      >
        <span class="picker-note" aria-hidden="true">${texts.online}</span> ${chevronIcon()}
      <//>
      <${Picker}
        name=${texts.language}
        className="language-picker"
        value=${language}
        options=${languageChoices(commands, language).map(({ code, name }) => ({ value: code, label: name, lang: code }))}
        onPick=${(code: string) => onLanguage(languageOf(code) ?? language)}
      >
        ${globeIcon()}
      <//>
      <button
        type="button"
        class="icon-button"
        aria-label=${texts.theme[other]}
        title=${texts.theme[other]}
        onClick=${switchTheme}
      >
        ${other === "light" ? sunIcon() : moonIcon()}
      </button>
    </section>
  `;
}

function Face({ user }: { user: APIUser }) {
  return html`<span class="avatar-with-status"
    ><${Avatar} user=${user} size=${32} /><${StatusDot} online
  /></span>`;
}
