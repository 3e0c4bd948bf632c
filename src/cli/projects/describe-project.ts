import { printable } from "../../platform/safe-text.ts";
import type { ListedProject } from "../../project/list-projects.ts";

const KIBIBYTE = 1024;
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** What the operator sees of a project. */
export function describeProject({ id, state, definition, ...contents }: ListedProject) {
  return {
    id,
    state,
    name: definition?.name ?? null,
    question: definition?.question ?? null,
    labels: definition?.labels ?? null,
    channel: definition?.channel ?? null,
    guild: definition?.guild ?? null,
    createdAt: definition?.createdAt ?? null,
    closedAt: definition?.closedAt ?? null,
    ...contents,
  };
}

/** Describes a project in one line. */
export function lineOf(project: ReturnType<typeof describeProject>): string {
  const { id, state, name, question } = project;
  return [id, state, name === null ? "-" : `#${name}`, ...contentsOf(project), question ?? "-"]
    .map(printable)
    .join("  ");
}

/** Says how much a project has. */
export function contentsOf(
  project: Pick<ListedProject, "images" | "waiting" | "answers" | "people" | "bytes">,
): string[] {
  const { images, waiting, answers, people, bytes } = project;
  return [
    countedImages(images),
    ...(waiting === 0 ? [] : [`${countedImages(waiting)} waiting for approval`]),
    answers === 1 ? "1 answer" : `${answers} answers`,
    people === 1 ? "1 person" : `${people} people`,
    formatSize(bytes),
  ];
}

function countedImages(count: number): string {
  return count === 1 ? "1 image" : `${count} images`;
}

function formatSize(bytes: number): string {
  const exponent = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(KIBIBYTE)));
  const value = bytes / KIBIBYTE ** exponent;
  return `${exponent === 0 ? value : value.toFixed(1)} ${UNITS[exponent]}`;
}
