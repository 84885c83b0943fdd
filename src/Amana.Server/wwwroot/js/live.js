// Live pieces of a page: <section data-refresh="2" id="…"> is read again every so many seconds while it is visible,
// and replaced by the same section of the fresh page. It stops when the fresh section has no data-refresh any more.

/** @type {number | undefined} */
let timer;
/** @type {Map<string, number>} */
const dueAt = new Map();

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
      if (next && !one.contains(document.activeElement) && one.innerHTML !== next.innerHTML) one.replaceChildren(...next.childNodes);
      if (next && !next.hasAttribute('data-refresh')) one.removeAttribute('data-refresh');
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
