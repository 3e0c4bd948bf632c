/** Bytes. The largest profiles of printers have about 2 MB; cameras' and screens' have less than 10 kB. */
export const MAX_COLOR_PROFILE_BYTES = 2 * 1024 * 1024;
