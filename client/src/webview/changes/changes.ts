/** The changes view: connects the extension's messages and the parts of the page. */
import { readJson } from '#core/values/read-json';
import { Formats, formatsFor } from '../data/formats';
import { announce, button, eachFrame, find, make } from '../view/dom';
import { listen } from '../view/press';
import { redraw } from '../view/redraw';
import { ChangePages } from './data/change-pages';
import type { ChangesHead, FromChanges, ShownChange, ToChanges } from './messages';
import { agreesByEnter, showDecision } from './view/decision';
import { showHead } from './view/head';
import { Kinds } from './view/kinds';
import { ManyChanges } from './view/many-changes';
import { oneChange } from './view/one-change';

declare function acquireVsCodeApi(): { postMessage(message: FromChanges): void };

const host = acquireVsCodeApi();
const send = (message: FromChanges) => host.postMessage(message);
let formats = new Formats(navigator.language);

let head: ChangesHead | undefined;
/** The change of the list that is shown in full. */
let detail: ShownChange | undefined;

const pages = new ChangePages((id, query, from, count) => send({ type: 'slice', id, query, from, count }));
const kinds = new Kinds(() => findChanges());
const many = new ManyChanges(
  pages,
  () => formats,
  (shown) => {
    detail = shown;
    draw();
    find('back').focus();
  },
);
find('many').append(many.element);

/** Looks for the changes that the chips and the text ask for. */
function findChanges(): void {
  pages.find({ states: kinds.states, text: kinds.text });
  many.reset();
  if (head !== undefined) kinds.show(head, formats);
}

function closeDetail(): void {
  detail = undefined;
  draw();
  many.focus();
}

const draw = () => {
  if (head === undefined) return;
  const isOne = head.size === 1;
  const shown = isOne ? pages.at(0) : detail;
  find('tools').hidden = isOne || shown !== undefined;
  find('many').hidden = isOne || shown !== undefined;
  find('one').hidden = shown === undefined;
  if (shown === undefined) many.draw();
  else drawOne(shown, isOne);
  kinds.showFound(pages.total, head.size, formats);
};

/** Nobody agrees to what has not come yet. */
function decide(): void {
  if (head === undefined) return;
  const isThere = head.size === 0 || pages.came === head.version;
  showDecision(isThere ? head : { ...head, deed: undefined }, send);
}

const drawSoon = eachFrame(() => {
  draw();
  decide();
});

/** What the change in full was drawn from. */
let drawn: readonly unknown[] = [];

function drawOne(shown: ShownChange, isOne: boolean): void {
  const said = isOne ? (head?.sentence ?? '') : '';
  const now = [shown, isOne, said, formats];
  if (now.every((each, at) => each === drawn[at])) return;
  drawn = now;
  redraw(
    find('one'),
    make(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'The change' },
      ...(isOne
        ? []
        : [
            make(
              'div',
              { class: 'line' },
              button('Back to the list', closeDetail, { id: 'back', class: 'plain link' }),
              make('span', { class: 'key' }, `Row ${formats.count(shown.row)}`),
              button('Show Request', () => send({ type: 'request', row: shown.row }), {
                class: 'plain link',
              }),
            ),
          ]),
      oneChange(formats, shown, said),
    ),
  );
}

function showNew(next: ChangesHead): void {
  const [before, first] = [head, head === undefined];
  head = next;
  formats = formatsFor(next.locale, formats);
  showHead(next, formats, (id) => send({ type: 'press', id }));
  kinds.show(next, formats);
  if (first || next.size !== before?.size) findChanges();
  pages.renew(next.version);
  decide();
  drawSoon();
  // A screen reader then reads the title with the sentence, and says anew what is asked anew.
  const asksAgain = next.phase === 'asking' && next.why !== undefined && next.version !== before?.version;
  const ended = next.phase === 'ended' && before?.phase !== 'ended';
  if (first || ((asksAgain || ended) && document.activeElement !== find('search'))) find('title').focus();
}

listen<ToChanges>((message) => {
  switch (message.type) {
    case 'head':
      showNew(message.head);
      return;
    case 'slice': {
      const came = pages.take(message.id, message.total, readJson(message.json) as ShownChange[]);
      if (came === undefined) return;
      if (message.total === 0) announce('No changes found');
      many.came(came);
      drawSoon();
      return;
    }
  }
});

document.addEventListener('keydown', (event) => {
  if (head === undefined) return;
  if (agreesByEnter(event, head)) document.getElementById('deed')?.click();
  else if (event.key === 'Escape') {
    if (detail !== undefined && head.size !== 1) closeDetail();
    else if (event.target === find('search') && kinds.clearText()) return;
    else if (head.phase === 'asking') send({ type: 'cancel' });
  } else return;
  event.preventDefault();
});

send({ type: 'ready' });
