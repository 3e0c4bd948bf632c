/** Beside an answer. It says nothing that the words do not. */
export const MUSTARD = 0xf2b90f;
