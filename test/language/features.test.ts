/** Fixes and features whose edits reach beyond their own request. */
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/language/service';
import { serviceWith } from './support/language';

describe('fixes across the file', () => {
  it('defines a variable at the top, also after the request has moved', () => {
    const service = serviceWith();
    let document = service.parse(
      "### One\nGET user\n\n### Two\nGET user\n$filter = Surname eq '{{zebra}}'\n",
    );
    service.diagnoseBlocks(document);
    document = service.edit(document, { offset: 8, length: 0, text: '# a comment\n' });
    const fix = service
      .fixes(document, { offset: 0, length: document.text.length })
      .find(({ title }) => title.startsWith('Define'));
    assert.ok(fix);
    assert.match(applyEdits(document.text, fix.edits), /^@zebra = \n### One\n# a comment\nGET user\n/);
  });

  it('fixes all that is sure, and what is left stays', () => {
    const service = serviceWith();
    const text =
      "GET coursdate\n###\nGET coursedate\n$filter = Status = Full and Nonsense eq 'x'\n$limit = 5\n";
    const document = service.parse(text);
    assert.equal(
      applyEdits(text, service.fixAll(document)),
      "GET CourseDate\n###\nGET coursedate\n$filter = Status eq 'Full' and Nonsense eq 'x'\n$top = 5\n",
    );
  });
});
