/** The results view: a head that says what was asked and how it went, and a grid that holds only the rows in sight. */
import { Grid } from './grid';
import type { FromView, ToView, ViewHead } from './messages';

interface Host {
  postMessage(message: FromView): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const send = (message: FromView) => host.postMessage(message);

const find = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
};

const grid = new Grid(find('grid'), (text) => {
  send({ type: 'copy', text });
  announce(text.includes('\n') || text.includes('\t') ? 'Row copied' : 'Cell copied');
});

/** Said by screen readers, seen by nobody. */
function announce(text: string): void {
  find('announcement').textContent = text;
}

/** An address as people read it; the encoded one is in the tooltip. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function showHead(head: ViewHead): void {
  document.body.dataset['state'] = head.state;
  find('title').textContent = head.title;
  find('method').textContent = head.method;
  find('method').dataset['method'] = head.method;
  find('address').textContent = readable(head.address);
  find('address').title = head.address;
  const connection = find('connection');
  connection.textContent = head.connection;
  connection.classList.toggle('production', head.production);
  find('summary').textContent = head.summary;
  find('error').textContent = head.error ?? '';
  find('error').hidden = head.error === undefined;
  find('notes').replaceChildren(
    ...head.notes.map((note) => Object.assign(document.createElement('li'), { textContent: note })),
  );
  find('progress').hidden = head.state !== 'running';
  find('actions').replaceChildren(
    ...head.actions.map(({ id, label }) => {
      const button = Object.assign(document.createElement('button'), { textContent: label, type: 'button' });
      button.addEventListener('click', () => send({ type: 'action', id }));
      return button;
    }),
  );
  grid.setColumns(head.columns, head.numeric);
  find('empty').hidden = head.state !== 'done' || head.columns.length > 0 || head.error !== undefined;
  if (head.state !== 'running') announce(head.error ?? head.summary);
}

// The page is made by the extension, which alone posts to it.
window.addEventListener('message', (event: MessageEvent<ToView>) => {
  const message = event.data;
  switch (message.type) {
    case 'head':
      showHead(message.head);
      return;
    case 'rows':
      grid.setRows(message.start, message.rows);
      return;
  }
});

send({ type: 'ready' });
