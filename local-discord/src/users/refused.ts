/** Something a person asked for and cannot have; the message says why, for them to read. */
export class Refused extends Error {
  override name = "Refused";
}
