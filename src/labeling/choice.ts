/** How a round comes by its images: at random, or first those that need answers most. */
export const CHOICES = ["random", "needed"] as const;
export type Choice = (typeof CHOICES)[number];
