/** Removes the fields that are null, which bots may send for fields that they do not set. */
export function removeNulls(fields: object): void {
  for (const [name, value] of Object.entries(fields))
    if (value === null) Reflect.deleteProperty(fields, name);
}
