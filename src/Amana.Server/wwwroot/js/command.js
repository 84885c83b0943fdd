// The command box: search, go, do. Answers come from /ui/palette; without script the box is a link to the search page.
import { go } from './keys.js';

/** @typedef {{ icon: string, title: string, detail: string | null, address: string }} Item */
/** @typedef {{ title: string, items: Item[] }} Group */

const box = () => /** @type {HTMLDialogElement | null} */ (document.getElementById('command'));
const field = () => /** @type {HTMLInputElement | null} */ (box()?.querySelector('input') ?? null);
const list = () => /** @type {HTMLElement | null} */ (document.getElementById('command-list'));

/** @type {AbortController | undefined} */
let asking;
/** The words that the answers shown belong to: Enter pressed faster than they come waits for them.
 * @type {string | undefined} */
let answered;
/** @type {number | undefined} */
let pause;

/** @param {string} name */
function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  const sprite = document.querySelector('svg.i use')?.getAttribute('href')?.split('#')[0] ?? '/icons.svg';
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** @param {Group[]} groups */
function show(groups) {
  const target = list();
  if (!target) return;
  target.replaceChildren();
  let number = 0;
  for (const group of groups) {
    const head = document.createElement('h3');
    head.textContent = group.title;
    target.append(head);
    for (const item of group.items) target.append(answer(item, `answer-${number++}`));
  }
  if (number === 0 && field()?.value.trim()) {
    const none = document.createElement('p');
    none.className = 'pad t3';
    none.textContent = target.dataset.none ?? '';
    target.append(none);
  }
  select(0);
}

/** @param {Item} item @param {string} id */
function answer(item, id) {
  const link = document.createElement('a');
  link.href = item.address;
  link.id = id;
  link.setAttribute('role', 'option');
  const title = document.createElement('bdi');
  title.className = 'm';
  title.textContent = item.title;
  link.append(icon(item.icon), title);
  if (item.detail) {
    const detail = document.createElement('bdi');
    detail.className = 'sub trunc';
    detail.textContent = item.detail;
    link.append(detail);
  }
  link.addEventListener('click', () => box()?.close());
  return link;
}

const answers = () => [...(list()?.querySelectorAll('a') ?? [])];

/** @param {number} at */
function select(at) {
  const all = answers();
  if (all.length === 0) { field()?.removeAttribute('aria-activedescendant'); return; }
  const chosen = ((at % all.length) + all.length) % all.length;
  all.forEach((one, i) => one.setAttribute('aria-selected', String(i === chosen)));
  all[chosen].scrollIntoView({ block: 'nearest' });
  field()?.setAttribute('aria-activedescendant', all[chosen].id);
}

const selected = () => answers().findIndex((one) => one.getAttribute('aria-selected') === 'true');

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const words = field()?.value ?? '';
  try {
    const response = await fetch(`/ui/palette?q=${encodeURIComponent(words)}`, { signal: asking.signal, headers: { Accept: 'application/json' } });
    if (response.ok) { show(await response.json()); answered = words; }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) show([]);
  }
}

function open() {
  const dialog = box();
  if (!dialog || dialog.open) return;
  dialog.showModal();
  const input = field();
  if (input) { input.value = ''; input.focus(); }
  answered = undefined;
  void ask();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    select(selected() + (event.key === 'ArrowDown' ? 1 : -1));
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    void leave(event.ctrlKey || event.metaKey);
  }
}

/** @param {boolean} search to the full search, whatever is chosen */
async function leave(search) {
  const words = field()?.value ?? '';
  window.clearTimeout(pause);
  if (!search && answered !== words) await ask();
  const link = answered === words ? answers()[selected()] : undefined;
  if (!box()?.open) return;
  box()?.close();
  go(search || !link ? `/search?q=${encodeURIComponent(words.trim())}` : link.href);
}

export function startCommandBox() {
  document.addEventListener('amana:command', open);
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest('[data-command]') && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(); }
    if (target === box()) box()?.close();
  });
  document.addEventListener('input', (event) => {
    if (event.target !== field()) return;
    window.clearTimeout(pause);
    pause = window.setTimeout(ask, 60);
  });
  document.addEventListener('keydown', (event) => { if (event.target === field()) onKey(event); });
}
