/** A summary of each column: how full it is, how many different values it has, the most frequent ones, and their spread. */
import { visibleOnOneLine } from '#core/text/foreign-text';
import { nameKey } from '#core/text/names';
import { numericOf } from '#core/values/numbers';
import { type Column, isDate, kindInWords } from '../data/columns';
import { rowsInWords } from '../data/fetched';
import { withValue } from '../data/filters';
import { plural } from '../data/formats';
import { type Profile, profileColumn } from '../data/profile';
import { Slices, Superseded } from '../data/slices';
import { type Context, type ResultView, rowsOf } from './context';
import { button, make } from './dom';
import { redraw, replace } from './redraw';

export function profileView(host: HTMLElement, context: Context): ResultView {
  const { model } = context;
  const search = make('input', {
    type: 'search',
    placeholder: 'Find a column',
    'aria-label': 'Find a column',
    spellcheck: 'false',
  });
  const covered = make('span', { class: 'place', role: 'status' });
  const cards = make('div', { class: 'cards' });
  const body = make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Columns' }, cards);
  host.append(make('div', { class: 'view-tools' }, covered, search), body);
  let work: AbortController | undefined;
  const isWanted = ({ dataset }: HTMLElement) =>
    nameKey(dataset['name'] ?? '').includes(nameKey(search.value));
  const cardsNow = () => [...cards.children].filter((each) => each instanceof HTMLElement);
  search.addEventListener('input', () => {
    for (const each of cardsNow()) each.hidden = !isWanted(each);
  });

  async function draw(): Promise<void> {
    work?.abort();
    const control = (work = new AbortController());
    const slices = new Slices(control.signal);
    const columns = model.visible;
    const records = [...model.view()];
    covered.textContent = `${plural(model.formats, columns.length, 'column')} of ${rowsInWords({ ...rowsOf(context), count: records.length })}`;
    try {
      for (const [at, column] of columns.entries()) {
        const next = card(context, column, await profileColumn(records, column, slices));
        next.hidden = !isWanted(next);
        // Those of the last time stay until then.
        const last = cards.children[at];
        if (last instanceof HTMLElement) replace(last, next);
        else cards.append(next);
        if (slices.due()) await slices.pause();
      }
      if (cards.childElementCount > columns.length) redraw(cards, ...cardsNow().slice(0, columns.length));
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
  return { refresh: () => void draw(), focus: () => body.focus() };
}

/** How much of the first and the last value is shown. */
const MAX_SHOWN = 60;

function card(context: Context, column: Column, profile: Profile): HTMLElement {
  const { model } = context;
  const { formats } = model;
  const filled = profile.rows - profile.missing - profile.nulls - profile.empty;
  const share = profile.rows === 0 ? 0 : filled / profile.rows;
  const show = (value: string | number | undefined) => {
    if (value === undefined) return '';
    const digits = column.kind === 'number' ? numericOf(value) : undefined;
    if (digits !== undefined) return formats.digits(digits, column.decimals);
    const text = formats.whole(column, value);
    return visibleOnOneLine(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
  };
  const facts: [string, string][] = [
    ['With a value', `${formats.count(filled)} (${Math.floor(share * 1000) / 10}%)`],
    ['Different', formats.count(profile.distinct) + (profile.distinctCut ? ' or more' : '')],
  ];
  if (profile.nulls > 0) facts.push(['null', formats.count(profile.nulls)]);
  if (profile.empty > 0) facts.push(['Empty', formats.count(profile.empty)]);
  if (profile.missing > 0) facts.push(['Not in the record', formats.count(profile.missing)]);
  if (profile.least !== undefined)
    facts.push([
      isDate(column.kind) ? 'First' : column.kind === 'number' ? 'Lowest' : 'First in order',
      show(profile.least),
    ]);
  if (profile.most !== undefined)
    facts.push([
      isDate(column.kind) ? 'Last' : column.kind === 'number' ? 'Highest' : 'Last in order',
      show(profile.most),
    ]);
  if (profile.average !== undefined)
    facts.push(['Average', formats.number(profile.average, column.decimals + 2)]);
  if (profile.sum !== undefined) facts.push(['Sum', formats.sum(profile.sum, column.decimals)]);
  const meter = make('div', { class: 'meter', 'aria-hidden': 'true' }, make('div'));
  if (meter.firstElementChild instanceof HTMLElement) meter.firstElementChild.style.width = `${share * 100}%`;
  return make(
    'section',
    { class: 'card', 'data-name': column.name, 'aria-label': column.name },
    make('h2', {}, make('bdi', {}, column.name), make('span', { class: 'key' }, kindInWords(column))),
    meter,
    make(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, make('bdi', {}, value))]),
    ),
    profile.bins.length > 1 ? bars(profile, show) : undefined,
    profile.distinct < profile.rows || profile.distinct === 1 ? tops(context, column, profile) : undefined,
  );
}

function bars({ bins }: Profile, show: (value: number) => string): HTMLElement {
  const most = Math.max(...bins.map(({ count }) => count));
  const from = show(bins[0]?.from ?? 0);
  const to = show(bins.at(-1)?.to ?? 0);
  const strip = make('div', {
    class: 'bins',
    role: 'img',
    'aria-label': `Distribution of the values from ${from} to ${to}`,
  });
  for (const { from: low, to: high, count } of bins) {
    const bar = make('div', { title: `${show(low)} to ${show(high)}: ${count}` });
    bar.style.height = `${count === 0 ? 0 : Math.max(3, (count / most) * 100)}%`;
    strip.append(make('div', {}, bar));
  }
  return make(
    'div',
    {},
    strip,
    make('div', { class: 'ends key' }, make('span', {}, from), make('span', {}, to)),
  );
}

function tops({ model, setFilters, show: showTab }: Context, column: Column, { top }: Profile): HTMLElement {
  const most = top[0]?.count ?? 1;
  return make(
    'ul',
    { class: 'tops' },
    ...top.map(({ text, count }) => {
      const label = model.formats.show(
        column,
        column.kind === 'list' || column.kind === 'object' ? text : valueFrom(column, text),
      );
      const row = button(
        '',
        () => {
          setFilters(withValue(model.filters, column.name, text, false));
          showTab('grid', true);
        },
        { class: 'plain', title: `Show only these ${model.formats.count(count)}` },
      );
      const bar = make('span', { class: 'share', 'aria-hidden': 'true' });
      bar.style.width = `${(count / most) * 100}%`;
      row.append(
        bar,
        make('bdi', { class: 'text' }, label.slice(0, 80)),
        make('span', { class: 'key' }, model.formats.count(count)),
      );
      return make('li', {}, row);
    }),
  );
}

const valueFrom = (column: Column, text: string): unknown => (column.kind === 'number' ? Number(text) : text);
