import { Writable } from "node:stream";

/** Makes streams that collect what is written to them, by name, in `written`. */
export function memoryStreams<Name extends string>(
  ...names: readonly Name[]
): { written: Record<Name, string>; streams: Record<Name, Writable> } {
  const written = Object.fromEntries(names.map((name) => [name, ""])) as Record<Name, string>;
  const streamTo = (name: Name): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const streams = Object.fromEntries(names.map((name) => [name, streamTo(name)])) as Record<Name, Writable>;
  return { written, streams };
}
