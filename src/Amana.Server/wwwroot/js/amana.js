// Starts what makes pages quicker for hands on a keyboard. Every page works without it.
import { startChecks } from './check.js';
import { startClocks } from './clocks.js';
import { startCommandBox } from './command.js';
import { startFiles } from './files.js';
import { restoreRows, startKeys } from './keys.js';
import { startLive } from './live.js';
import { onPage, startNavigation } from './page.js';
import { startPasskeys } from './passkeys.js';
import { noteUse, startSession } from './session.js';
import { startToasts } from './toasts.js';

startKeys();
startCommandBox();
startSession();
onPage(() => {
  startChecks();
  startClocks();
  startFiles();
  startLive();
  startToasts();
  startPasskeys();
  restoreRows();
  noteUse();
  for (const menu of document.querySelectorAll('details.menu[open]')) menu.removeAttribute('open');
  /** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();
});
startNavigation();

// A click elsewhere closes an open menu.
addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open], details.menu-more[open]')) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute('open');
  }
});

// The skip link moves the focus, also where enhanced navigation would only scroll.
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('a.skip')) return;
  event.preventDefault();
  document.getElementById('main')?.focus();
}, true);
