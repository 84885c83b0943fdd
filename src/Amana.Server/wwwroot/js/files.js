// <input type=file data-files>: files go to the server in parts while the message is written, and go on after the line was down. What is whole is named in the
// form; the message carries it.

const mib = 1024 * 1024;
const wait = 2000; // milliseconds after a part did not arrive
const tries = 30;

/** @param {string} address @param {RequestInit} request */
async function ask(address, request) {
  const answer = await fetch(address, { ...request, headers: { Accept: 'application/json', ...request.headers } });
  return { status: answer.status, said: answer.headers.get('content-type')?.includes('json') ? await answer.json() : {} };
}

/** @param {File} file @param {(done: number) => void} show */
async function bring(file, show) {
  const begun = await ask('/api/v1/files', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: file.name, bytes: file.size }) });
  if (begun.status !== 200) return null;
  const address = `/api/v1/files/${begun.said.file}`;
  let next = 0;
  for (let failed = 0; failed < tries;) {
    const part = file.slice(next, Math.min(file.size, next + 8 * mib));
    try {
      const answer = await ask(`${address}?offset=${next}`, { method: 'PUT', body: part });
      if (answer.status === 200) {
        failed = 0;
        next = answer.said.next;
        show(next);
        if (answer.said.state !== 'uploading') return begun.said.file;
        continue;
      }
      if (answer.status !== 409 && answer.status < 500) return null;
    } catch {
      // The line is down.
    }
    failed++;
    await new Promise((done) => setTimeout(done, wait));
    try {
      const standing = await ask(address, {});
      if (standing.status === 200) next = standing.said.next;
    } catch {
      // Still down; the next try asks again.
    }
  }
  return null;
}

/** @param {HTMLInputElement} input */
async function take(input) {
  const form = input.form;
  if (!form) return;
  const files = [...(input.files ?? [])];
  input.value = '';
  for (const file of files) {
    const line = document.createElement('p');
    line.className = 'attachment';
    const name = document.createElement('bdi');
    name.textContent = file.name;
    const bar = document.createElement('progress');
    bar.max = Math.max(1, file.size);
    line.append(name, bar);
    input.after(line);
    const id = await bring(file, (done) => { bar.value = done; });
    bar.remove();
    if (id === null) {
      const failed = document.createElement('span');
      failed.className = 'errm';
      failed.textContent = input.dataset.failed ?? '';
      line.append(failed);
      continue;
    }
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'file', value: id });
    const remove = document.createElement('button');
    Object.assign(remove, { type: 'button', className: 'btn s g', textContent: input.dataset.remove ?? '' });
    remove.addEventListener('click', () => line.remove());
    line.append(field, remove);
  }
}

export function startFiles() {
  for (const input of document.querySelectorAll('input[data-files]')) {
    if (!(input instanceof HTMLInputElement) || input.dataset.live) continue;
    input.dataset.live = 'yes';
    input.addEventListener('change', () => take(input));
  }
}
