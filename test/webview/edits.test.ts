/** Edits of cells: they hang on records, and say what a plain map of wishes says. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readJson } from '#core/values/read-json';
import { type CellEdit, Edits } from '#webview/data/edits';
import { keptEdits, readEdits } from '#webview/data/kept-edits';
import { Model } from '#webview/data/model';
import { property } from '../properties/support/property';

const COLUMNS = ['Town', 'Places', 'Start'] as const;
const TYPES = { Town: 'string', Places: 'integer', Start: 'date' } as const;
/** Values of each column; those in one list are the same to the type. */
const VALUES = {
  Town: [['York'], ['Leeds'], [''], [null]],
  Places: [[1, '1'], [2], [null, '']],
  Start: [['2026-01-31', '2026-01-31T00:00:00'], ['2026-02-01'], [null, '']],
} as const;

type Column = (typeof COLUMNS)[number];
/** A value: the number of its list, and which of the list it is. */
type Value = readonly [group: number, at: number];

const valueOf = (column: Column, [group, at]: Value): unknown => {
  const groups: readonly (readonly unknown[])[] = VALUES[column];
  const list = groups[group % groups.length] ?? [];
  return list[at % list.length];
};
const groupOf = (column: Column, [group]: Value): number => group % VALUES[column].length;

const id = fc.integer({ min: 0, max: 5 }).map(String);
const column = fc.constantFrom(...COLUMNS);
const value = fc.tuple(fc.nat(3), fc.nat(1));
type Act =
  | { readonly kind: 'set'; readonly cells: readonly (readonly [string, Column, Value])[] }
  | { readonly kind: 'revert'; readonly id: string }
  | { readonly kind: 'revertAll' | 'undo' | 'redo' | 'reload' }
  | { readonly kind: 'arrive'; readonly id: string; readonly values: Readonly<Record<Column, Value>> }
  | { readonly kind: 'sort'; readonly column: Column };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      cells: fc.array(fc.tuple(id, column, value), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revert' as const), id }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'revertAll' as const,
        'undo' as const,
        'undo' as const,
        'redo' as const,
        'reload' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      id,
      values: fc.record({ Town: value, Places: value, Start: value }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sort' as const), column }) },
);

type Wishes = Map<string, Value>;
type Delta = readonly (readonly [key: string, from: Value | undefined, to: Value | undefined])[];

/** What is wished, by cell, and what the records have: a plain map of each. */
class Plain {
  readonly records = new Map<string, Record<Column, Value>>();
  readonly wishes: Wishes = new Map();
  #undo: Delta[] = [];
  #redo: Delta[] = [];

  /** The wishes that the records don't fulfil. */
  get open(): string[] {
    return Array.from(this.wishes, ([key, wish]) => `${key} ${groupOf(columnOf(key), wish)}`).sort();
  }

  act(changes: readonly (readonly [key: string, to: Value | undefined])[]): void {
    const delta = changes.flatMap(([key, to]): Delta => {
      const from = this.wishes.get(key);
      const now = this.#wish(key, to);
      const same = (from === undefined) === (now === undefined) && textOf(key, from) === textOf(key, now);
      return same ? [] : [[key, from, now]];
    });
    if (delta.length === 0) return;
    this.#undo.push(delta);
    this.#redo = [];
  }

  undo(): void {
    const delta = this.#undo.pop();
    if (delta === undefined) return;
    this.#redo.push(delta);
    for (const [key, from] of [...delta].reverse()) this.#wish(key, from);
  }

  redo(): void {
    const delta = this.#redo.pop();
    if (delta === undefined) return;
    this.#undo.push(delta);
    for (const [key, , to] of delta) this.#wish(key, to);
  }

  arrive(id: string, record: Record<Column, Value>): void {
    this.records.set(id, record);
    for (const [key, wish] of [...this.wishes]) this.#wish(key, wish);
  }

  forget(): void {
    this.#undo = [];
    this.#redo = [];
  }

  #wish(key: string, wish: Value | undefined): Value | undefined {
    const has = this.records.get(key.split(' ')[0] ?? '')?.[columnOf(key)];
    const fulfilled =
      wish !== undefined && has !== undefined && groupOf(columnOf(key), has) === groupOf(columnOf(key), wish);
    if (wish === undefined || fulfilled) this.wishes.delete(key);
    else this.wishes.set(key, wish);
    return fulfilled ? undefined : wish;
  }
}

const columnOf = (key: string): Column => key.split(' ')[1] as Column;
const textOf = (key: string, wish: Value | undefined): string =>
  wish === undefined ? '' : JSON.stringify(valueOf(columnOf(key), wish));

const apiRecord = (id: string, values: Readonly<Record<Column, Value>>) => ({
  ID: id,
  ...Object.fromEntries(COLUMNS.map((name) => [name, valueOf(name, values[name])])),
});

describe('edits of cells', () => {
  property(
    'are the wishes that the records don’t fulfil',
    300,
    fc.array(act, { maxLength: 30 }),
    async (acts) => {
      const plain = new Plain();
      const edits = new Edits(() => undefined);
      const model = new Model('en-GB', () => undefined, edits);
      const first: Readonly<Record<Column, Value>> = { Town: [0, 0], Places: [0, 0], Start: [0, 0] };
      for (let at = 0; at < 6; at++) {
        plain.records.set(String(at), { ...first });
        // Each record is there twice: two rows with one ID are one record.
        model.add(model.records.length, [apiRecord(String(at), first), apiRecord(String(at), first)]);
      }
      for (const each of acts) {
        switch (each.kind) {
          case 'set':
            plain.act(each.cells.map(([of, name, to]) => [`${of} ${name}`, to]));
            edits.set(
              each.cells.map(([of, name, to]): CellEdit => ({
                id: of,
                column: name,
                type: TYPES[name],
                value: valueOf(name, to),
                before: model.records.find((record) => record['ID'] === of)?.[name],
              })),
            );
            break;
          case 'revert':
            plain.act(COLUMNS.map((name) => [`${each.id} ${name}`, undefined]));
            edits.revertRecord(each.id);
            break;
          case 'revertAll':
            plain.act([...plain.wishes.keys()].map((key) => [key, undefined]));
            edits.revertAll();
            break;
          case 'undo':
          case 'redo':
            plain[each.kind]();
            edits[each.kind]();
            break;
          case 'reload': {
            plain.forget();
            const kept = keptEdits(edits);
            edits.restore(readEdits(kept));
            assert.equal(keptEdits(edits), kept);
            break;
          }
          case 'arrive': {
            plain.arrive(each.id, each.values);
            // Another run: all records again, one of them with other values.
            const all = [...plain.records].map(([of, values]) => apiRecord(of, values));
            model.reset();
            model.add(0, all);
            break;
          }
          case 'sort':
            await model.setSort([{ column: each.column, descending: true }]);
            break;
        }
        const open = [...edits.all()]
          .map(({ id: of, column: name, value: wish }) => {
            const groups: readonly (readonly unknown[])[] = VALUES[name as Column];
            return `${of} ${name} ${groups.findIndex((group) => group.includes(wish))}`;
          })
          .sort();
        assert.deepEqual(open, plain.open);
        assert.equal(edits.cells, open.length);
        assert.equal(edits.records, new Set(open.map((cell) => cell.split(' ')[0])).size);
      }
    },
  );

  const one = (value: unknown, before: unknown, type: CellEdit['type'] = 'string'): CellEdit => ({
    id: '1',
    column: 'X',
    type,
    value,
    before,
  });
  const made = (...cells: CellEdit[]) => {
    const edits = new Edits(() => undefined);
    edits.set(cells);
    return edits;
  };

  /** Type, what the record has, what is typed, and whether that is an edit. */
  const rows: readonly (readonly [CellEdit['type'], string, string, boolean])[] = [
    ['decimal', '1.5', '1.50', false],
    ['date', '"2026-01-01T00:00:00"', '"2026-01-01"', false],
    ['integer', '9223372036854775807', '9223372036854775806', true],
    ['string', 'null', '""', true],
    ['string', '""', 'null', true],
    ['string', '"NULL"', 'null', true],
    ['string', '"1.50"', '"1.5"', true],
  ];
  for (const [type, before, value, edit] of rows)
    it(`${type} ${before}, changed to ${value}: ${edit ? 'an edit' : 'no edit'}`, () => {
      assert.equal(made(one(readJson(value), readJson(before), type)).cells, Number(edit));
    });

  it('keep all digits of a number, and which text can’t be sent and why, through a reload', () => {
    const edits = made(one(readJson('12345678901234567890'), 1, 'integer'), {
      ...one('many', 1, 'integer'),
      column: 'Y',
      problem: '“many” is not a whole number.',
    });
    const kept = keptEdits(edits);
    assert.match(kept, /12345678901234567890/);
    edits.restore(readEdits(kept));
    assert.equal(edits.get({ id: '1', column: 'Y' })?.problem, '“many” is not a whole number.');
    assert.equal(keptEdits(edits), kept);
  });

  it('end when they are done, and stay with the reason when they were not taken', () => {
    const edits = made(one('b', 'a'), { ...one('d', 'c'), column: 'Y' }, { ...one('f', 'e'), column: 'Z' });
    edits.set([{ ...one('g', 'e'), column: 'Z' }]);
    edits.settle([
      { id: '1', column: 'X', value: 'b' },
      { id: '1', column: 'Y', value: 'd', failure: 'Y is too long.' },
      // Changed again since it was sent.
      { id: '1', column: 'Z', value: 'f' },
    ]);
    assert.deepEqual(
      [...edits.all()].map(({ column, value, failure }) => [column, value, failure]),
      [
        ['Y', 'd', 'Y is too long.'],
        ['Z', 'g', undefined],
      ],
    );
    assert.deepEqual(edits.undo(), []);
  });

  it('can be made again in the same cell after they were reverted', () => {
    const edits = made(one('b', 'a'));
    edits.revert([{ id: '1', column: 'X' }]);
    assert.equal(edits.cells, 0);
    edits.set([one('c', 'a')]);
    assert.equal(edits.get({ id: '1', column: 'X' })?.value, 'c');
    edits.undo();
    edits.undo();
    assert.equal(edits.get({ id: '1', column: 'X' })?.value, 'b');
  });
});
