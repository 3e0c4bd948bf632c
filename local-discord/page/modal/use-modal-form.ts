import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ClientModalSubmit } from "../../src/client-protocol.ts";
import type { OpenModal } from "../state/state.ts";
import { initialParts, isChanged, isField, type Field, type Part } from "./fields.ts";
import { focusField } from "./focus.ts";
import { problemsIn, recheck, type Problem, type Problems } from "./problems.ts";
import { submissionOf } from "./submission.ts";

/** A form: a modal of the bot, or one of the page's own in the same shape. */
export type Form = Pick<OpenModal, "id" | "title" | "components" | "submission">;

/** Sends the values of a form. Those of file uploads are indexes of `files`. */
export type OnSubmit = (data: ClientModalSubmit["data"], files: readonly File[]) => void;

interface ModalForm {
  parts: readonly Part[];
  problems: Problems;
  /** Whether anything was entered. */
  changed: boolean;
  /** Sets a value. `problem` is shown at it, as when files were refused. */
  change: (field: Field, problem?: Problem) => void;
  submit: () => void;
}

/** What the person enters in a modal, and its problems. It stays until the modal closes. */
export function useModalForm(
  form: { current: HTMLElement | null },
  { modal, connected, onSubmit }: { modal: Form; connected: boolean; onSubmit: OnSubmit },
): ModalForm {
  const initial = useMemo(() => initialParts(modal), []);
  const [parts, setParts] = useState<readonly Part[]>(initial);
  const [problems, setProblems] = useState<Problems>(new Map());
  /** Whether the focus has to move to the first input with a problem. */
  const showProblem = useRef(false);
  const { submission } = modal;
  const report = (found: Problems) => {
    setProblems(found);
    showProblem.current = found.size > 0;
  };

  useLayoutEffect(() => {
    if (submission?.status === "failed") report(problemsOfServer(parts, submission.errors));
  }, [submission]);
  useLayoutEffect(() => {
    if (showProblem.current) focusField(form.current?.querySelector("[data-wrong]") ?? null);
    showProblem.current = false;
  }, [problems]);

  return {
    parts,
    problems,
    changed: isChanged(parts, initial),
    change(field, problem) {
      setParts((before) => before.map((part) => (isSame(part, field) ? field : part)));
      setProblems((before) => {
        if (problem === undefined) return recheck(before, field);
        return new Map(before).set(field.input.custom_id, problem);
      });
    },
    submit() {
      if (submission?.status === "sending" || !connected) return;
      const found = problemsIn(parts);
      report(found);
      if (found.size > 0) return;
      const { data, files } = submissionOf(parts);
      onSubmit(data, files);
    },
  };
}

function isSame(part: Part, field: Field): boolean {
  return isField(part) && part.input.custom_id === field.input.custom_id;
}

function problemsOfServer(parts: readonly Part[], errors: Readonly<Record<string, string>>): Problems {
  return new Map(
    parts.filter(isField).flatMap(({ input: { custom_id: id } }) => {
      const message = errors[id];
      return message === undefined ? [] : [[id, { of: "server", message }] as const];
    }),
  );
}
