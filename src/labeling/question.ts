import { DEFAULT_SETTLE_AT } from "./settle-thresholds.ts";

/** What people answer about each image of a project. */
export interface Question {
  /** Set for the built-in question: its texts are translated, and its exports keep the names they have always had. */
  builtIn?: "hotdog";
  text: string;
  /** The names of the labels, in order. */
  labels: readonly string[];
  /** Whether people may also answer that they are not sure. */
  offersUnsure: boolean;
  /** The probability of its label from which an image is settled. */
  settleAt: number;
}

/** Limit of a question's text, in UTF-16 units as Discord's modals count them. @public */
export const MAX_QUESTION_LENGTH = 100;
/** Limits of the number of labels. A label is stored as one digit. @public */
export const [MIN_LABELS, MAX_LABELS] = [2, 10];
/** Limit of a label's name, in UTF-16 units. @public */
export const MAX_LABEL_LENGTH = 40;

/** A label: the index of its name in the question. */
export type Label = number;

/** The answer of somebody who has looked at an image and cannot tell. It is no vote. */
export const UNSURE = "unsure";

/** What one person says about one image. */
export type Answer = Label | typeof UNSURE;

/** The question of the built-in project. */
export const HOTDOG_QUESTION: Question = {
  builtIn: "hotdog",
  text: "Hot dog or not?",
  labels: ["not hot dog", "hot dog"],
  offersUnsure: false,
  settleAt: DEFAULT_SETTLE_AT,
};
