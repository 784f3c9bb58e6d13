/** Which column names the records, and therefore stays in view. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Model } from '#webview/data/model';
import { namingColumn } from '#webview/data/naming';

describe('the column that names the records', () => {
  const CASES: readonly (readonly [names: string, naming: string])[] = [
    ['ID Label Start', 'Label'],
    ['ID Name Label', 'Label'],
    ['ID Start Title', 'Title'],
    ['ID Title Surname', 'Surname'],
    ['id NAME', 'NAME'],
    ['ID Start', 'ID'],
    ['Town count', 'Town'],
  ];
  for (const [names, naming] of CASES)
    it(`is ${naming} of ${names}`, () => {
      const list = names.split(' ');
      assert.equal(list[namingColumn(list)], naming);
    });

  it('is none where there are no columns', () => assert.equal(namingColumn([]), -1));

  it('is found among the visible columns, in their order', () => {
    const model = new Model('en-GB', () => undefined);
    model.add(0, [{ ID: '1', Label: 'Fire warden', Title: 'x' }]);
    assert.equal(model.naming, 1);
    model.setLayout({ ...model.layout, order: ['Title', 'Label', 'ID'] });
    assert.equal(model.naming, 1);
    model.setLayout({ ...model.layout, hidden: ['Label'] });
    assert.equal(model.naming, 0);
  });
});
