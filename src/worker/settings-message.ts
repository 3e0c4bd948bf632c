import { ButtonStyle, ComponentType, MessageFlags } from "discord-api-types/v10";
import type { CustomId } from "../jobs/custom-id.ts";
import { formatSettings } from "../jobs/settings-text.ts";
import type { ProjectSettings } from "../project/definition.ts";
import type { Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import { button, textDisplay } from "./message-parts.ts";

/** A message made of components. */
export type ComponentMessage = AnswerMessage & Required<Pick<AnswerMessage, "components" | "flags">>;

/** The settings of a project, with a button that opens the form filled from them. */
export function settingsMessage(
  { project, title, settings }: { project: string; title: string; settings: ProjectSettings },
  texts: Texts,
): ComponentMessage {
  const edit = { label: texts.projectAnswers.edit, id: { kind: "edit-project", project } as const };
  return message(title, settings, edit, texts);
}

/** Settings that were not saved, with a button that opens the form filled from them. */
export function refusedSettings(
  refused: {
    /** Null if it was to be created. */
    project: string | null;
    why: string;
    settings: ProjectSettings;
    /** Whether there were files, which are lost. */
    hadFiles: boolean;
  },
  texts: Texts,
): ComponentMessage {
  const { project, why, settings, hadFiles } = refused;
  const t = texts.project.refusal;
  const title = [why, ...(hadFiles ? [t.filesAgain] : []), t.typed].join("\n");
  return message(title, settings, { label: t.correct, id: { kind: "correct-project", project } }, texts);
}

function message(
  title: string,
  settings: ProjectSettings,
  { label, id }: { label: string; id: CustomId },
  texts: Texts,
): ComponentMessage {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      textDisplay(title),
      ...settingsTexts(settings, texts),
      { type: ComponentType.ActionRow, components: [button(label, id, ButtonStyle.Primary)] },
    ],
  };
}

/** The settings of a project, one text each. The ids of the components say which. */
export function settingsTexts(settings: ProjectSettings, { project: t }: Texts) {
  return formatSettings(settings, t.settings).map(({ id, content }) => textDisplay(content, id));
}
