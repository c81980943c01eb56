/**
 * jsdom's `<dialog>` opens and closes nothing. A browser's takes the focus in, closes on Escape, says that it closed, and
 * gives the focus back to where it was.
 */
const before = new WeakMap<HTMLDialogElement, Element | null>();

HTMLDialogElement.prototype.showModal = function () {
  before.set(this, document.activeElement);
  this.open = true;
  this.querySelector('button')?.focus();
};

HTMLDialogElement.prototype.close = function () {
  if (!this.open) return;
  this.open = false;
  const opener = before.get(this);
  if (opener instanceof HTMLElement) opener.focus();
  this.dispatchEvent(new Event('close'));
};

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') document.querySelector('dialog')?.close();
});
