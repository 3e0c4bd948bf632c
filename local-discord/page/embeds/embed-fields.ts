import type { APIEmbedField } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";

/** The fields of an embed, in Discord's grid of twelve columns. Up to three inline fields share a row. */
export function EmbedFields({ fields }: { fields: readonly APIEmbedField[] }) {
  const columns = fieldColumns(fields);
  return html`
    <dl class="embed-fields">
      ${fields.map(
        ({ name, value }, index) => html`
          <div key=${index} class="embed-field" style=${{ gridColumn: columns[index] }}>
            <dt><${Markdown} source=${name} /></dt>
            <dd><${Markdown} source=${value} /></dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/** Returns the `grid-column` of each field: two inline neighbors take halves of the twelve columns, three take thirds. */
function fieldColumns(fields: readonly { inline?: boolean }[]): string[] {
  return rows(fields).flatMap((row) => {
    const width = 12 / row;
    return Array.from({ length: row }, (_, index) => `${1 + index * width} / span ${width}`);
  });
}

/** Returns the number of fields in each row. */
function rows(fields: readonly { inline?: boolean }[]): number[] {
  const lengths: number[] = [];
  let open = false;
  for (const { inline } of fields) {
    const last = lengths.at(-1) ?? 0;
    if (inline && open && last < 3) lengths[lengths.length - 1] = last + 1;
    else lengths.push(1);
    open = inline === true;
  }
  return lengths;
}
