/** Draws charts: as SVG by this code, as four kinds need no library; a table below has the values. */
import { visibleOnOneLine } from '#core/text/foreign-text';
import type { ChartData } from '../data/chart';
import { chartShapes, type Paint, type Shape } from '../data/chart-picture';
import type { Formats } from '../data/formats';
import type { Context } from './context';
import { button, make } from './dom';
import { redraw } from './redraw';

const SVG = 'http://www.w3.org/2000/svg';

/** A chart, its values, and the buttons that save it. */
export class ChartDrawing {
  readonly #stage = make('div', { class: 'stage' });
  readonly #details = make('details', { class: 'chart-values' }, make('summary', {}, 'Values'));
  readonly element = make('div', { class: 'scroll' }, this.#stage, this.#details);
  readonly buttons: readonly HTMLElement[] = [
    button('Save as PNG', () => this.#save('png')),
    button('Save as SVG', () => this.#save('svg')),
  ];
  #data: ChartData | undefined;

  /** `host`: the view, whose colours and font it has. */
  constructor(
    private readonly host: HTMLElement,
    private readonly context: Pick<Context, 'model' | 'send'>,
  ) {
    new ResizeObserver(() => this.#draw()).observe(this.#stage);
    // A drawing has the theme's colours, which VS Code writes there.
    const style = { attributeFilter: ['style'] };
    new MutationObserver(() => this.#draw()).observe(document.documentElement, style);
  }

  /** Shows another chart, or none. */
  show(data: ChartData | undefined): void {
    this.#data = data;
    this.#draw();
  }

  #draw(): void {
    if (this.host.hidden || this.#stage.clientWidth === 0) return;
    const picture = this.#picture();
    this.#details.hidden = picture === undefined;
    this.#stage.replaceChildren(...(picture === undefined ? [] : [svgOf(picture)]));
    if (picture !== undefined)
      redraw(this.#details, make('summary', {}, 'Values'), valuesTable(picture.data, picture.formats));
  }

  #picture(): Picture | undefined {
    const { host } = this;
    const data = this.#data;
    if (data === undefined) return undefined;
    return { host, data, formats: this.context.model.formats, ...sizeOf(this.element, this.#stage, data) };
  }

  #save(format: 'svg' | 'png'): void {
    const picture = this.#picture();
    if (picture === undefined) return;
    const data = format === 'svg' ? svgText(picture) : pngBase64(picture);
    if (data !== undefined) this.context.send({ type: 'picture', format, data });
  }
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
function sizeOf(room: HTMLElement, stage: HTMLElement, data: ChartData) {
  const bars = data.type === 'bar' ? data.bars.length * 26 + (data.series === undefined ? 50 : 86) : 0;
  return {
    width: Math.max(320, stage.clientWidth - 2),
    height: Math.max(Math.min(440, Math.max(240, room.clientHeight - 60)), bars),
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
  const series = of.type === 'bar' ? (of.series ?? []) : [];
  const head = (text: string) => make('th', { scope: 'col' }, make('bdi', {}, visibleOnOneLine(text)));
  return make(
    'table',
    {},
    make('thead', {}, make('tr', {}, ...[of.xTitle, ...series, of.yTitle].map(head))),
    make(
      'tbody',
      {},
      ...valueRows(of, formats).map(([name = '', ...values]) =>
        make(
          'tr',
          {},
          make('td', {}, make('bdi', {}, name)),
          ...values.map((value) => make('td', {}, value)),
        ),
      ),
    ),
  );
}

/** How many dots are listed, at most. */
const MAX_LISTED = 200;

function valueRows(of: ChartData, formats: Formats): string[][] {
  const number = (value: number) => formats.number(value, Number.isInteger(value) ? 0 : 2);
  const time = (value: number) => formats.day(value);
  switch (of.type) {
    case 'bar':
      return of.bars.map(({ text, amount, parts = [] }) => [
        visibleOnOneLine(text),
        ...parts.map((part) => part.amount),
        amount,
      ]);
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
    second: read('--vscode-charts-orange', '#d18616'),
    third: read('--vscode-charts-green', '#388a34'),
    fourth: read('--vscode-charts-purple', '#652d90'),
    fifth: read('--vscode-charts-red', '#e51400'),
    sixth: read('--vscode-charts-yellow', '#bf8803'),
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
