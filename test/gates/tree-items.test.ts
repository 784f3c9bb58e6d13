/** Modules and fields in the view of connections: in the words that completion and the builder use. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fieldItem, moduleItem } from '#editor/connections/tree-items';
import { FIELD_TYPES, type FieldInfo, type FieldType, type ModuleInfo, TYPE_NAMES } from '#language';
import { CONNECTION } from '../core/support/runs';

const field = (type: FieldType, more: Partial<FieldInfo> = {}): FieldInfo => ({
  ...{ name: 'StartDate', type, filterable: true, sortable: true },
  ...more,
});
const itemOf = (info: FieldInfo) =>
  fieldItem({ kind: 'field', connection: CONNECTION, module: { name: 'CourseDate' }, field: info });

describe('the view of connections', () => {
  for (const type of FIELD_TYPES)
    it(`calls ${type} ${TYPE_NAMES[type]}`, () => {
      const { description, tooltip } = itemOf(field(type, { name: 'CF_New' }));
      assert.equal(description, TYPE_NAMES[type]);
      assert.equal(tooltip, `CourseDate.CF_New\n${TYPE_NAMES[type]}`);
    });
  it('says what a field can’t be used for, what it is, and its values', () => {
    const { description, tooltip } = itemOf(
      field('datetime', {
        ...{ filterable: false, sortable: false, writable: false, label: 'Start' },
        ...{ description: 'When it begins.', values: ['a', 'b\u202E'] },
      }),
    );
    assert.equal(description, 'date and time · no filter · no sort · read only');
    assert.equal(
      tooltip,
      `CourseDate.StartDate (Start)\n${description}\nWhen it begins.\nValues: a, b[U+202E]`,
    );
  });
  for (const [module, description, tooltip] of [
    [{ name: 'Wombat' }, undefined, 'Wombat\nIts fields are fetched when you open it.'],
    [
      { name: 'Wombat', fields: [field('date')] },
      '1 field',
      'Wombat\nIts fields are fetched when you open it.',
    ],
    [{ name: 'Wombat', fields: [] }, '0 fields', 'Wombat\nIts fields are fetched when you open it.'],
  ] as const satisfies readonly (readonly [ModuleInfo, string | undefined, string])[])
    it(`shows ${JSON.stringify(module)} as ${description ?? 'its name'}`, () => {
      const item = moduleItem({ kind: 'module', connection: CONNECTION, module });
      assert.deepEqual([item.description, item.tooltip], [description, tooltip]);
    });
});
