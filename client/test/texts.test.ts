import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const client = path.join(__dirname, '..');
const spoken = ['api', 'components', 'hooks', 'lib', 'pages'];

/** Names and messages that only programs and their keepers read. */
const unread = /^(Error|DOMException|logWarning|setHeader)$/;

/** Literals that a person would read: text between tags, and what begins as a word or a sentence does. */
function sentencesIn(source: string): string[] {
  const file = ts.createSourceFile('page.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || isForPrograms(node)) return;
    const isText = ts.isJsxText(node) || (ts.isStringLiteralLike(node) && isChildOfElement(node));
    if (isText && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    else if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && isSpoken(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isSpoken = (text: string): boolean => /^\p{Lu}(\p{Ll}+)?([ ,.…?!’']|$)/u.test(text) && text.length > 1;

const isChildOfElement = (node: ts.Node): boolean =>
  ts.isJsxExpression(node.parent) && !ts.isJsxAttribute(node.parent.parent);

function isForPrograms(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const { expression } = node;
  return unread.test(ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText());
}

/** Answers to programs, and the words of schema.org. */
const forPrograms = /^(pages\/api\/|lib\/ticket-offer\.ts$)/;

const files = spoken.flatMap((folder) =>
  readdirSync(path.join(client, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name))
    .filter((name) => !forPrograms.test(name)),
);

test.each(files)('what %s says stands in the texts', (name) => {
  expect(sentencesIn(readFileSync(path.join(client, name), 'utf8'))).toEqual([]);
});

test.each([
  ['<p>sold out</p>', 'sold out'],
  ['<p>{count} left</p>', 'left'],
  ["<p>{'sold out'}</p>", 'sold out'],
  ['<PageHeading title="Tickets" />', 'Tickets'],
  ['<a aria-label="Close the dialog" />', 'Close the dialog'],
  ["<p>{paid ? 'Paid.' : null}</p>", 'Paid.'],
  ["const notLoaded = 'The form could not be loaded.';", 'The form could not be loaded.'],
  ['const wait = `Try again in ${seconds} seconds`;', 'Try again in '],
])('when %s stands in a page, then it is seen', (source, sentence) => {
  expect(sentencesIn(source)).toEqual([sentence]);
});

test.each([
  '<input className="form-control" type="email" autoComplete="new-password" />',
  "if (error.name === 'ApiError') throw new Error('Nobody answers');",
  "type Move = 'Forward' | 'Back';",
  '<p>{texts.list.title} {price} </p>',
])('when %s stands in a page, then nothing is said', (source) => {
  expect(sentencesIn(source)).toEqual([]);
});
