/** The page of an import: connects the extension's messages and the parts of the page. */
import { find, make } from '../view/dom';
import { listen } from '../view/press';
import { forget, redrawFor } from '../view/redraw';
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
  find('title').textContent = `Import ${next.file}`;
  const connection = find('connection');
  connection.textContent = next.connection;
  connection.classList.toggle('production', next.production);
  find('error').hidden = next.error === '';
  find('error').textContent = next.error;
  redrawFor(find('modules'), next.modules, () => next.modules.map((value) => make('option', { value })));
  redrawFor(find('fields'), next.fields, () =>
    next.fields.map(({ name, detail }) => make('option', { value: name, label: `${name} · ${detail}` })),
  );
  showFile(next, send);
  showDeed(next, send);
  showColumns(next, send);
  showCells(next, send);
  field('plan').disabled = next.missing !== '';
  find('plan').textContent = next.plan;
  find('missing').textContent = next.missing;
  if (isFirst) find('title').focus();
}

// What the user chose and the extension did not take is set back.
for (const id of ['choices', 'module-line', 'deeds', 'columns', 'cells'])
  find(id).addEventListener('change', () => forget(find(id)));
find('plan').addEventListener('click', () => {
  if (state !== undefined) send({ type: 'plan', version: state.version });
});
find('leave').addEventListener('click', () => send({ type: 'cancel' }));
find('filter').addEventListener('input', () => {
  if (state !== undefined) showCells(state, send);
});

listen<ToImport>((message) => {
  if (message.type === 'state') show(message.state);
  else find('busy').textContent = message.text;
});

send({ type: 'ready' });
