// Two minutes before the session ends: stay with one touch. What was typed stays in the page.

const minutes = 60_000;
let lastUse = Date.now();

/** Length of a session in minutes, as the server said. */
const length = () => Number(document.documentElement.dataset.sessionMinutes ?? '0');

function check() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('session-end'));
  const all = length();
  if (!dialog || all === 0) return;
  const left = lastUse + all * minutes - Date.now();
  if (left < Number(dialog.dataset.minutes ?? '2') * minutes && left > 0 && !dialog.open && !document.querySelector('dialog[open]')) dialog.showModal();
}

/** Each page is a sign of life that the server saw too. */
export const noteUse = () => { lastUse = Date.now(); };

export function startSession() {
  document.addEventListener('click', async (event) => {
    if (!(/** @type {Element} */ (event.target)).closest('[data-stay]')) return;
    const response = await fetch('/ui/stay');
    if (response.ok) lastUse = Date.now();
    /** @type {HTMLDialogElement | null} */ (document.getElementById('session-end'))?.close();
  });
  window.setInterval(check, 5000);
}
