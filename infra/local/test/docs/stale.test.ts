import { firstDifference, leftOver } from '../../src/docs/stale';

test.each([
  ['a line is another', 'a\nb\n', 'a\nc\n', 'f:2 says "b", the code "c"'],
  ['a line is missing', 'a\n', 'a\nb\n', 'f:2 says "", the code "b"'],
  ['there is no file', '', 'a\n', 'f:1 says "", the code "a"'],
  ['a line came after the end', 'a\n\n', 'a\n', 'f:3 says "", the code nothing'],
  ['more came after the end', 'a\nb', 'a', 'f:2 says "b", the code nothing'],
])('%s: its place is named', (_what, found, written, named) => {
  expect(firstDifference('f', found, written)).toBe(named);
});

test('a document that nothing makes any more is left over, a folder is not', () => {
  const files = ['docs/api/openapi.json', 'docs/api/old.json', 'docs/api/released'];
  expect(leftOver({ 'README.md': '', 'docs/api/openapi.json': '' }, files)).toEqual(['docs/api/old.json']);
});
