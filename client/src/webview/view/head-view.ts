/** The head of the page: the request, its connection, and how the run went. */
import { ageInWords, isOld } from '#core/text/age';
import { visibleLines } from '../data/formats';
import type { ViewHead } from '../messages';
import { announce, button, find, make } from './dom';
import { redrawFor } from './redraw';

/** Returns a decoded address; the encoded one is in the tooltip. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

const write = (id: string, text: string) => (find(id).textContent = visibleLines(text));

/** The least time between two announcements of a run to screen readers. */
const EVERY = 10_000;
let said = 0;
let saidState = '';

export function showHead(head: ViewHead, press: (id: string) => void): void {
  document.body.dataset['state'] = head.state;
  write('title', head.title);
  write('method', head.method);
  find('method').dataset['method'] = head.method;
  write('address', readable(head.address));
  find('address').title = visibleLines(head.address);
  const connection = find('connection');
  write('connection', head.connection);
  connection.classList.toggle('production', head.production);
  write('summary', head.summary);
  write('error', head.error ?? '');
  find('error').hidden = head.error === undefined;
  find('notes').replaceChildren(...head.notes.map((note) => make('li', {}, note)));
  showAge(head);
  showActions(head, press);
  showProgress(head);
  sayProgress(head);
}

const EARLIER = {
  refused: 'the last run was refused',
  changed: 'a record of it was changed since',
} as const satisfies Record<NonNullable<ViewHead['earlier']>, string>;

/** What was done at that time, by method; changes are sent. */
const DONE: ReadonlyMap<string, string> = new Map([
  ['GET', 'fetched'],
  ['SQL', 'run'],
]);

/** Says when the records were fetched; in a warning colour when they are old, or not what was asked for last. */
export function showAge({ state, method, startedAt, earlier, locale }: ViewHead): void {
  const now = new Date();
  const age = find('age');
  const fetched = `${DONE.get(method) ?? 'sent'} ${ageInWords(startedAt, now)}`;
  age.textContent =
    earlier === undefined ? `· ${fetched}` : `Earlier answer, ${fetched}: ${EARLIER[earlier]}`;
  age.hidden = state === 'running' || state === 'paused';
  age.classList.toggle('old', earlier !== undefined || isOld(startedAt, now));
  age.title = new Date(startedAt).toLocaleString(locale);
}

function showActions({ actions }: ViewHead, press: (id: string) => void): void {
  redrawFor(find('actions'), actions, () =>
    actions.map(({ id, label }) => button(label, () => press(id), { 'data-action': id, 'data-key': id })),
  );
}

function showProgress({ state, progress }: ViewHead): void {
  const bar = find('progress');
  const running = state === 'running' || state === 'paused';
  bar.hidden = !running;
  find('pace').textContent = running ? (progress?.text ?? '') : '';
  const share =
    progress?.of === undefined || progress.of === 0 ? undefined : Math.min(1, progress.done / progress.of);
  bar.classList.toggle('unknown', share === undefined && state === 'running');
  find('bar').style.width = share === undefined ? '' : `${share * 100}%`;
  if (share === undefined) bar.removeAttribute('aria-valuenow');
  else bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
}

function sayProgress({ run, state, error, summary, progress, earlier }: ViewHead): void {
  const now = Date.now();
  const here = `${run} ${state} ${earlier ?? ''}`;
  const changed = saidState !== here;
  if (!changed && (state !== 'running' || now - said < EVERY)) return;
  saidState = here;
  said = now;
  if (state === 'running') announce(changed ? 'Running' : [summary, progress?.text ?? ''].join(', '));
  else announce(earlier === undefined ? (error ?? summary) : (find('age').textContent ?? ''));
}
