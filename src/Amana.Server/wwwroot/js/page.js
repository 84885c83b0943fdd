// Pages follow one another without a new document ("enhanced navigation" of the framework). Its script is fetched with
// the first movement of a hand, so that a first view does not wait for it; until then a link is a link.

/** @type {(() => void)[]} */
const callbacks = [];

/** Runs now, and again after each page. @param {() => void} callback */
export function onPage(callback) {
  callbacks.push(callback);
  callback();
}

const signs = ['pointermove', 'pointerdown', 'keydown'];

function fetchNavigation() {
  for (const sign of signs) removeEventListener(sign, fetchNavigation);
  const script = document.createElement('script');
  script.src = document.documentElement.dataset.navigation ?? '';
  script.addEventListener('load', () => {
    /** @type {any} */ (globalThis).Blazor.addEventListener('enhancedload', () => { for (const callback of callbacks) callback(); });
  });
  document.body.append(script);
}

export function startNavigation() {
  if (!document.documentElement.dataset.navigation) return;
  for (const sign of signs) addEventListener(sign, fetchNavigation, { passive: true });
}
