// Live pieces of a page: <section data-refresh="2" id="…"> is read again every so many seconds while it is visible,
// and replaced by the same section of the fresh page. It stops when the fresh section has no data-refresh any more.

/** @type {number | undefined} */
let timer;
/** @type {Map<string, number>} */
const dueAt = new Map();

/** @param {Element} piece */
const isTyping = (piece) => document.activeElement?.matches('input, select, textarea') && piece.contains(document.activeElement);

/** Puts the fresh content in, with the focus on the same link or button where there still is one.
 * @param {Element} piece @param {Element} next */
function replace(piece, next) {
  const pressed = document.activeElement instanceof HTMLElement && piece.contains(document.activeElement) ? document.activeElement : undefined;
  const parts = () => [...piece.querySelectorAll('a[href], button, summary, [data-row]')];
  const same = pressed && ((/** @type {Element} */ other) => ['href', 'name', 'value', 'data-row'].every((name) => other.getAttribute(name) === pressed.getAttribute(name))
    && other.textContent === pressed.textContent);
  piece.replaceChildren(...next.childNodes);
  const found = same && parts().find(same);
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}

async function refresh() {
  if (document.hidden) return;
  const now = Date.now();
  const due = [...document.querySelectorAll('[data-refresh][id]')].filter((one) => (dueAt.get(one.id) ?? 0) <= now);
  if (due.length === 0) return;
  for (const one of due) dueAt.set(one.id, now + Number(one.getAttribute('data-refresh')) * 1000);
  try {
    const address = location.href;
    const response = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!response.ok || address !== location.href) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const one of due) {
      const next = fresh.getElementById(one.id);
      if (!next || isTyping(one)) continue; // the words that a person types are not taken away; the next round looks again
      if (!next.hasAttribute('data-refresh')) one.removeAttribute('data-refresh');
      if (one.innerHTML !== next.innerHTML) replace(one, next);
    }
  } catch {
    for (const one of due) dueAt.set(one.id, now + 10000); // the line is down; the page stays as it is
  }
}

export function startLive() {
  for (const one of document.querySelectorAll('[data-refresh][id]')) {
    if (!dueAt.has(one.id)) dueAt.set(one.id, Date.now() + Number(one.getAttribute('data-refresh')) * 1000);
  }
  timer ??= window.setInterval(() => void refresh(), 500);
}
