// <form data-check="ID">: while a person writes, the server is asked what it makes of it, and the piece of that id is drawn anew.
// It is the same question that the button "check" asks; nothing is kept.

const quiet = 700; // milliseconds without a key

/** @type {number | undefined} */
let timer;
let asked = 0;

/** @param {HTMLFormElement} form @param {string} id */
async function check(form, id) {
  const number = ++asked;
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (typeof value !== 'string') fields.delete(name);
  fields.set('do', 'check');
  try {
    const response = await fetch(location.href, { method: 'POST', body: fields, headers: { Accept: 'text/html' } });
    if (!response.ok || number !== asked) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(id);
    const shown = document.getElementById(id);
    if (fresh && shown && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
  } catch {
    // The line is down; the button asks again.
  }
}

export function startChecks() {
  for (const form of document.querySelectorAll('form[data-check]')) {
    if (!(form instanceof HTMLFormElement) || form.dataset.live) continue;
    form.dataset.live = 'yes';
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void check(form, form.dataset.check ?? ''), quiet);
    });
  }
}
