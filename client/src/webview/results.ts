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
  const what = text.includes('\n') || text.includes('\t') ? 'Row' : 'Cell';
  send({ type: 'copy', text, what });
  announce(`${what} copied`);
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
  select = head.select;
  find('empty').hidden = head.state !== 'done' || rows.length > 0 || head.error !== undefined;
  if (head.state !== 'running') announce(head.error ?? head.summary);
}

let rows: Readonly<Record<string, unknown>>[] = [];
let select: readonly string[] = [];

function addRecords(start: number, json: string): void {
  rows = [...rows.slice(0, start), ...(JSON.parse(json) as typeof rows)];
  const found = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [
    ...select.filter((name) => found.has(name)),
    ...[...found].filter((name) => !select.includes(name)),
  ];
  grid.setColumns(
    columns,
    columns.map((name) => rows.every((row) => typeof (row[name] ?? 0) === 'number')),
  );
  const text = (value: unknown) =>
    value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  grid.setRows(
    0,
    rows.map((row) => columns.map((name) => text(row[name]))),
  );
  find('empty').hidden = true;
}

// The page is made by the extension, which alone posts to it.
window.addEventListener('message', (event: MessageEvent<ToView>) => {
  const message = event.data;
  switch (message.type) {
    case 'head':
      showHead(message.head);
      return;
    case 'reset':
      rows = [];
      grid.setRows(0, []);
      return;
    case 'records':
      addRecords(message.start, message.json);
      return;
    case 'answers':
    case 'compare':
      return;
  }
});

send({ type: 'ready' });
