// Keys of pages and lists, by physical key, so that they work with an Arabic keyboard as well.
// A list is anything with data-rows; its rows carry data-row with the address that Enter opens.
import { undoLast } from './toasts.js';

/** @type {Record<string, string>} */
const places = { KeyD: '/', KeyS: '/search', KeyH: '/hits', KeyR: '/records', KeyB: '/search/batches', KeyW: '/admin/sources', KeyP: '/admin/people' };
let goUntil = 0;

/** @param {EventTarget | null} target */
const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  && !(target instanceof HTMLInputElement && /^(radio|checkbox|button|submit)$/.test(target.type));

/** @returns {HTMLElement[]} */
const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')].map((row) => /** @type {HTMLElement} */ (row));

/** @param {HTMLElement} row */
function choose(row) {
  for (const other of rows()) {
    other.removeAttribute('data-current');
    other.tabIndex = -1;
  }
  row.setAttribute('data-current', '');
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  sessionStorage.setItem(`row:${location.pathname}`, row.dataset.row ?? '');
}

/** @param {number} step */
function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row.hasAttribute('data-current'));
  choose(all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))]);
}

const current = () => rows().find((row) => row.hasAttribute('data-current'));

/** @param {string} address @param {boolean} [newTab] */
export function go(address, newTab = false) {
  if (newTab) { window.open(address, '_blank', 'noopener'); return; }
  const link = document.createElement('a');
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
}

/** @param {KeyboardEvent} event @returns {boolean} whether the key did something */
function single(event) {
  if (event.key === '?') { openKeys(); return true; }
  if (goUntil > event.timeStamp) {
    goUntil = 0;
    const place = places[event.code];
    if (place && document.querySelector(`.side a[href="${place}"]`)) { go(place); return true; }
    return false;
  }
  switch (event.code) {
    case 'KeyG': goUntil = event.timeStamp + 1500; return true;
    case 'KeyJ': move(1); return true;
    case 'KeyK': move(-1); return true;
    case 'KeyX': return toggle(event.shiftKey);
    case 'KeyZ': return undoLast();
    case 'BracketLeft': return tab(-1);
    case 'BracketRight': return tab(1);
    case 'Digit1': case 'Digit2': case 'Digit3': case 'Numpad1': case 'Numpad2': case 'Numpad3': return verdict(event.code.slice(-1));
    case 'Slash': openCommand(); return true;
    default: return false;
  }
}

/** @param {string} key */
function verdict(key) {
  const choice = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-decision] input[data-key="${key}"]`));
  if (!choice) return false;
  choice.checked = true;
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  /** @type {HTMLElement | null} */ (document.querySelector('[data-decision] [name=reason]'))?.focus();
  return true;
}

/** @param {number} step */
function tab(step) {
  const tabs = [...document.querySelectorAll('.tabs a')];
  const at = tabs.findIndex((one) => one.hasAttribute('aria-current'));
  const next = /** @type {HTMLAnchorElement | undefined} */ (tabs[at + step]);
  if (at < 0 || !next) return false;
  next.click();
  return true;
}

/** @param {boolean} range */
function toggle(range) {
  const row = current();
  const box = /** @type {HTMLInputElement | null | undefined} */ (row?.querySelector('input[type=checkbox]'));
  if (!row || !box) return false;
  box.checked = !box.checked;
  if (range) {
    const all = rows();
    for (let i = all.indexOf(row) - 1; i >= 0; i--) {
      const other = /** @type {HTMLInputElement | null} */ (all[i].querySelector('input[type=checkbox]'));
      if (!other || other.checked === box.checked) break;
      other.checked = box.checked;
    }
  }
  box.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

function openKeys() {
  const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById('keys'));
  if (sheet && !sheet.open) sheet.showModal();
}

const openCommand = () => document.dispatchEvent(new CustomEvent('amana:command'));

/** @param {KeyboardEvent} event */
function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') { event.preventDefault(); openCommand(); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && isTyping(event.target)) {
    const form = /** @type {HTMLElement} */ (event.target).closest('form');
    if (form && form.id !== 'command') { event.preventDefault(); form.requestSubmit(); return; }
  }
  if (event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
  const row = current();
  if (event.key === 'Enter' && row?.dataset.row && document.activeElement === row) {
    event.preventDefault();
    go(row.dataset.row, event.ctrlKey || event.metaKey);
    return;
  }
  if (event.ctrlKey || event.metaKey || isTyping(event.target) || localStorage.getItem('single-keys') === 'off') return;
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && row && document.activeElement === row) {
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
    return;
  }
  if (single(event)) event.preventDefault();
}

/** The profile's switch for single letters (WCAG 2.1.4), kept in this browser. */
function offerSwitch() {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-single-keys]'));
  if (!box) return;
  box.disabled = false;
  box.checked = localStorage.getItem('single-keys') !== 'off';
  box.addEventListener('change', () => localStorage.setItem('single-keys', box.checked ? 'on' : 'off'));
}

/** Comes back to the row one left, and shows what only works with script. */
export function restoreRows() {
  for (const button of document.querySelectorAll('[data-keys-sheet]')) button.removeAttribute('hidden');
  offerSwitch();
  const all = rows();
  const left = sessionStorage.getItem(`row:${location.pathname}`);
  const row = all.find((one) => one.dataset.row === left);
  for (const one of all) one.tabIndex = -1;
  if (all.length > 0) (row ?? all[0]).tabIndex = 0;
  if (row) row.setAttribute('data-current', '');
}

export function startKeys() {
  document.addEventListener('keydown', onKey);
  Object.assign(globalThis, { amanaKeys: true }); // from now on a key does what the sheet says
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest('[data-keys-sheet]')) openKeys();
    const row = target.closest('[data-rows] [data-row]');
    if (row && !target.closest('a, button, input, label, select, summary')) go(/** @type {HTMLElement} */ (row).dataset.row ?? '', event.ctrlKey || event.metaKey);
  });
}
