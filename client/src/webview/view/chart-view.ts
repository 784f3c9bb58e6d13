/** Charts of the records in the view. Drawn by hand as SVG: four kinds need no library. */
import {
  bestGroups,
  chartData,
  guessChart,
  numberColumns,
  xColumns,
  type ChartData,
  type ChartSpec,
  type ChartType,
  type Measure,
} from '../data/chart';
import { chartShapes, type Paint, type Shape } from '../data/chart-picture';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { Slices, Superseded } from '../data/slices';
import type { Context, ResultView } from './context';
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

export function chartView(host: HTMLElement, { model, send }: Context): ResultView {
  const select = (label: string) => {
    const element = make('select', { 'aria-label': label });
    element.addEventListener('change', () => changed(element));
    return element;
  };
  const [type, x, measure, y] = [
    select('Kind of chart'),
    select('Along'),
    select('Measure'),
    select('Column of the measure'),
  ];
  const note = make('span', { class: 'key', role: 'status' });
  const stage = make('div', { class: 'stage' });
  const details = make('details', { class: 'chart-values' }, make('summary', {}, 'Values'));
  host.append(
    make(
      'div',
      { class: 'view-tools' },
      type,
      make('label', {}, 'along ', x),
      measure,
      y,
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

  const options = (
    element: HTMLSelectElement,
    choices: readonly (readonly [string, string])[],
    chosen: string,
  ) =>
    element.replaceChildren(
      ...choices.map(([value, label]) => make('option', { value, selected: value === chosen }, label)),
    );

  function changed(element: HTMLSelectElement): void {
    if (spec === undefined) return;
    const next: ChartSpec = {
      type: type.value as ChartType,
      x: x.value,
      y: y.value,
      measure: measure.value as Measure,
    };
    const possible = xColumns(next.type, model.visible);
    // Another kind of chart begins with a column that suits it.
    const suits =
      next.type === 'bar'
        ? bestGroups(model.visible, model.records)
        : possible.find(({ name }) => name === next.x);
    spec = element === type ? { ...next, x: (suits ?? possible[0])?.name ?? '' } : next;
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
    const names = (list: readonly { readonly name: string }[]) =>
      list.map(({ name }) => [name, name] as const);
    options(type, TYPES, spec.type);
    options(x, names(xColumns(spec.type, columns)), spec.x);
    options(measure, MEASURES, spec.measure);
    const numbers = numberColumns(columns);
    const other = numbers.find(({ name }) => name !== spec?.x);
    if (spec.type === 'scatter' && spec.y === spec.x && other !== undefined)
      spec = { ...spec, y: other.name };
    options(y, names(numbers), spec.y);
    const grouped = spec.type === 'bar' || spec.type === 'line';
    measure.hidden = !grouped || numbers.length === 0;
    y.hidden = numbers.length === 0 || (spec.type !== 'scatter' && (!grouped || spec.measure === 'count'));
    try {
      data = await chartData(records, spec, columns, model.formats, new Slices(control.signal));
      note.textContent = data?.note ?? 'No column of this result fits this kind of chart.';
      draw();
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  const size = () => {
    const rows = data?.type === 'bar' ? data.bars.length * 26 + 50 : 0;
    return {
      width: Math.max(320, stage.clientWidth - 2),
      height: Math.max(Math.min(440, Math.max(240, host.clientHeight - 110)), rows),
    };
  };

  function draw(): void {
    if (host.hidden || stage.clientWidth === 0) return;
    details.hidden = data === undefined;
    if (data === undefined) {
      stage.replaceChildren();
      return;
    }
    stage.replaceChildren(svg(data));
    details.replaceChildren(make('summary', {}, 'Values'), valuesTable(data));
  }

  function svg(of: ChartData): SVGSVGElement {
    const { width, height } = size();
    const root = element('svg', {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `${of.yTitle} by ${of.xTitle}. The values are in a table below.`,
    });
    const colours = coloursOf(host);
    root.setAttribute('font-family', getComputedStyle(host).fontFamily);
    root.setAttribute('font-size', '12');
    root.append(...chartShapes(of, width, height, model.formats).map((shape) => drawn(shape, colours)));
    return root;
  }

  function valuesTable(of: ChartData): HTMLElement {
    const { formats } = model;
    const number = (value: number) => formats.number(value, Number.isInteger(value) ? 0 : 2);
    const time = (value: number) => formats.day(value);
    const rows: [string, string][] =
      of.type === 'bar'
        ? of.bars.map(({ text, value }) => [text, number(value)])
        : of.type === 'line'
          ? of.points.map((point) => [time(point.time), number(point.value)])
          : of.type === 'histogram'
            ? of.bins.map(({ from, to, count }) => [
                of.dates ? `${time(from)} to ${time(to)}` : `${number(from)} to ${number(to)}`,
                number(count),
              ])
            : of.points.slice(0, 200).map((point) => [number(point.x), number(point.y)]);
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
        ...rows.map(([name, value]) =>
          make('tr', {}, make('td', {}, make('bdi', {}, name)), make('td', {}, value)),
        ),
      ),
    );
  }

  function save(format: 'svg' | 'png'): void {
    if (data === undefined) return;
    if (format === 'svg') {
      const picture = svg(data);
      picture.prepend(element('rect', { width: '100%', height: '100%', fill: coloursOf(host).background }));
      send({ type: 'picture', format, data: new XMLSerializer().serializeToString(picture) });
      return;
    }
    const { width, height } = size();
    const canvas = make('canvas', { width: width * 2, height: height * 2 });
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.scale(2, 2);
    const colours = coloursOf(host);
    pen.fillStyle = colours.background;
    pen.fillRect(0, 0, width, height);
    for (const shape of chartShapes(data, width, height, model.formats))
      paint(pen, shape, colours, getComputedStyle(host).fontFamily);
    send({ type: 'picture', format, data: canvas.toDataURL('image/png').split(',')[1] ?? '' });
  }

  return { refresh: () => void compute(), focus: () => type.focus() };
}

type Colours = Readonly<Record<Paint | 'background', string>>;

/** The theme's, resolved: a saved picture knows no theme. */
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
