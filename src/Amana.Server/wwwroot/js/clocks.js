// The two clocks of the top bar: UTC, and local time where it differs. No live region: clocks do not speak.

/** @type {number | undefined} */
let timer;

/** @param {number} n */
const two = (n) => String(n).padStart(2, '0');

function tick() {
  const now = new Date();
  for (const clock of document.querySelectorAll('[data-clock]')) {
    const utc = clock.querySelector('[data-utc]');
    const local = clock.querySelector('[data-local]');
    if (utc) utc.textContent = `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}`;
    if (local) local.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    const aside = clock.querySelector('.local');
    if (aside) aside.toggleAttribute('hidden', now.getTimezoneOffset() === 0);
  }
}

export function startClocks() {
  tick();
  timer ??= window.setInterval(tick, 5000);
}
