/** Which columns have names to show beside their IDs, and which names stand beside a cell. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Column } from '#webview/data/columns';
import { EMPTY_LAYOUT } from '#webview/data/layout';
import { canShowNames, ShownNames } from '#webview/data/shown-names';

const column = (name: string, more: Partial<Column> = {}): Column => ({
  ...{ name, kind: 'text', decimals: 0, seconds: false },
  ...more,
});
const field = (names: boolean): NonNullable<Column['field']> => ({
  ...{ name: 'Trainers', type: 'list', filterable: false, sortable: false, writable: true, names },
});

describe('columns with names to show', () => {
  for (const [title, each, expected] of [
    ['CourseID', column('CourseID'), true],
    ['UserIDs', column('UserIDs'), true],
    ['ID', column('ID'), false],
    ['Trainers', column('Trainers'), false],
    ['Trainers, of which the user said so', column('Trainers', { field: field(true) }), true],
    ['Trainers, of which nobody said so', column('Trainers', { field: field(false) }), false],
    ['CourseID in a table of groups', column('CourseID', { grouped: 'label' }), false],
  ] as const)
    it(`${title}: ${expected ? 'yes' : 'no'}`, () => assert.equal(canShowNames(each), expected));
});

describe('names beside a cell', () => {
  const shown = new ShownNames();
  shown.set('Trainers', [
    ['7', 'Byrne Carter'],
    ['8', 'Oscar Vega'],
  ]);
  for (const [value, expected] of [
    ['7', 'Byrne Carter'],
    [8, 'Oscar Vega'],
    ['9', undefined],
    [['7', '8'], 'Byrne Carter; Oscar Vega'],
    [['8', '9', '7'], 'Oscar Vega; 9; Byrne Carter'],
    [['9'], undefined],
    [[], undefined],
    ['7; 8', 'Byrne Carter; Oscar Vega'],
    ['7,8', 'Byrne Carter; Oscar Vega'],
    ['7 and 8', undefined],
    ['', undefined],
    [null, undefined],
  ] as const)
    it(`${JSON.stringify(value)}: ${expected ?? 'none'}`, () => {
      const layout = { ...EMPTY_LAYOUT, named: ['Trainers'] };
      assert.equal(shown.of(column('Trainers'), value, layout), expected);
      assert.equal(shown.of(column('Trainers'), value, EMPTY_LAYOUT), undefined);
    });
});
