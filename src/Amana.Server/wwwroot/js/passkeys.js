// Passkeys: a form with data-passkey asks its address for options, lets the browser make or use a passkey, and sends the
// browser's answer in its field "answer". A form stays hidden where the browser cannot: an address that is a number, or no such keys.

const cannot = () => !window.PublicKeyCredential?.parseRequestOptionsFromJSON || /^[\d.]+$|^\[/.test(location.hostname);

/** @param {HTMLFormElement} form @param {string} words */
function say(form, words) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector('[data-passkey-wrong]'));
  const text = place?.querySelector('span');
  if (!place || !text) return;
  text.textContent = words;
  place.hidden = words === '';
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  say(form, '');
  const answer = await fetch(form.dataset.passkey ?? '', { method: 'POST', headers: { Accept: 'application/json' } });
  const options = await answer.json();
  if (!answer.ok) {
    if (options.code === 'access.prove-again' && form.dataset.prove) location.assign(form.dataset.prove);
    else say(form, options.detail ?? '');
    return;
  }
  const credential = options.rp
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  /** @type {HTMLInputElement} */ (form.elements.namedItem('answer')).value = JSON.stringify(credential);
  form.submit();
}

export function startPasskeys() {
  const none = cannot();
  for (const note of document.querySelectorAll('[data-no-passkey]')) note.toggleAttribute('hidden', !none);
  for (const element of document.querySelectorAll('form[data-passkey]')) {
    const form = /** @type {HTMLFormElement} */ (element);
    form.hidden = none;
    if (none || form.dataset.started) continue;
    form.dataset.started = 'yes';
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
      // Whoever closes the browser's window, or has no such key, is told so and may try again.
      ask(form).catch(() => say(form, form.dataset.wrong ?? ''));
    });
  }
}
