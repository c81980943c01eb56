/** What is looked for in a page as it is drawn: each runs there, and says what is wrong, in words. */

/** What keeps a person from seeing where the focus is; null where nothing does. */
export const FOCUS_FAULT = `(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  // Within such an input the focus may be on the browser's own button, which has the browser's ring.
  if (element.type === 'datetime-local' && !element.matches(':focus')) return null;
  const what = element.outerHTML.slice(0, 120);
  const hasRing = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  let ringed = element;
  while (ringed && !hasRing(ringed)) ringed = ringed.parentElement;
  if (!ringed) return 'nothing shows the focus on ' + what;
  const { top, left, width, height } = element.getClientRects()[0];
  const isSeen = (y) => {
    const there = document.elementFromPoint(left + width / 2, y);
    return there && (element.contains(there) || there.contains(element));
  };
  // What is high may go on below the window.
  const inWindow = [top + 2, top + height / 2, top + height - 2].filter((y) => y >= 0 && y < innerHeight);
  return inWindow.length > 0 && inWindow.every(isSeen) ? null : 'not to be seen is ' + what;
})()`;

/** What reaches over the edge, so that lines have to be read by scrolling to and fro. */
export const TOO_WIDE = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > clientWidth);
  return wide.map((node) => node.outerHTML.slice(0, 120));
})()`;

/** What is smaller than a finger, but for links within a sentence, whose size is that of its text. */
export const TOO_SMALL = `(() => {
  const REACH = 21; // half of 44, less what the browser rounds
  const isInSentence = (node) =>
    getComputedStyle(node).display === 'inline' && node.parentElement.innerText.trim() !== node.innerText.trim();
  const isDrawn = (node) => node.getClientRects().length > 0 && node.getBoundingClientRect().bottom + scrollY > 0;
  const inItsPlace = (node) => {
    node.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = node.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const around = [[x - REACH, y], [x + REACH, y], [x, y - REACH], [x, y + REACH]];
    return around.map(([x, y]) => document.elementFromPoint(x, y)).find((there) => !node.contains(there));
  };
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea')];
  const ours = all.filter((node) => !node.closest('.swagger-ui') && isDrawn(node) && !isInSentence(node));
  return ours.flatMap((node) => {
    const other = inItsPlace(node);
    return other === undefined ? [] : node.outerHTML.slice(0, 120) + ', beside it ' + other?.outerHTML.slice(0, 60);
  });
})()`;

/** How long each animation takes that comes of going through the page by the keyboard, in milliseconds. */
export const ANIMATIONS = `[...document.querySelectorAll('a[href], button, input, select, textarea')].flatMap((node) => {
  node.focus();
  return document.getAnimations().map(({ effect }) => effect.getTiming().duration);
})`;
