// Starts what makes pages quicker for hands on a keyboard. Every page works without it.
import { startClocks } from './clocks.js';
import { startCommandBox } from './command.js';
import { startKeys } from './keys.js';
import { startLive } from './live.js';
import { startSession } from './session.js';
import { startToasts } from './toasts.js';

/** What must be done again after each page, since enhanced navigation keeps the document. */
function onPage() {
  startClocks();
  startLive();
  startToasts();
  for (const menu of document.querySelectorAll('details.menu[open]')) menu.removeAttribute('open');
  /** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();
}

startKeys();
startCommandBox();
startSession();
onPage();

// blazor.web.js is a classic script at the end of the document and may start after this module.
function listen() {
  const blazor = /** @type {any} */ (globalThis).Blazor;
  if (blazor?.addEventListener) blazor.addEventListener('enhancedload', onPage);
  else addEventListener('load', listen, { once: true });
}
listen();

// A click elsewhere closes an open menu.
addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open], details.menu-more[open]')) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute('open');
  }
});
