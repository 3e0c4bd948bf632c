import type { APIEmbedField } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import { fieldColumns } from "./field-columns.ts";

/** Discord's grid of twelve columns: inline fields share a row, three at most. */
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
