/** Widths of columns: set by the user, or fitted to the first records. */
import { memberOf } from '#core/results/table';
import { ownValue } from '#core/text/names';
import type { Column } from '../data/columns';
import type { GridModel } from '../data/grid-model';

const LOOK_AT = 200;
const WIDEST = 340;
const NARROWEST = 64;

export class ColumnWidths {
  readonly #fitting = new Map<string, number>();
  #records = 0;
  #source: GridModel['records'] | undefined;
  #context: CanvasRenderingContext2D | null | undefined;

  constructor(
    private readonly model: GridModel,
    private readonly element: HTMLElement,
  ) {}

  /** Cells show something else now. */
  forget(): void {
    this.#fitting.clear();
  }

  /** Whether more of the records that decide the widths have arrived. */
  outdated(): boolean {
    const now = Math.min(LOOK_AT, this.model.records.length);
    if (now === this.#records) return false;
    this.#records = now;
    this.#fitting.clear();
    return true;
  }

  of(column: Column): number {
    if (this.#source !== this.model.records) {
      this.#source = this.model.records;
      this.#fitting.clear();
    }
    const own = ownValue(this.model.layout.widths, column.name);
    if (own !== undefined) return own;
    let width = this.#fitting.get(column.name);
    if (width === undefined)
      this.#fitting.set(
        column.name,
        (width = Math.min(WIDEST, this.fitting(column, this.model.records.slice(0, LOOK_AT)))),
      );
    return width;
  }

  /** Returns the width that fits the longest of these texts, and the name with its buttons. */
  fitting(column: Column, records: Iterable<Readonly<Record<string, unknown>>>): number {
    const longest: string[] = [];
    for (const record of records) {
      const value = memberOf(record, column.name);
      const name = this.model.nameBeside?.(column, value);
      const text = this.model.formats.show(column, value) + (name === undefined ? '' : ` ${name}`);
      if (text.length > (longest.at(-1)?.length ?? 0)) longest.push(text);
    }
    const text = Math.max(0, ...longest.slice(-3).map((each) => this.#measure(each)));
    return Math.ceil(Math.max(NARROWEST, text + 24, this.#measure(column.name, true) + 52));
  }

  #measure(text: string, bold = false): number {
    this.#context ??= document.createElement('canvas').getContext('2d');
    const { fontSize, fontFamily } = getComputedStyle(this.element);
    if (this.#context === null || this.#context === undefined) return text.length * 7.5;
    this.#context.font = `${bold ? '600 ' : ''}${fontSize} ${fontFamily}`;
    return this.#context.measureText(text).width;
  }
}
