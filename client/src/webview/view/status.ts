/** The line above the records: how many rows there are, and figures of the selection. */
import { memberOf } from '#core/results/table';
import { DecimalSum } from '#core/values/decimal';
import { compareNumbers, type Numeric, numericOf } from '#core/values/numbers';
import { inFetched } from '../data/fetched';
import { plural } from '../data/formats';
import { countCells, countRows, selectedColumns, stretches } from '../data/selection';
import { Slices, Superseded } from '../data/slices';
import { voidOf } from '../data/values';
import { type Context, rowsOf } from './context';
import { find } from './dom';

export function drawShown(context: Context): void {
  const { model } = context;
  const { formats, records, count } = model;
  const rows =
    count === records.length
      ? plural(formats, count, 'row')
      : `${formats.count(count)} of ${plural(formats, records.length, 'row')}`;
  const hidden = model.columns.length - model.visible.length;
  const columns = plural(formats, model.visible.length, 'column');
  find('shown').textContent = [
    rows,
    ...[inFetched(rowsOf(context))].filter((text) => text !== '' && count < records.length),
    hidden > 0 ? `${columns}, ${hidden} hidden` : columns,
    ...(model.busy ? ['Sorting and filtering…'] : []),
  ].join(' · ');
}

let work: AbortController | undefined;

/** Shows sums, averages and counts, computed in slices, as everything may be selected. */
export async function drawSelected({ model, grid }: Context): Promise<void> {
  work?.abort();
  const control = (work = new AbortController());
  const { ranges } = grid;
  const { formats } = model;
  const cells = ranges.length === 0 ? 0 : countCells(ranges);
  const say = (...parts: string[]) => {
    const text = parts.join(' · ');
    find('selected').textContent = text;
    // A narrow view cuts it.
    find('selected').title = text;
  };
  if (cells < 2) {
    say();
    return;
  }
  const counted = `${plural(formats, cells, 'cell')} in ${plural(formats, countRows(ranges), 'row')}`;
  say(counted);
  const sum = new DecimalSum();
  let [numbers, filled, decimals] = [0, 0, 0];
  let [least, most]: (Numeric | undefined)[] = [];
  const slices = new Slices(control.signal);
  try {
    for (const { from, to } of stretches(ranges))
      for (let row = from; row <= to; row++) {
        if ((row & 63) === 0 && slices.due()) await slices.pause();
        const record = model.shownAt(row) ?? {};
        const here =
          ranges.length === 1 ? ranges : ranges.filter(({ top, bottom }) => row >= top && row <= bottom);
        for (const at of selectedColumns(here)) {
          const column = model.visible[at];
          const value = column === undefined ? undefined : memberOf(record, column.name);
          if (voidOf(value) !== undefined) continue;
          filled++;
          const number = column?.kind === 'number' ? numericOf(value) : undefined;
          if (number === undefined) continue;
          numbers++;
          sum.add(number);
          if (least === undefined || compareNumbers(number, least) < 0) least = number;
          if (most === undefined || compareNumbers(number, most) > 0) most = number;
          decimals = Math.max(decimals, column?.decimals ?? 0);
        }
      }
  } catch (error) {
    if (error instanceof Superseded) return;
    throw error;
  }
  say(
    ...(least !== undefined && most !== undefined
      ? [
          `Sum ${formats.sum(sum, decimals)}`,
          `Average ${formats.number(Number(sum.text) / numbers, decimals + 2)}`,
          `Lowest ${formats.digits(least, decimals)}`,
          `Highest ${formats.digits(most, decimals)}`,
        ]
      : []),
    counted,
    `${formats.count(filled)} with a value`,
  );
}
