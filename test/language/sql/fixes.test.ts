/** Fixes of SQL requests that the user chooses: what they write, in the statement and in other requests. */
import { strict as assert } from 'node:assert';
import { applyEdits } from '#language';
import { serviceWith } from '../support/language';

/** The text after the fix of that title; its diagnostic is gone. */
function fixed(text: string, title: string): string {
  const service = serviceWith();
  const document = service.parse(text);
  const fixes = service.fixes(document, { offset: 0, length: text.length });
  const fix = fixes.find((each) => each.title === title);
  assert.ok(fix, `${title}: there are ${fixes.map((each) => each.title).join(', ')}`);
  const after = applyEdits(text, fix.edits);
  const { code, message } = fix.diagnostic;
  const same = (of: string) =>
    service.diagnose(service.parse(of)).filter((each) => each.code === code && each.message === message);
  assert.ok(same(after).length < same(text).length, `${code} is still there: ${after}`);
  return after;
}

const COURSES = '# @name courses\n# @pages all\nGET CourseDate\n$select = Label';

describe('Fixes in SQL requests', () => {
  for (const [title, before, after] of [
    [
      'Add Cost to $select of “courses”',
      `${COURSES}\n###\nSQL\nselect Label, Cost from courses`,
      `${COURSES}, Cost\n###\nSQL\nselect Label, Cost from courses`,
    ],
    [
      'Write # @name coursedate above that request',
      `### A\nGET CourseDate\n$select = Label\n### B\nSQL\nselect Label from coursedate`,
      `### A\n# @name coursedate\nGET CourseDate\n$select = Label\n### B\nSQL\nselect Label from coursedate`,
    ],
    [
      'Add a request that fetches CourseDate',
      `### A\nGET User\n### B\nSQL\nselect Label from CourseDate`,
      `### A\nGET User\n### CourseDate\n# @name CourseDate\n# @pages all\nGET CourseDate\n\n### B\nSQL\nselect Label from CourseDate`,
    ],
    [
      'Add a request that fetches CourseDate',
      `SQL\nselect Label from CourseDate`,
      `### CourseDate\n# @name CourseDate\n# @pages all\nGET CourseDate\n\n###\nSQL\nselect Label from CourseDate`,
    ],
    [
      'Replace with “b.Label”',
      `${COURSES}\n###\nSQL\nselect Label from courses a, courses b`,
      `${COURSES}\n###\nSQL\nselect b.Label from courses a, courses b`,
    ],
    [
      'Insert “* 1.0”',
      `${COURSES}\n###\nSQL\nselect Label, count(*) / 2 from courses`,
      `${COURSES}\n###\nSQL\nselect Label, count(*) * 1.0 / 2 from courses`,
    ],
    ['Make it a request of its own', `SQL\nselect 1;select 2`, `SQL\nselect 1;\n\n###\nSQL\nselect 2`],
    [
      'Replace with “"Full name"”',
      `@column = Full name\n###\nSQL\nselect 1 as {{column}}, {{column}}`,
      `@column = Full name\n###\nSQL\nselect 1 as "Full name", {{column}}`,
    ],
    [
      'Write # @pages all above “courses”',
      `# @name courses\nGET CourseDate\n$select = Label\n###\nSQL\nselect Label from courses`,
      `${COURSES}\n###\nSQL\nselect Label from courses`,
    ],
    [
      'Remove 2 fields from $select of “courses”',
      `# @name courses\n# @pages all\nGET CourseDate\n$select = ID, Status, Label, Cost\n###\nSQL\nselect Label from courses`,
      `${COURSES.replace('Label', 'ID, Label')}\n###\nSQL\nselect Label from courses`,
    ],
    [
      'Remove Cost from $select of “courses”',
      `# @name courses\n# @pages all\nGET CourseDate?$select=Cost,Label&$top=5\n###\nSQL\nselect Label from courses`,
      `# @name courses\n# @pages all\nGET CourseDate?$select=Label&$top=5\n###\nSQL\nselect Label from courses`,
    ],
    [
      'Write $select = ID, Label in “courses”',
      `# @name courses\n# @pages all\nGET CourseDate\n###\nSQL\nselect Label from courses`,
      `${COURSES.replace('Label', 'ID, Label')}\n###\nSQL\nselect Label from courses`,
    ],
    [
      'Write $select = ID, Label in “courses”',
      `### A\nSQL\nselect Label from courses\n###\n# @name courses\n# @pages all\nGET CourseDate`,
      `### A\nSQL\nselect Label from courses\n###\n${COURSES.replace('Label', 'ID, Label')}`,
    ],
  ] as const)
    it(`${title}: ${JSON.stringify(before)}`, () => {
      assert.equal(fixed(before, title), after);
    });

  for (const [what, statement, others] of [
    ['everything is asked for', 'select * from courses', ''],
    ['a table is joined naturally', 'select Label from courses natural join courses b', ''],
    [
      'a reference may use any field',
      'select Label from courses',
      "###\nGET User\n$filter = ID eq '{{courses.body.x}}'",
    ],
    ['another statement uses it', 'select Label from courses', '###\nSQL\nselect c.Cost from courses c'],
    ['another statement can’t be read', 'select Label from courses', '###\nSQL\nselect frm courses where ('],
  ] as const)
    it(`says nothing of unused fields where ${what}`, () => {
      const service = serviceWith();
      const text = `# @name courses\n# @pages all\nGET CourseDate\n$select = Label, Cost\n###\nSQL\n${statement}\n${others}`;
      assert.deepEqual(
        service.diagnose(service.parse(text)).filter(({ code }) => code === 'unused-field'),
        [],
      );
    });

  it('are made for the requests as they are after an edit', () => {
    const service = serviceWith();
    const text = `${COURSES}\n$filter = ID eq '1'\n###\nSQL\nselect Label, Cost from courses`;
    const before = service.parse(text);
    assert.equal(service.diagnose(before).length, 1);
    const at = text.indexOf('$filter');
    const document = service.edit(before, { offset: at, length: 0, text: '$top = 5\n' });
    const fix = service
      .fixes(document, { offset: 0, length: document.file.length })
      .find(({ title }) => title.startsWith('Add Cost'));
    assert.ok(fix);
    assert.match(applyEdits(document.file.text, fix.edits), /\$select = Label, Cost\n\$top = 5\n/);
  });

  it('are seen at once when a table changes elsewhere', () => {
    const service = serviceWith();
    const text = `${COURSES}\n###\nSQL\nselect Label, Cost from courses`;
    const before = service.parse(text);
    assert.deepEqual(
      service.diagnose(before).map(({ code }) => code),
      ['unknown-column'],
    );
    const at = text.indexOf('Label') + 5;
    const after = service.edit(before, { offset: at, length: 0, text: ', Cost' });
    assert.deepEqual(service.diagnose(after), []);
    const again = service.edit(after, { offset: at, length: 6, text: '' });
    assert.deepEqual(
      service.diagnose(again).map(({ code }) => code),
      ['unknown-column'],
    );
  });
});
