/** Charts of the records in the view. Drawn as SVG by this code, as four kinds need no library. */
import { visibleOnOneLine } from '#core/text/foreign-text';
import {
  bestGroups,
  type ChartData,
  chartData,
  type ChartSpec,
  type ChartType,
  guessChart,
  type Measure,
  numberColumns,
  xColumns,
} from '../data/chart';
import { chartShapes, type Paint, type Shape } from '../data/chart-picture';
import type { Column } from '../data/columns';
import { inFetched } from '../data/fetched';
import type { Formats } from '../data/formats';
import { Slices, Superseded } from '../data/slices';
import { type Context, type ResultView, rowsOf } from './context';
import { button, make } from './dom';

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
const SVG = 'http://www.w3.org/2000/svg';

export function chartView(host: HTMLElement, context: Context): ResultView {
  const { model, send } = context;
  const choices = new Choices((kind) => changed(kind));
  const note = make('span', { class: 'key', role: 'status' });
  const stage = make('div', { class: 'stage' });
  const details = make('details', { class: 'chart-values' }, make('summary', {}, 'Values'));
  host.append(
    make(
      'div',
      { class: 'view-tools' },
      ...choices.elements,
      button('Save as PNG', () => save('png')),
      button('Save as SVG', () => save('svg')),
      note,
    ),
    make('div', { class: 'scroll' }, stage, details),
  );
  let spec: ChartSpec | undefined;
  let data: ChartData | undefined;
  let work: AbortController | undefined;
  new ResizeObserver(() => draw()).observe(stage);

  /** `kind`: whether another kind of chart was chosen. */
  function changed(kind: boolean): void {
    if (spec === undefined) return;
    const next = choices.spec;
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
      spec = guessChart(columns, records);
    if (spec === undefined) {
      note.textContent = 'There is nothing to draw.';
      stage.replaceChildren();
      return;
    }
    spec = choices.show(spec, columns);
    try {
      data = await chartData(records, spec, columns, model.formats, new Slices(control.signal));
      const about = data?.note ?? 'No column of this result fits this kind of chart.';
      note.textContent = [about, inFetched(rowsOf(context))].filter((text) => text !== '').join(' · ');
      draw();
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  function draw(): void {
    if (host.hidden || stage.clientWidth === 0) return;
    details.hidden = data === undefined;
    if (data === undefined) {
      stage.replaceChildren();
      return;
    }
    stage.replaceChildren(svgOf({ host, data, formats: model.formats, ...sizeOf(host, stage, data) }));
    details.replaceChildren(make('summary', {}, 'Values'), valuesTable(data, model.formats));
  }

  function save(format: 'svg' | 'png'): void {
    if (data === undefined) return;
    const picture = { host, data, formats: model.formats, ...sizeOf(host, stage, data) };
    const saved = format === 'svg' ? svgText(picture) : pngBase64(picture);
    if (saved !== undefined) send({ type: 'picture', format, data: saved });
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
  element.replaceChildren(
    ...choices.map(([value, label]) => make('option', { value, selected: value === chosen }, label)),
  );
}

/** A drawing and its size in pixels; `host` has the theme's colours and font. */
interface Picture {
  readonly host: HTMLElement;
  readonly data: ChartData;
  readonly formats: Formats;
  readonly width: number;
  readonly height: number;
}

/** Returns the size of a chart; one of many bars is as tall as they need. */
function sizeOf(host: HTMLElement, stage: HTMLElement, data: ChartData) {
  const bars = data.type === 'bar' ? data.bars.length * 26 + 50 : 0;
  return {
    width: Math.max(320, stage.clientWidth - 2),
    height: Math.max(Math.min(440, Math.max(240, host.clientHeight - 110)), bars),
  };
}

const fontOf = (host: HTMLElement) => getComputedStyle(host).fontFamily;

function svgOf({ host, data, formats, width, height }: Picture): SVGSVGElement {
  const root = element('svg', {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': `${data.yTitle} by ${data.xTitle}. The values are in a table below.`,
  });
  const colours = coloursOf(host);
  root.setAttribute('font-family', fontOf(host));
  root.setAttribute('font-size', '12');
  root.append(...chartShapes(data, width, height, formats).map((shape) => drawn(shape, colours)));
  return root;
}

function svgText(picture: Picture): string {
  const root = svgOf(picture);
  const { background } = coloursOf(picture.host);
  root.prepend(element('rect', { width: '100%', height: '100%', fill: background }));
  return new XMLSerializer().serializeToString(root);
}

/** Draws it twice as large as on the screen; returns undefined when there is no canvas. */
function pngBase64({ host, data, formats, width, height }: Picture): string | undefined {
  const canvas = make('canvas', { width: width * 2, height: height * 2 });
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  pen.scale(2, 2);
  const colours = coloursOf(host);
  pen.fillStyle = colours.background;
  pen.fillRect(0, 0, width, height);
  for (const shape of chartShapes(data, width, height, formats)) paint(pen, shape, colours, fontOf(host));
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

/** The values of the chart as a table, for users who can't see it. */
function valuesTable(of: ChartData, formats: Formats): HTMLElement {
  return make(
    'table',
    {},
    make(
      'thead',
      {},
      make('tr', {}, make('th', { scope: 'col' }, of.xTitle), make('th', { scope: 'col' }, of.yTitle)),
    ),
    make(
      'tbody',
      {},
      ...valueRows(of, formats).map(([name, value]) =>
        make('tr', {}, make('td', {}, make('bdi', {}, name)), make('td', {}, value)),
      ),
    ),
  );
}

/** How many dots are listed, at most. */
const MAX_LISTED = 200;

function valueRows(of: ChartData, formats: Formats): [string, string][] {
  const number = (value: number) => formats.number(value, Number.isInteger(value) ? 0 : 2);
  const time = (value: number) => formats.day(value);
  switch (of.type) {
    case 'bar':
      return of.bars.map(({ text, amount }) => [text, amount]);
    case 'line':
      return of.points.map((point) => [time(point.time), point.amount]);
    case 'histogram':
      return of.bins.map(({ from, to, count }) => [
        of.dates ? `${time(from)} to ${time(to)}` : `${number(from)} to ${number(to)}`,
        number(count),
      ]);
    case 'scatter':
      return of.points.slice(0, MAX_LISTED).map((point) => [number(point.x), number(point.y)]);
  }
}

type Colours = Readonly<Record<Paint | 'background', string>>;

/** Returns the theme's colours resolved, as a saved picture has no theme. */
function coloursOf(host: HTMLElement): Colours {
  const style = getComputedStyle(host);
  const read = (name: string, other: string) => style.getPropertyValue(name).trim() || other;
  return {
    mark: read('--vscode-charts-blue', '#3794ff'),
    text: read('--vscode-foreground', '#333333'),
    faint: read('--vscode-descriptionForeground', '#717171'),
    line: read('--vscode-editorWidget-border', '#c8c8c8'),
    background: read('--vscode-editor-background', '#ffffff'),
  };
}

function element(name: 'svg', attributes: Readonly<Record<string, string | number>>): SVGSVGElement;
function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement;
function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function drawn(shape: Shape, colours: Colours): SVGElement {
  const made = shapeElement(shape, colours);
  if ('hint' in shape && shape.hint !== undefined) {
    const title = element('title', {});
    title.textContent = visibleOnOneLine(shape.hint);
    made.append(title);
  }
  return made;
}

function shapeElement(shape: Shape, colours: Colours): SVGElement {
  const colour = colours[shape.paint];
  switch (shape.type) {
    case 'rect':
      return element('rect', {
        x: shape.x,
        y: shape.y,
        width: shape.width,
        height: shape.height,
        fill: colour,
      });
    case 'dot':
      return element('circle', { cx: shape.x, cy: shape.y, r: shape.radius, fill: colour });
    case 'path':
      return element('polyline', {
        points: shape.points.map((point) => point.join(',')).join(' '),
        fill: 'none',
        stroke: colour,
        'stroke-width': shape.width,
      });
    case 'text': {
      const made = element('text', {
        x: shape.x,
        y: shape.y,
        fill: colour,
        'text-anchor': shape.anchor,
        'font-weight': shape.bold === true ? 600 : 400,
      });
      made.textContent = visibleOnOneLine(shape.text);
      return made;
    }
  }
}

function paint(pen: CanvasRenderingContext2D, shape: Shape, colours: Colours, font: string): void {
  pen.fillStyle = pen.strokeStyle = colours[shape.paint];
  switch (shape.type) {
    case 'rect':
      pen.fillRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case 'dot':
      pen.beginPath();
      pen.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'path':
      pen.lineWidth = shape.width;
      pen.beginPath();
      for (const [x, y] of shape.points) pen.lineTo(x, y);
      pen.stroke();
      return;
    case 'text':
      pen.font = `${shape.bold === true ? '600 ' : ''}12px ${font}`;
      pen.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      pen.fillText(visibleOnOneLine(shape.text), shape.x, shape.y);
      return;
  }
}
