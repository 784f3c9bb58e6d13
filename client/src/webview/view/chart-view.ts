/** Charts of the records in the view. */
import {
  bestGroups,
  chartData,
  type ChartSpec,
  type ChartType,
  guessAnswerChart,
  guessChart,
  type Measure,
  numberColumns,
  xColumns,
} from '../data/chart';
import type { Column } from '../data/columns';
import { inFetched } from '../data/fetched';
import { Slices, Superseded } from '../data/slices';
import { ChartDrawing } from './chart-drawing';
import { type Context, type ResultView, rowsOf } from './context';
import { make } from './dom';
import { setOptions } from './redraw';

const TYPES: readonly (readonly [ChartType, string])[] = [
  ['bar', 'Bars'],
  ['line', 'Line over time'],
  ['histogram', 'Histogram'],
  ['scatter', 'Scatter'],
];
const MEASURES: readonly (readonly [Measure, string])[] = [
  ['count', 'Number of records'],
  ['sum', 'Sum of'],
  ['average', 'Average of'],
];

export function chartView(host: HTMLElement, context: Context): ResultView {
  const { model } = context;
  const choices = new Choices((kind) => changed(kind));
  const note = make('span', { class: 'key', role: 'status' });
  const drawing = new ChartDrawing(host, context);
  host.append(
    make('div', { class: 'view-tools' }, ...choices.elements, ...drawing.buttons, note),
    drawing.element,
  );
  let spec: ChartSpec | undefined;
  let work: AbortController | undefined;

  /** `kind`: whether another kind of chart was chosen. */
  function changed(kind: boolean): void {
    if (spec === undefined) return;
    const { inOrder = false } = spec;
    const next = { ...choices.spec, inOrder };
    const possible = xColumns(next.type, model.visible);
    // Another kind of chart begins with a column that suits it.
    const suits =
      next.type === 'bar'
        ? bestGroups(model.visible, model.records)
        : possible.find(({ name }) => name === next.x);
    spec = kind ? { ...next, x: (suits ?? possible[0])?.name ?? '' } : next;
    void compute();
  }

  async function compute(): Promise<void> {
    work?.abort();
    const control = (work = new AbortController());
    const columns = model.visible;
    const records = [...model.view()];
    if (spec === undefined || !columns.some(({ name }) => name === spec?.x))
      spec =
        (context.head()?.method === 'SQL' ? guessAnswerChart(columns, records) : undefined) ??
        guessChart(columns, records);
    if (spec === undefined) {
      note.textContent = 'There is nothing to draw.';
      drawing.show(undefined);
      return;
    }
    spec = choices.show(spec, columns);
    try {
      const data = await chartData(records, spec, columns, model.formats, new Slices(control.signal));
      const about = data?.note ?? 'No column of this result fits this kind of chart.';
      note.textContent = [about, inFetched(rowsOf(context))].filter((text) => text !== '').join(' · ');
      drawing.show(data);
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  return { refresh: () => void compute(), focus: () => choices.focus() };
}

const select = (label: string) => make('select', { 'aria-label': label });

/** The choices for a chart: its kind, columns and measure. */
class Choices {
  readonly #type = select('Kind of chart');
  readonly #x = select('Along');
  readonly #measure = select('Measure');
  readonly #y = select('Column of the measure');

  /** `changed` gets true when the kind of chart changed. */
  constructor(changed: (kind: boolean) => void) {
    for (const each of [this.#type, this.#x, this.#measure, this.#y])
      each.addEventListener('change', () => changed(each === this.#type));
  }

  get elements(): readonly HTMLElement[] {
    return [this.#type, make('label', {}, 'along ', this.#x), this.#measure, this.#y];
  }

  focus(): void {
    this.#type.focus();
  }

  get spec(): ChartSpec {
    return {
      type: this.#type.value as ChartType,
      x: this.#x.value,
      y: this.#y.value,
      measure: this.#measure.value as Measure,
    };
  }

  /** Offers what these columns allow; returns the resulting choice. */
  show(wanted: ChartSpec, columns: readonly Column[]): ChartSpec {
    const names = (list: readonly Column[]) => list.map(({ name }) => [name, name] as const);
    const numbers = numberColumns(columns);
    const other = numbers.find(({ name }) => name !== wanted.x);
    const twice = wanted.type === 'scatter' && wanted.y === wanted.x;
    const spec = twice && other !== undefined ? { ...wanted, y: other.name } : wanted;
    options(this.#type, TYPES, spec.type);
    options(this.#x, names(xColumns(spec.type, columns)), spec.x);
    options(this.#measure, MEASURES, spec.measure);
    options(this.#y, names(numbers), spec.y);
    const grouped = spec.type === 'bar' || spec.type === 'line';
    this.#measure.hidden = !grouped || numbers.length === 0;
    this.#y.hidden =
      numbers.length === 0 || (spec.type !== 'scatter' && (!grouped || spec.measure === 'count'));
    return spec;
  }
}

function options(
  element: HTMLSelectElement,
  choices: readonly (readonly [string, string])[],
  chosen: string,
): void {
  const shown = choices.some(([value]) => value === chosen) ? chosen : (choices[0]?.[0] ?? '');
  setOptions(
    element,
    choices.map(([value, label]) => ({ value, label })),
    shown,
  );
}
