/** A chart as shapes, drawn as SVG or, for PNG, on a canvas. */
import type { ChartData } from './chart';
import type { Formats } from './formats';

/** The colours of series, in their order. */
export const SERIES = ['mark', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;

export type Paint = (typeof SERIES)[number] | 'text' | 'faint' | 'line';

export type Shape =
  | {
      readonly type: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly paint: Paint;
      readonly hint?: string;
    }
  | {
      readonly type: 'path';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly paint: Paint;
      readonly width: number;
    }
  | {
      readonly type: 'dot';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly paint: Paint;
      readonly hint?: string;
    }
  | {
      readonly type: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly paint: Paint;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
    };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function chartShapes(data: ChartData, width: number, height: number, formats: Formats): Shape[] {
  switch (data.type) {
    case 'bar':
      return barShapes(data, width, height);
    case 'line':
      return lineShapes(data, width, height, formats);
    case 'histogram':
      return histogramShapes(data, width, height, formats);
    case 'scatter':
      return scatterShapes(data, width, height, formats);
  }
}

/** Returns round numbers from at most `low` to at least `high`. */
export function ticks(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const result = new Set<number>();
  // The loop is bounded: above 2^53 adding one changes nothing, so it would never end.
  for (let count = 0; count < 3 * about + 3 && (first + count) * step < high + step * 0.999; count++)
    result.add(Number(((first + count) * step).toPrecision(12)));
  return [...result];
}

/** About the width of a figure in pixels. */
const FIGURE_WIDTH = 7.5;

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const number = (formats: Formats, value: number) => formats.number(value, Number.isInteger(value) ? 0 : 4);

/** Horizontal bars, where long names stay readable; the parts of a bar lie beside each other. */
function barShapes(data: ChartData & { type: 'bar' }, width: number, height: number): Shape[] {
  const longest = Math.min(28, Math.max(4, ...data.bars.map(({ text }) => text.length)));
  const left = Math.min(width / 2, longest * 7 + 20);
  const legend = legendShapes(data.series ?? [], left, width);
  // The amounts stand behind the bars.
  const amounts = Math.max(...data.bars.map(({ amount }) => amount.length)) * FIGURE_WIDTH + 16;
  const right = width - Math.min(width / 3, Math.max(64, amounts));
  const box: Box = { left, top: 30 + legend.height, right, bottom: height - 12 };
  const stretches = data.bars.map(stretchesOf);
  const ends = stretches.flatMap((list) => list.flatMap(({ from, to }) => [from, to]));
  const least = Math.min(0, ...ends);
  const most = Math.max(0, ...ends);
  const scale = (value: number) =>
    box.left + ((value - least) / (most - least || 1)) * (box.right - box.left);
  const step = Math.min(44, (box.bottom - box.top) / Math.max(1, data.bars.length));
  return [
    {
      type: 'text',
      x: box.left,
      y: 18,
      text: `${data.yTitle} by ${data.xTitle}`,
      paint: 'text',
      anchor: 'start',
      bold: true,
    },
    ...legend.shapes,
    ...data.bars.flatMap(({ text, amount }, at): Shape[] => {
      const y = box.top + at * step;
      const own = stretches[at] ?? [];
      const end = Math.max(0, ...own.map(({ to }) => to));
      return [
        {
          type: 'text',
          x: box.left - 8,
          y: y + step / 2 + 4,
          text: short(text, 28),
          paint: 'text',
          anchor: 'end',
        },
        ...own.map(({ from, to, paint, amount: shown, name }): Shape => ({
          type: 'rect',
          x: scale(from),
          y: y + step * 0.12,
          // Between two parts the background shows, for eyes that can't tell their colours apart.
          width: Math.max(1, scale(to) - scale(from) - (data.series === undefined ? 0 : 1)),
          height: step * 0.76,
          paint,
          hint: `${text}${name}: ${shown}`,
        })),
        {
          type: 'text',
          x: scale(end) + 6,
          y: y + step / 2 + 4,
          text: amount,
          paint: 'faint',
          anchor: 'start',
        },
      ];
    }),
  ];

  function stretchesOf({ value, amount, parts }: (typeof data.bars)[number]): Stretch[] {
    const whole = { value, amount, name: '', paint: SERIES[0] as Paint };
    const named = parts?.map((part, at) => ({
      ...part,
      name: `, ${data.series?.[at] ?? ''}`,
      paint: SERIES[at % SERIES.length] ?? SERIES[0],
    }));
    let [below, above] = [0, 0];
    return (named?.filter((part) => part.value !== 0) ?? [whole]).map(({ value: length, ...rest }) => {
      const [from, to] = length < 0 ? [below + length, below] : [above, above + length];
      if (length < 0) below = from;
      else above = to;
      return { ...rest, from, to };
    });
  }
}

/** A bar, or a part of one, from one value to another. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly amount: string;
  readonly paint: Paint;
}

/** Names the series beside their colours, in as many lines as they need. */
function legendShapes(
  series: readonly string[],
  left: number,
  width: number,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, line] = [left, 0];
  series.forEach((name, at) => {
    const text = short(name, 24);
    const room = 14 + text.length * 7 + 16;
    if (x > left && x + room > width - 12) [x, line] = [left, line + 1];
    const y = 32 + line * 18;
    const paint = SERIES[at % SERIES.length] ?? SERIES[0];
    shapes.push(
      { type: 'rect', x, y, width: 10, height: 10, paint },
      { type: 'text', x: x + 14, y: y + 9, text, paint: 'text', anchor: 'start' },
    );
    x += room;
  });
  return { shapes, height: series.length === 0 ? 0 : (line + 1) * 18 };
}

/** Both axes with lines and numbers. */
function frame(
  data: ChartData,
  width: number,
  height: number,
  yTicks: readonly number[],
  formats: Formats,
): { box: Box; y: (value: number) => number; shapes: Shape[] } {
  const labels = yTicks.map((value) => number(formats, value));
  const box: Box = {
    left: Math.max(...labels.map((text) => text.length)) * FIGURE_WIDTH + 16,
    top: 36,
    right: width - 20,
    bottom: height - 44,
  };
  const [low = 0, high = 1] = [yTicks[0], yTicks.at(-1)];
  const y = (value: number) => box.bottom - ((value - low) / (high - low || 1)) * (box.bottom - box.top);
  const shapes = yTicks.flatMap((value, at): Shape[] => [
    {
      type: 'path',
      points: [
        [box.left, y(value)],
        [box.right, y(value)],
      ],
      paint: 'line',
      width: 1,
    },
    { type: 'text', x: box.left - 8, y: y(value) + 4, text: labels[at] ?? '', paint: 'faint', anchor: 'end' },
  ]);
  shapes.push(
    { type: 'text', x: box.left, y: 18, text: data.yTitle, paint: 'text', anchor: 'start', bold: true },
    {
      type: 'text',
      x: (box.left + box.right) / 2,
      y: height - 8,
      text: data.xTitle,
      paint: 'text',
      anchor: 'middle',
    },
  );
  return { box, y, shapes };
}

/** Labels below, as many as fit. */
function below(box: Box, labels: readonly { x: number; text: string }[]): Shape[] {
  const room = Math.max(60, ...labels.map(({ text }) => text.length * FIGURE_WIDTH + 16));
  const each = Math.max(1, Math.ceil((labels.length * room) / Math.max(1, box.right - box.left)));
  return labels
    .filter((_, at) => at % each === 0)
    .map(({ x, text }) => ({
      type: 'text',
      // The outermost must not be cut off.
      x: Math.max(text.length * 3.7, x),
      y: box.bottom + 18,
      text,
      paint: 'faint',
      anchor: 'middle',
    }));
}

function lineShapes(
  data: ChartData & { type: 'line' },
  width: number,
  height: number,
  formats: Formats,
): Shape[] {
  const values = data.points.map(({ value }) => value);
  const { box, y, shapes } = frame(
    data,
    width,
    height,
    ticks(Math.min(0, ...values), Math.max(1, ...values), 5),
    formats,
  );
  const [first = 0, last = 0] = [data.points[0]?.time, data.points.at(-1)?.time];
  const x = (time: number) =>
    last === first
      ? (box.left + box.right) / 2
      : box.left + ((time - first) / (last - first)) * (box.right - box.left);
  const name = (time: number) =>
    data.unit === 'year'
      ? String(new Date(time).getUTCFullYear())
      : data.unit === 'month'
        ? new Date(time).toLocaleDateString(formats.locale, {
            timeZone: 'UTC',
            month: 'short',
            year: 'numeric',
          })
        : formats.day(time);
  const points = data.points.map(({ time, value }) => [x(time), y(value)] as const);
  return [
    ...shapes,
    ...below(
      box,
      data.points.map(({ time }) => ({ x: x(time), text: name(time) })),
    ),
    { type: 'path', points, paint: 'mark', width: 2 },
    ...data.points.map(({ time, value, amount }): Shape => ({
      type: 'dot',
      x: x(time),
      y: y(value),
      radius: data.points.length > 120 ? 1.5 : 3,
      paint: 'mark',
      hint: `${name(time)}: ${amount}`,
    })),
  ];
}

function histogramShapes(
  data: ChartData & { type: 'histogram' },
  width: number,
  height: number,
  formats: Formats,
): Shape[] {
  const { box, y, shapes } = frame(
    data,
    width,
    height,
    ticks(0, Math.max(1, ...data.bins.map(({ count }) => count)), 5),
    formats,
  );
  const step = (box.right - box.left) / Math.max(1, data.bins.length);
  const name = (value: number) =>
    data.dates ? formats.day(value) : number(formats, Number(value.toPrecision(4)));
  return [
    ...shapes,
    ...below(
      box,
      data.bins.map(({ from, to }, at) => ({
        x: box.left + (at + (from === to ? 0.5 : 0)) * step,
        text: name(from),
      })),
    ),
    ...data.bins.map(({ from, to, count }, at): Shape => ({
      type: 'rect',
      x: box.left + at * step + 0.5,
      y: y(count),
      width: Math.max(1, step - 1),
      height: box.bottom - y(count),
      paint: 'mark',
      hint: `${from === to ? name(from) : `${name(from)} to ${name(to)}`}: ${formats.count(count)}`,
    })),
  ];
}

function scatterShapes(
  data: ChartData & { type: 'scatter' },
  width: number,
  height: number,
  formats: Formats,
): Shape[] {
  const ends = (values: readonly number[]) =>
    values.reduce(({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }), {
      low: Infinity,
      high: -Infinity,
    });
  const [across, up] = [ends(data.points.map(({ x }) => x)), ends(data.points.map(({ y }) => y))];
  if (data.points.length === 0) return [];
  const { box, y, shapes } = frame(data, width, height, ticks(up.low, up.high, 5), formats);
  const xTicks = ticks(across.low, across.high, 8);
  const [low = 0, high = 1] = [xTicks[0], xTicks.at(-1)];
  const x = (value: number) => box.left + ((value - low) / (high - low || 1)) * (box.right - box.left);
  return [
    ...shapes,
    ...below(
      box,
      xTicks.map((value) => ({ x: x(value), text: number(formats, value) })),
    ),
    ...data.points.map((point): Shape => ({
      type: 'dot',
      x: x(point.x),
      y: y(point.y),
      radius: 2.5,
      paint: 'mark',
      hint: `${number(formats, point.x)}, ${number(formats, point.y)}`,
    })),
  ];
}
