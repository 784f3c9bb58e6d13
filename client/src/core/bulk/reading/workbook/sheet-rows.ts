/** The rows of a sheet, as its XML comes. */
import { columnOf } from '../letters';
import { addMerged, rangeOf } from '../merged-range';
import { BLANK, type RawRow, type RowBatch, type SheetFacts } from '../raw-rows';
import { TableError } from '../table-error';
import { cellOf, type CellWorld, type StoredCell } from './cells';
import { TextGatherer } from './texts';
import { isTrue, xmlOf } from './xml';

const MAX_COLUMNS = 16_384;
/** Cells with a value. */
const MAX_CELLS = 20_000_000;

/** @param facts Filled while the rows are read. */
export async function* sheetRows(
  pieces: AsyncIterable<string>,
  world: CellWorld,
  facts: SheetFacts,
): AsyncGenerator<RowBatch> {
  const parser = new SheetParser(world, facts);
  for await (const piece of xmlOf(pieces, parser)) {
    void piece;
    yield parser.take();
  }
}

class SheetParser {
  #rows: RawRow[] = [];
  #cells: RawRow['cells'][number][] = [];
  #row = 0;
  #hidden = false;
  #column = -1;
  #count = 0;
  #type = 'n';
  #style = 0;
  #formula = false;
  #value: string | undefined;
  #inValue = false;
  readonly #inline = new TextGatherer();

  constructor(
    private readonly world: CellWorld,
    private readonly facts: SheetFacts,
  ) {}

  take(): RowBatch {
    const rows = this.#rows;
    this.#rows = [];
    return { rows, upTo: this.#row };
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#row = Number(attributes['r'] ?? this.#row + 1);
        this.#hidden = isTrue(attributes['hidden']);
        this.#column = -1;
        break;
      case 'c':
        this.#openCell(attributes);
        break;
      case 'f':
        this.#formula = true;
        break;
      case 'v':
        this.#value = '';
        this.#inValue = true;
        break;
      case 'mergeCell':
        addMerged(this.facts.merged, rangeOf(attributes['ref'] ?? ''));
        break;
      case 'col':
        this.#hideColumns(attributes);
        break;
      default:
        this.#inline.open(name);
    }
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else this.#inline.close(name);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else this.#inline.add(text);
  }

  #openCell({ r: place, t: type = 'n', s: style = '0' }: Readonly<Record<string, string>>): void {
    this.#column = place === undefined ? this.#column + 1 : columnOf(place.replace(/\d+$/, ''));
    if (!(this.#column >= 0 && this.#column < MAX_COLUMNS))
      throw new TableError(
        `The workbook names a cell “${place ?? ''}”, which no sheet has. Save it anew in Excel.`,
      );
    this.#type = type;
    this.#style = Number(style);
    this.#formula = false;
    this.#value = undefined;
  }

  #closeCell(): void {
    const stored: StoredCell = {
      type: this.#type,
      style: this.#style,
      formula: this.#formula,
      value: this.#value,
      inlineText: this.#inline.take(),
    };
    const cell = cellOf(stored, this.world);
    if (cell.kind === 'blank') return;
    if (++this.#count > MAX_CELLS)
      throw new TableError(
        'The sheet has more than 20 million values. Divide it, or save it as CSV, and choose that.',
      );
    while (this.#cells.length < this.#column) this.#cells.push(BLANK);
    this.#cells[this.#column] = cell;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#rows.push({ row: this.#row, cells: this.#cells, ...(this.#hidden ? { hidden: true } : {}) });
    this.#cells = [];
  }

  #hideColumns({ min, max, hidden }: Readonly<Record<string, string>>): void {
    if (!isTrue(hidden)) return;
    const last = Math.min(Number(max), MAX_COLUMNS);
    for (let column = Number(min); column <= last; column++) this.facts.hiddenColumns.push(column - 1);
  }
}
