/** The line that declares the bytes of all files in a written test, whose real bytes are not recorded. */
export const DECLARE_BYTES = 'const bytes = Buffer.from("the file");';

/** Writes a file with the declared bytes. */
export function fileLiteral(filename: string): string {
  return `{ name: ${JSON.stringify(filename)}, bytes }`;
}

/** Writes the name of a property, in quotes if it needs them. */
export function propertyName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name);
}
