const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that is already safe, as `html` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** Markup with its values escaped, except those that are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + asText(values[index - 1] ?? '') + part));
}

function asText(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((markup) => markup.text).join('');
  return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const style = new Markup(`<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1f2330 }
  h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
  .note { background: #fff4d6; border: 1px solid #e0b84c; border-radius: .4rem; padding: .5rem .8rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #dde }
  td.number { text-align: right; font-variant-numeric: tabular-nums } code { font-size: .85em }
  button { font: inherit; padding: .6rem 1.4rem; margin-right: .6rem; border-radius: .4rem; border: 1px solid #456; cursor: pointer }
</style>`);

/** A whole page that says whose it is. */
export function page(title: string, body: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title}</title>
      ${style}
      <h1>${title}</h1>
      <p class="note">This is ticketing's own stand-in for Stripe. No bank is behind it and no money moves.</p>
      ${body}
    </html>`.text;
}

/** A table with a heading above it. */
export function table(heading: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Markup {
  const cell = (value: Value) =>
    typeof value === 'number' ? html`<td class="number">${value}</td>` : html`<td>${value}</td>`;
  return html`<h2>${heading} (${rows.length})</h2>
    <table>
      <tr>
        ${columns.map((column) => html`<th>${column}</th>`)}
      </tr>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(cell)}
          </tr>`,
      )}
    </table>`;
}
