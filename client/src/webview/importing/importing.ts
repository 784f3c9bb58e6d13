/** The page of an import: connects the extension's messages and the parts of the page. */
import { find, isUntold, make } from '../view/dom';
import type { FromImport, ImportState, ToImport } from './messages';
import { showCells } from './view/cells';
import { showColumns } from './view/columns';
import { showDeed } from './view/deed';
import { field } from './view/fields';
import { showFile } from './view/file';

declare function acquireVsCodeApi(): { postMessage(message: FromImport): void };

const host = acquireVsCodeApi();
const send = (message: FromImport) => host.postMessage(message);
let state: ImportState | undefined;

function show(next: ImportState): void {
  const isFirst = state === undefined;
  state = next;
  // What is made anew loses the focus, unless it goes to what has its place.
  const active = document.activeElement;
  const focused = active?.id ?? '';
  const typed = active instanceof HTMLInputElement && isUntold(active) ? active.value : undefined;
  find('title').textContent = `Import ${next.file}`;
  const connection = find('connection');
  connection.textContent = next.connection;
  connection.classList.toggle('production', next.production);
  find('error').hidden = next.error === '';
  find('error').textContent = next.error;
  find('modules').replaceChildren(...next.modules.map((value) => make('option', { value })));
  find('fields').replaceChildren(
    ...next.fields.map(({ name, detail }) => make('option', { value: name, label: `${name} · ${detail}` })),
  );
  showFile(next, send);
  showDeed(next, send);
  showColumns(next, send);
  showCells(next, send);
  field('plan').disabled = next.missing !== '';
  find('plan').textContent = next.plan;
  find('missing').textContent = next.missing;
  if (isFirst) find('title').focus();
  else if (focused !== '') goOn(focused, typed);
}

/** Somebody may type already in what was made anew. */
function goOn(id: string, typed: string | undefined): void {
  const element = document.getElementById(id);
  if (element instanceof HTMLInputElement && typed !== undefined) element.value = typed;
  element?.focus();
}

find('plan').addEventListener('click', () => {
  if (state !== undefined) send({ type: 'plan', version: state.version });
});
find('leave').addEventListener('click', () => send({ type: 'cancel' }));
find('filter').addEventListener('input', () => {
  if (state !== undefined) showCells(state, send);
});

// The extension makes the page, and only it posts messages to it.
window.addEventListener('message', ({ data: message }: MessageEvent<ToImport>) => {
  if (message.type === 'state') show(message.state);
  else find('busy').textContent = message.text;
});

send({ type: 'ready' });
