/** The color beside an answer. It is decoration and carries no meaning. */
export const MUSTARD = 0xf2b90f;
