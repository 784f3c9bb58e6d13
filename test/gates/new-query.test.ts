/** *New Query File* and *New Query from Module*: what is offered, and the snippet that is inserted. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { newFile, newQuery } from '#editor/metadata/new-query';
import type { MetadataParts } from '#editor/metadata/parts';
import type { FieldInfo } from '#language';
import { CONNECTION } from '../core/support/runs';
import { fake, resetFake } from '../support/fake-vscode';

const field = (name: string): FieldInfo => ({ name, type: 'string', filterable: true, sortable: true });
const module = { name: 'Course', fields: [field('ID'), field('Status')] };

const HINTS = '# Ctrl+Space lists what can be written where the cursor is.\n# Ctrl+Enter runs the request.\n';

describe('a new query from a module', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  for (const [title, values, snippet] of [
    ['Course', [], `### \${1:Course}\n${HINTS}GET Course\n\\$select = ID, Status\n$0`],
    [
      'Course: by status',
      ["O'Hare", 'a, b|c'],
      `### \${1:Course: by status}\n${HINTS}GET Course\n\\$select = ID, Status\n\\$filter = Status eq '\${2|O''Hare,a\\, b\\|c|}'\n$0`,
    ],
    [
      'Course: by status',
      [],
      `### \${1:Course: by status}\n${HINTS}@status = ?Which status?\nGET Course\n\\$select = ID, Status\n\\$filter = Status eq '{{status\\}\\}'\n$0`,
    ],
    [undefined, [], undefined],
  ] as const)
    it(`${title ?? 'none'} with ${values.length} known values`, async () => {
      const parts = {
        connections: { active: CONNECTION },
        known: { valuesOf: () => values.map((value) => ({ value, count: 1 })) },
      } as unknown as MetadataParts;
      fake.answers.push(title);
      await newQuery(parts, { kind: 'module', connection: CONNECTION, module });
      assert.equal(fake.documents.at(-1), snippet);
      const [offered] = fake.shown;
      assert.deepEqual(
        offered?.texts.filter((text) => text.startsWith('Course')),
        ['Course', 'Course: by status'],
      );
    });

  it('begins with the choice of a module, where any are known', async () => {
    const parts = {
      connections: { active: CONNECTION },
      metadata: { of: () => ({ modules: [module, { name: 'Company', fields: [field('ID')] }] }) },
      known: { valuesOf: () => [] },
    } as unknown as MetadataParts;
    fake.answers.push('Company');
    await newFile(parts);
    assert.equal(fake.documents.at(-1), `### \${1:Company}\n${HINTS}GET Company\n\\$select = ID\n$0`);
    fake.documents.length = 0;
    fake.answers.push(undefined);
    await newFile(parts);
    assert.deepEqual(fake.documents, []);
  });

  for (const [what, fetched, offered] of [
    ['are fetched where they are not known', [field('ID'), field('Status')], ['Course', 'Course: by status']],
    ['are done without where they can’t be fetched', undefined, []],
  ] as const)
    it(`of a module: its fields ${what}`, async () => {
      let fields: readonly FieldInfo[] | undefined;
      const parts = {
        connections: { active: CONNECTION },
        metadata: {
          of: () => ({ modules: [fields === undefined ? { name: 'Course' } : { name: 'Course', fields }] }),
          fields: async (connection: unknown, name: string) => {
            assert.deepEqual([connection, name], [CONNECTION, 'Course']);
            fields = fetched;
            return fetched === undefined ? Promise.reject(new Error('off')) : Promise.resolve();
          },
        },
        known: { valuesOf: () => [] },
      } as unknown as MetadataParts;
      fake.answers.push('Course');
      await newQuery(parts, { kind: 'module', connection: CONNECTION, module: { name: 'Course' } });
      assert.match(fake.documents.at(-1) ?? '', /GET Course\n/);
      assert.deepEqual(
        fake.shown.flatMap(({ texts }) => texts.filter((text) => text.startsWith('Course'))),
        offered,
      );
    });

  it('is one to change where no module is known', async () => {
    await newFile({ connections: { active: undefined } } as unknown as MetadataParts);
    assert.equal(fake.documents.at(-1), `### \${1:My first query}\n${HINTS}GET \${2:CourseDate}\n$0`);
  });
});
