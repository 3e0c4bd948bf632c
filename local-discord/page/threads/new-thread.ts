import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { channelType } from "../discord.ts";
import { Dialog } from "../modal/dialog.ts";
import { ModalForm } from "../modal/modal-form.ts";
import type { OnSubmit } from "../modal/use-modal-form.ts";
import { RefusedError } from "../server/requests.ts";
import type { Place } from "../state/place.ts";
import type { OpenModal } from "../state/state.ts";
import { useActions } from "../view/actions.ts";
import { threadIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";
import { newThread, newThreadInputs } from "./new-thread-form.ts";

interface Props {
  channel: Place;
  /** The message from which the thread is created. */
  message: APIMessage | null;
  connected: boolean;
}

/** The dialog for a new thread, or for a new post in a forum. It opens the thread when it is there. */
export function NewThread({ channel, message, connected }: Props) {
  const { texts } = useViewContext();
  const actions = useActions();
  const leave = useRef(() => {});
  const isPost = channel.type === channelType.guildForum;
  const components = useMemo(() => newThreadInputs(channel, message, texts), []);
  const { submission, submit } = useCreateThread(message, { isPost });
  const title = isPost ? texts.threads.newPost : texts.threads.create;
  return html`
    <${Dialog} id="new-thread" leave=${leave}>
      <${ModalForm}
        modal=${{ id: "new-thread", title, components, submission }}
        connected=${connected}
        leave=${leave}
        sign=${threadIcon(28)}
        submitLabel=${isPost ? texts.threads.publish : texts.threads.create}
        onSubmit=${submit}
        onClose=${() => actions?.closeDialog()}
      />
    <//>
  `;
}

function useCreateThread(message: APIMessage | null, { isPost }: { isPost: boolean }) {
  const { threads, texts } = useViewContext();
  const actions = useActions();
  const [submission, setSubmission] = useState<OpenModal["submission"]>(null);
  const [createdId, setCreatedId] = useState<string | null>(null);
  useEffect(() => {
    if (createdId !== null && threads.has(createdId)) actions?.show(createdId);
  }, [createdId, threads]);
  const attempt = { nonce: "", reason: null, errors: {} };
  const submit: OnSubmit = (data, files) => {
    const thread = newThread(data, message);
    if (isPost && thread.content === undefined && files.length === 0) {
      const errors = { content: texts.threads.emptyPost };
      setSubmission({ ...attempt, status: "failed", errors });
      return;
    }
    setSubmission({ ...attempt, status: "sending" });
    actions?.createThread(thread, files).then(setCreatedId, (error: unknown) => {
      const reason = error instanceof RefusedError ? error.message : null;
      setSubmission({ ...attempt, status: "failed", reason });
    });
  };
  return { submission, submit };
}
