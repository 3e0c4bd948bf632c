/** The probabilities of a label among which a project chooses: an image with such a label is settled. */
export const SETTLE_THRESHOLDS = [0.8, 0.85, 0.9, 0.95, 0.99] as const;
export type SettleThreshold = (typeof SETTLE_THRESHOLDS)[number];
export const DEFAULT_SETTLE_AT: SettleThreshold = 0.95;
