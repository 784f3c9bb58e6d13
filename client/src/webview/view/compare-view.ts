/** Differences from another result: added, removed and changed records, with counts that act as filters. */
import { delimitedText } from '#core/results/csv';
import type { ApiRecord } from '#core/results/read-page';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { nameKey } from '#core/text/names';
import { readJson } from '#core/values/read-json';
import { changeTexts, exactText, isIn, shownText } from '../data/change-texts';
import { type Change, compareRecords, type Comparison } from '../data/compare';
import { type Formats, plural } from '../data/formats';
import type { Model } from '../data/model';
import { Slices, Superseded } from '../data/slices';
import type { ViewOther } from '../messages';
import type { Context, ResultView } from './context';
import { announce, button, make } from './dom';
import { redraw } from './redraw';
import { VirtualList } from './virtual-list';

const TYPES: readonly Change['type'][] = ['added', 'removed', 'changed'];
/** `key`: what says which record is which. */
const headsOf = (key: readonly string[]) => ['Change', key.join(', '), 'Column', 'Before', 'Now'];

export function compareView(
  host: HTMLElement,
  { model, send }: Context,
  end: () => void,
): ResultView & { setOther: (other: ViewOther | undefined) => void } {
  const list = new VirtualList((index) => line(model, shown[index]), {
    role: 'list',
    'aria-label': 'Changes',
  });
  list.element.tabIndex = 0;
  const { title, counts, search, notes, heads } = makeHead(host, () => copyChanges(), end);
  host.append(list.element);
  const off = new Set<Change['type']>();
  let other: { title: string; records: readonly ApiRecord[] } | undefined;
  let result: Comparison | undefined;
  let shown: readonly Change[] = [];
  let work: AbortController | undefined;

  async function compare(): Promise<void> {
    if (other === undefined) return;
    work?.abort();
    const control = (work = new AbortController());
    title.textContent = visibleOnOneLine(`Compared with ${other.title}`);
    try {
      result = await compareRecords(other.records, model.records, new Slices(control.signal));
      draw();
      announce(`${result.added} added, ${result.removed} removed, ${result.changed} changed`);
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  function draw(): void {
    if (result === undefined) return;
    heads.replaceChildren(...headsOf(result.key).map((text) => make('span', {}, visibleOnOneLine(text))));
    const numbers: Readonly<Record<Change['type'], number>> = result;
    redraw(
      counts,
      ...TYPES.map((type) =>
        button(`${model.formats.count(numbers[type])} ${type}`, () => toggle(type), {
          class: `toggle ${type}`,
          'aria-pressed': String(!off.has(type)),
        }),
      ),
    );
    notes.textContent = notesOf(result, model.formats);
    const wanted = nameKey(search.value);
    shown = result.changes.filter(
      (change) => !off.has(change.type) && (wanted === '' || isIn(model, change, wanted)),
    );
    list.count = shown.length;
  }
  function toggle(type: Change['type']): void {
    if (!off.delete(type)) off.add(type);
    draw();
  }
  search.addEventListener('input', draw);

  function copyChanges(): void {
    const rows = [
      headsOf(result?.key ?? []),
      ...shown.map((change) => changeTexts(model, change, exactText)),
    ];
    const text = delimitedText(
      rows.map((row) => row.map((each) => each.replace(/\s+/g, ' '))),
      '\t',
    );
    send({ type: 'copy', text, what: plural(model.formats, shown.length, 'change') });
  }
  return {
    refresh: () => void compare(),
    focus: () => list.element.focus(),
    setOther: (next) => {
      other =
        next === undefined ? undefined : { title: next.title, records: readJson(next.json) as ApiRecord[] };
      result = undefined;
      if (other !== undefined) void compare();
    },
  };
}

/** Makes the part above the list of changes. */
function makeHead(host: HTMLElement, copy: () => void, end: () => void) {
  const title = make('span', { class: 'place' });
  const counts = make('div', { class: 'counts', role: 'group', 'aria-label': 'Kinds of changes' });
  const search = make('input', {
    type: 'search',
    placeholder: 'Find in the changes',
    'aria-label': 'Find in the changes',
    spellcheck: 'false',
  });
  const notes = make('p', { class: 'hint' });
  const heads = make('div', { class: 'change heads', 'aria-hidden': 'true' });
  host.append(
    make('div', { class: 'view-tools' }, title, counts, search, button('Copy', copy), button('End', end)),
    notes,
    heads,
  );
  return { title, counts, search, notes, heads };
}

const notesOf = (result: Comparison, formats: Formats): string =>
  [
    `${plural(formats, result.same, 'record')} unchanged`,
    `${plural(formats, result.cells, 'value')} changed`,
    ...(result.withoutId > 0
      ? [`${plural(formats, result.withoutId, 'record')} without an ID can’t be compared`]
      : []),
    ...(result.repeated > 0 ? [`${plural(formats, result.repeated, 'record')} with a repeated ID`] : []),
  ].join(' · ');

function line(model: Model, change: Change | undefined): HTMLElement {
  if (change === undefined) return make('div');
  const [type = '', ...rest] = changeTexts(model, change, shownText);
  return make(
    'div',
    { class: `change ${change.type}`, role: 'listitem' },
    make('span', { class: 'type' }, type),
    ...rest.map((text) =>
      make(
        'bdi',
        { title: text.length > 30 ? text.slice(0, 1000) : undefined },
        visibleOnOneLine(text.slice(0, 200)),
      ),
    ),
  );
}
