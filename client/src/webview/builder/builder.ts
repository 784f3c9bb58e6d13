/** The page of the query builder: connects the extension's messages and the parts of the page. */
import { find, icon, make } from '../view/dom';
import { listen } from '../view/press';
import type { FoundRecords, FromBuilder, ShownRequest, ToBuilder } from './messages';
import { AmountPart } from './view/amount-part';
import { AnswerPart } from './view/answer-part';
import { ConditionsPart } from './view/conditions-part';
import { FieldsPart } from './view/fields-part';
import { listenForKeys } from './view/keys';
import { ModulePart } from './view/module-part';
import { OrderPart } from './view/order-part';
import { type BuilderPage, lockedText, type PageRequest, pageRequest, type Part } from './view/parts';

declare function acquireVsCodeApi(): { postMessage(message: FromBuilder): void };

const host = acquireVsCodeApi();
const send = (message: FromBuilder) => host.postMessage(message);
let shown: PageRequest | undefined;
let wishes = 0;
let records: FoundRecords | undefined;

const page: BuilderPage = {
  shown: () => {
    if (shown === undefined) throw new Error('nothing is shown');
    return shown;
  },
  want: (wish) => {
    answer.wait();
    send({ type: 'wish', request: shown?.request ?? 0, id: ++wishes, wish });
    return wishes;
  },
  lookUp: (field) => send({ type: 'look-up', field }),
  findRecords: (field, text) => send({ type: 'records', field, text }),
  records: () => records,
};
const modulePart = new ModulePart(page);
const conditionsPart = new ConditionsPart(page);
const amountPart = new AmountPart(page);
const parts: readonly Part[] = [
  modulePart,
  new FieldsPart(page),
  conditionsPart,
  new OrderPart(page),
  amountPart,
];
const answer = new AnswerPart(
  page.shown,
  (on) => send({ type: 'preview', on }),
  (total) => amountPart.count(total),
);

/** Where the page is first shown, and where it shows a request after nothing, the work begins with the module. */
function showRequest(next: ShownRequest): void {
  const isFirst = shown === undefined;
  if (shown?.request !== next.request) records = undefined;
  shown = pageRequest(next);
  const { refused, title, file, connection, production, others, problems } = next;
  showHead(title === '' ? 'Query Builder' : title, file, refused ?? '');
  find('connection').textContent = connection;
  find('connection').classList.toggle('production', production);
  if (refused !== undefined) return;
  for (const part of parts) part.show(shown);
  showLocks(next.locked);
  find('others-section').hidden = others.length === 0;
  find('others').replaceChildren(...others.map((line) => make('li', {}, lockedText(line))));
  const told = problems.join('\n');
  if (find('problems').dataset['told'] !== told)
    find('problems').replaceChildren(...problems.map((sentence) => make('p', {}, sentence)));
  find('problems').dataset['told'] = told;
  if (isFirst && document.hasFocus()) modulePart.focus();
}

/** Where the part stands in a way that the builder can't change. */
const PLACES = {
  module: 'module-part',
  select: 'fields-part',
  conditions: 'conditions-part',
  order: 'order-part',
  top: 'amount-part',
  pages: 'amount-part',
} as const satisfies Record<ShownRequest['locked'][number], string>;

const LOCKED =
  'This can’t be changed here, as it stands in the file twice or has an error. Correct it in the file.';

function showLocks(locked: ShownRequest['locked']): void {
  const places = new Set<string>(locked.map((part) => PLACES[part]));
  for (const id of new Set(Object.values(PLACES))) {
    const place = find(id);
    place.inert = places.has(id);
    const told = place.previousElementSibling?.classList.contains('lock') === true;
    if (told === place.inert) continue;
    if (told) place.previousElementSibling?.remove();
    else place.before(make('p', { class: 'lock' }, icon('lock'), LOCKED));
  }
}

/** `nothing`: why there is nothing to build; '' where there is. */
function showHead(title: string, file: string, nothing: string): void {
  find('title').textContent = title;
  find('file').textContent = file;
  find('nothing-text').textContent = nothing;
  find('nothing').hidden = nothing === '';
  for (const id of ['parts', 'decision', 'problems']) find(id).hidden = nothing !== '';
}

function showProblem(text: string): void {
  find('error').hidden = text === '';
  if (find('error').textContent !== text) find('error').textContent = text;
}

find('run').addEventListener('click', () => send({ type: 'run' }));
find('edit').addEventListener('click', () => send({ type: 'edit' }));
find('new-file').addEventListener('click', () => send({ type: 'new-file' }));
listenForKeys(send);

listen<ToBuilder>((message) => {
  switch (message.type) {
    case 'request':
      showRequest(message.shown);
      break;
    case 'nothing':
      showHead('Query Builder', message.file, message.text);
      find('connection').textContent = '';
      break;
    case 'problem':
      showProblem(message.text);
      break;
    case 'records':
      records = message;
      conditionsPart.refresh();
      break;
    case 'answer':
      answer.show(message.answer, message.on);
      break;
    case 'focus':
      window.focus();
      break;
  }
});

send({ type: 'ready' });
