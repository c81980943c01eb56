/** One look at a state, in the folder of the sheet. */
export interface Screen {
  readonly state: string;
  readonly path: string;
  readonly width: number;
  readonly theme: string;
  readonly file: string;
  readonly violations: readonly string[];
}

/** A page with all screens. @param rows one for each state */
export function contactSheet(rows: readonly (readonly Screen[])[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens of the shop</title>
<style>
  body { margin: 1rem; font: 1rem system-ui; background: #ddd; color: #222; }
  div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
  figure { margin: 0; }
  img { display: block; border: 1px solid #888; }
</style>
<h1>Screens of the shop</h1>
${rows.map(row).join('\n')}
</html>
`;
}

function row(screens: readonly Screen[]): string {
  const [{ state, path } = { state: '', path: '' }] = screens;
  return `<h2>${escape(state)} <small>${escape(path)}</small></h2>\n<div>${screens.map(figure).join('')}</div>`;
}

function figure({ state, width, theme, file, violations }: Screen): string {
  const words = [`${width}, ${theme}`, ...violations].map(escape).join('<br>');
  const image = `<img src="${file}" alt="${escape(state)}" width="${Math.round(width / 2)}" loading="lazy">`;
  return `<figure><a href="${file}">${image}</a><figcaption>${words}</figcaption></figure>`;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
