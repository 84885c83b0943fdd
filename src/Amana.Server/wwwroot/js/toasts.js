// Short sentences of what was done. One that can be undone stays ten seconds and answers to Z.

/** @type {(() => void) | undefined} */
let undo;

/** @param {string} text @param {(() => void)} [onUndo] */
export function toast(text, onUndo) {
  const place = document.querySelector('[data-toasts]');
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(onUndo ? 'toast-undo' : 'toast-plain'));
  const piece = template?.content.firstElementChild?.cloneNode(true);
  if (!place || !(piece instanceof HTMLElement)) return;
  const words = piece.querySelector('span');
  if (words) words.textContent = text;
  if (onUndo) {
    undo = () => { undo = undefined; piece.remove(); onUndo(); };
    piece.querySelector('button')?.addEventListener('click', () => undo?.());
  }
  place.append(piece);
  window.setTimeout(() => { piece.remove(); if (onUndo) undo = undefined; }, onUndo ? 10000 : 6000);
}

export function undoLast() {
  if (undo) { undo(); return true; }
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-undo]'));
  form?.requestSubmit();
  return form !== null;
}

/** Sentences that came with the page leave by themselves. */
export function startToasts() {
  for (const piece of document.querySelectorAll('[data-toasts] .toast')) window.setTimeout(() => piece.remove(), piece.querySelector('form') ? 10000 : 6000);
}
