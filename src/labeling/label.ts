/** 0: not a hot dog. 1: a hot dog. */
export const LABELS = [0, 1] as const;
export type Label = (typeof LABELS)[number];
