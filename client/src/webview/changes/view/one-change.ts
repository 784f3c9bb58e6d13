/** One change in full: the record, and each field before and after. */
import { TYPE_NAMES } from '#core/text/type-names';
import type { Formats } from '../../data/formats';
import { make } from '../../view/dom';
import { type Detail, detailsOf, filledOf, matchesOf, remarksOf } from '../data/details';
import { STATES } from '../data/states';
import type { ShownChange } from '../messages';
import { comparedValues, valueOf } from './value-cells';

/** `said`: what stands on the page already, and need not be said again. */
export function oneChange(formats: Formats, shown: ShownChange, said: string): HTMLElement {
  const { change, what, name, sent, sends } = shown;
  const { mark, word } = STATES[sent?.outcome ?? change.outcome];
  return make(
    'article',
    { class: `one ${sent?.outcome ?? change.outcome}` },
    make(
      'h2',
      {},
      make('span', {}, make('bdi', {}, what), ...(name === '' ? [] : [' · ', make('bdi', {}, name)])),
      make('span', { class: 'key' }, `${mark} ${word}`),
    ),
    ...remarksOf(shown)
      .filter((text) => !said.includes(text))
      .map((text) => make('p', { class: 'remark' }, text)),
    ...tablesOf(formats, shown),
    ...(sends === undefined
      ? []
      : [make('h3', {}, 'What would be sent'), make('pre', { class: 'raw', tabindex: 0 }, sends)]),
  );
}

function tablesOf(formats: Formats, { change }: ShownChange): HTMLElement[] {
  const details = detailsOf(change);
  switch (change.outcome) {
    case 'delete':
      return recordTable(formats, details);
    case 'update':
    case 'unchanged':
      return [
        fieldTable('compared', ['Field', 'Now', 'After'], details, (detail) =>
          comparedCells(formats, detail),
        ),
      ];
    case 'refused':
      return [
        ...matchesTable(change),
        ...(details.length === 0 ? [] : [make('h3', {}, 'What it would write')]),
        ...newValues(formats, details),
      ];
    case 'create':
    case 'unforeseen':
      return newValues(formats, details);
  }
}

const newValues = (formats: Formats, details: readonly Detail[]): HTMLElement[] =>
  details.length === 0
    ? []
    : [
        fieldTable('new', ['Field', 'Value', 'Type'], details, (detail) => [
          make('td', {}, valueOf(formats, detail, detail.after), problemOf(detail)),
          make('td', { class: 'key' }, detail.type === undefined ? '' : TYPE_NAMES[detail.type]),
        ]),
      ];

/** The whole record; fields without a value are only named. */
function recordTable(formats: Formats, details: readonly Detail[]): HTMLElement[] {
  const { filled, empty } = filledOf(details);
  return [
    fieldTable('whole', ['Field', 'Value'], filled, (detail) => [
      make('td', {}, valueOf(formats, detail, detail.before)),
    ]),
    ...(empty.length === 0 ? [] : [make('p', { class: 'hint' }, `Without a value: ${empty.join(', ')}.`)]),
  ];
}

function fieldTable(
  kind: 'compared' | 'new' | 'whole',
  heads: readonly string[],
  details: readonly Detail[],
  cells: (detail: Detail) => readonly HTMLElement[],
): HTMLElement {
  return make(
    'table',
    { class: `fields ${kind}` },
    make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
    make(
      'tbody',
      {},
      ...details.map((detail) =>
        make(
          'tr',
          { class: classOf(detail) },
          make('th', { scope: 'row' }, nameOf(detail.name)),
          ...cells(detail),
        ),
      ),
    ),
  );
}

/** A name may break between its words, such as `CreatedByName`. */
const nameOf = (name: string): HTMLElement =>
  make(
    'bdi',
    {},
    ...name
      .split(/(?<=[a-z])(?=[A-Z])/)
      .flatMap((word, at) => (at === 0 ? [word] : [document.createElement('wbr'), word])),
  );

const classOf = ({ changes, problem }: Detail): string | undefined => {
  if (problem !== undefined) return 'wrong';
  return changes === true ? 'changes' : undefined;
};

function comparedCells(formats: Formats, detail: Detail): HTMLElement[] {
  if (detail.changes !== true)
    return [
      make('td', {}, valueOf(formats, detail, detail.before, 'not shown by the platform')),
      make('td', {}, make('span', { class: 'same' }, 'unchanged'), problemOf(detail)),
    ];
  const { before, after } = comparedValues(formats, detail);
  return [make('td', {}, before), make('td', {}, after, problemOf(detail))];
}

const problemOf = ({ problem }: Detail): HTMLElement | undefined =>
  problem === undefined ? undefined : make('p', { class: 'problem' }, `⚠ ${problem}`);

function matchesTable(change: ShownChange['change']): HTMLElement[] {
  const { columns, rows, more } = matchesOf(change);
  if (rows.length === 0) return [];
  return [
    make('h3', {}, `The records that it fits`),
    make(
      'div',
      { class: 'sideways', tabindex: 0, role: 'group', 'aria-label': 'The records that it fits' },
      make(
        'table',
        { class: 'matches' },
        make('thead', {}, make('tr', {}, ...columns.map((name) => make('th', { scope: 'col' }, name)))),
        make(
          'tbody',
          {},
          ...rows.map((row) => make('tr', {}, ...row.map((text) => make('td', {}, make('bdi', {}, text))))),
        ),
      ),
    ),
    ...(more === 0 ? [] : [make('p', { class: 'hint' }, `… and ${more.toLocaleString()} more.`)]),
  ];
}
