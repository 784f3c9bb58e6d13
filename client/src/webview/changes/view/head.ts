/** The head of the page: what will happen, where, how far it is, and the report. */
import type { Formats } from '../../data/formats';
import { plural, visibleLines } from '../../data/formats';
import { announce, button, find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import { sumsOf } from '../data/states';
import type { ChangesHead } from '../messages';

const write = (id: string, text: string) => {
  find(id).textContent = visibleLines(text);
  find(id).hidden = text === '';
};

export function showHead(head: ChangesHead, formats: Formats, press: (id: string) => void): void {
  document.body.dataset['phase'] = head.phase;
  write('title', head.title);
  write('connection', head.connection);
  find('connection').classList.toggle('production', head.production);
  write('why', head.why ?? '');
  write('sentence', head.report?.sentence ?? head.sentence);
  find('notes').replaceChildren(
    ...[...(head.report?.notes ?? head.notes)].map((note) => make('li', {}, note)),
  );
  showProgress(head, formats, press);
  showReport(head, formats);
}

/** The least time between two announcements of the progress to screen readers, in milliseconds. */
const EVERY = 10_000;
let said = 0;

function showProgress({ phase, progress }: ChangesHead, formats: Formats, press: (id: string) => void): void {
  find('running').hidden = phase !== 'sending';
  if (phase !== 'sending') return;
  const { done = 0, of = 0, failed = 0, text = '', paused = false } = progress ?? {};
  const share = of === 0 ? undefined : Math.min(1, done / of);
  find('progress').classList.toggle('unknown', share === undefined);
  find('bar').style.width = share === undefined ? '' : `${share * 100}%`;
  if (share === undefined) find('progress').removeAttribute('aria-valuenow');
  else find('progress').setAttribute('aria-valuenow', String(Math.round(share * 100)));
  const pace =
    progress === undefined
      ? 'Looking once more, then sending…'
      : [
          paused ? 'Paused' : '',
          `${formats.count(done)} of ${formats.count(of)} sent`,
          failed === 0 ? '' : `${formats.count(failed)} failed`,
          text,
        ]
          .filter((part) => part !== '')
          .join(' · ');
  find('pace').textContent = pace;
  showControls(progress?.paused, press);
  const now = Date.now();
  if (now - said < EVERY) return;
  said = now;
  announce(pace);
}

/** `paused`: undefined as long as there is nothing to pause. */
function showControls(paused: boolean | undefined, press: (id: string) => void): void {
  const host = find('controls');
  const [id, label] = paused === true ? ['continue', 'Continue'] : ['pause', 'Pause'];
  redrawFor(host, [paused], () =>
    paused === undefined ? [] : [button(label, () => press(id)), button('Stop', () => press('stop'))],
  );
}

function showReport({ phase, report, counts, size }: ChangesHead, formats: Formats): void {
  const host = find('report');
  host.hidden = phase !== 'ended' || report === undefined;
  if (host.hidden) return;
  const { done, failed, unknown, unsent } = sumsOf(counts, size);
  const line = (label: string, count: number, kind: string) =>
    make(
      'div',
      { class: count === 0 ? 'sum' : `sum ${kind}` },
      make('dt', {}, label),
      make('dd', {}, formats.count(count)),
    );
  host.replaceChildren(
    make(
      'dl',
      { class: 'sums' },
      line('Done', done, 'done'),
      line('Failed', failed, 'failed'),
      line('Outcome unknown', unknown, 'unknown'),
      line('Not sent', unsent, 'unsent'),
      line('All', size, 'all'),
    ),
  );
  announce(
    `${report?.sentence ?? ''} ${plural(formats, done, 'change')} done, ${formats.count(failed)} failed.`,
  );
}
