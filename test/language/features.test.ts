/** Fixes and features whose edits reach beyond their own request. */
import assert from 'node:assert/strict';
import { applyEdits, type OutlineEntry } from '#language';
import { at, serviceWith } from './support/language';

describe('fixes across the file', () => {
  it('defines a variable at the top, even after the request has moved', () => {
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
    assert.match(applyEdits(document.text, fix.edits), /^@zebra = \?zebra\n### One\n# a comment\nGET user\n/);
  });

  it('applies all fixes that are sure, and leaves the rest alone', () => {
    const service = serviceWith();
    const text =
      "GET coursdate\n###\nGET coursedate\n$filter = Status = Full and Nonsense eq 'x'\n$limit = 5\n";
    const document = service.parse(text);
    assert.equal(
      applyEdits(text, service.fixAll(document)),
      "GET CourseDate\n###\nGET coursedate\n$filter = Status eq 'Full' and Nonsense eq 'x'\n$top = 5\n",
    );
  });

  it('splits a filter that would grow too large', () => {
    const service = serviceWith();
    const or = (field: string, count: number) =>
      `(${Array.from({ length: count }, (_, i) => `${field} eq '${i}'`).join(' or ')})`;
    const text = `### All\n# @name all\nGET coursedate\n$filter = ${or('ID', 9)} and ${or('Label', 9)}\n$top = 5\n### Next\nGET user\n`;
    const document = service.parse(text);
    const fix = service
      .fixes(document, { offset: 0, length: text.length })
      .find(({ title }) => title.startsWith('Split'));
    assert.equal(fix?.title, 'Split into 3 requests');
    const after = service.parse(applyEdits(text, fix.edits));
    assert.deepEqual(
      service.requests(after).map(({ title }) => title),
      ['All', 'All (2 of 3)', 'All (3 of 3)', 'Next'],
    );
    assert.deepEqual(
      service.diagnose(after).filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal([...after.text.matchAll(/ID eq/g)].length, 81);
    assert.equal([...after.text.matchAll(/top = 5/g)].length, 3);
  });
});

describe('the request at a place', () => {
  const requestAt = (marked: string) => {
    const { service, document, offset } = at(marked);
    return service.requestAt(document, offset)?.title;
  };
  it('is the request of the block, anywhere from the title to the next block', () => {
    assert.equal(requestAt('### a\nGET user\n##$0# b\nGET user\n'), 'b');
    assert.equal(requestAt('### a\nGET user\n$top = 1$0\n\n### b\nGET user\n'), 'a');
    assert.equal(requestAt('### a\nGET user\n\n$0\n### b\nGET user\n'), 'a');
  });
  it('is the next request where the block has none, and undefined after the last', () => {
    assert.equal(requestAt('@a = 1$0\n### b\nGET user\n'), 'b');
    assert.equal(requestAt('### a\nGET user\n### nothing\n$0'), undefined);
    assert.equal(requestAt('$0'), undefined);
  });
});

describe('features at a place', () => {
  const hovers = (marked: string, expected: RegExp | undefined) =>
    it(`${JSON.stringify(marked)} explains ${String(expected)}`, () => {
      const { service, document, offset } = at(marked);
      const markdown = service.hover(document, offset)?.markdown;
      if (expected === undefined) assert.equal(markdown, undefined);
      else assert.match(markdown ?? '', expected);
    });
  hovers('GET coursedate\n$orderby = Label de$0sc', /descending/);
  hovers('GET coursedate\n$orderby = Label A$0SC', /ascending/);
  hovers('GET coursedate\n$orderby = Start$0Date', /StartDate ge '2025-01-31' and StartDate lt '2025-02-01'/);
  hovers('GET coursedate?$filter=Status%20e$0q%20%27x%27', /equals/);
  hovers("GET coursedate\n$filter = Status eq 'Fu$0ll'", undefined);
  hovers(
    "# @name people\nGET user\n###\nGET user\n$filter = ID eq '{{people.res$0ults[*].ID}}'",
    /All different values of ID in the answer to \*\*people\*\*, asked for in batches of at most 50/,
  );
  hovers('# @expect st$0atus 200\nGET user', /HTTP status/);
  hovers('# @expect resu$0lts[0].ID exists\nGET user', /every record/);
  hovers('# @expect results[0].Em$0ail exists\nGET user', /field of User/);
  hovers('# @expect results[0].Email ex$0ists\nGET user', /not null/);
  hovers("# @expect results[0].DOB lt '{{$to$0day}}'\nGET user", /2026-01-31/);
  hovers('# @ex$0pect status 200\nGET user', undefined);

  it('explains each word of an expectation, and its variables', () => {
    const { service, document, offset, text } = at(
      "@low$0 = 5\n# @expect results[0].Cost not contains 'x{{low}}'\n# @expect count >= {{low}}\nGET coursedate\n",
    );
    assert.deepEqual(
      service
        .semanticTokens(document)
        .flatMap(({ tokens }) => tokens)
        .slice(1, 9)
        .map((token) => `${text.slice(token.offset, token.offset + token.length)}:${token.type}`),
      [
        '@expect:decorator',
        'results:parameter',
        'Cost:property',
        'not:operator',
        'contains:operator',
        "'x{{:string",
        'low:variable',
        "}}':string",
      ],
    );
    assert.equal(service.references(document, offset, false).length, 2);
  });

  it('selects a value, a member and the body', () => {
    const { service, document, offset, text } = at('PUT user/1\n{\n  "Email": "x$0 y"\n}\n');
    assert.deepEqual(
      service
        .selections(document, offset)
        .slice(0, 4)
        .map((each) => text.slice(each.offset, each.offset + each.length)),
      ['x y', '"x y"', '"Email": "x y"', '{\n  "Email": "x y"\n}'],
    );
  });

  it('renames nothing in braces that are left open, which a body sends as they stand', () => {
    const { service, document, offset } = at('@who = x\nPUT user/1\n{ "A": "{{wh$0o", "B": "{{who}}" }\n');
    assert.equal(service.rename(document, offset, 'other').ok, false);
    const renamed = service.rename(document, 1, 'other');
    assert.equal(renamed.ok && renamed.edits.length, 2);
  });

  it('selects nothing behind the end of a body with an open comment', () => {
    const { service, document, offset, text } = at('PUT user/1\n{ "A$0ge": 1 /* x');
    const ends = service.selections(document, offset).map((each) => each.offset + each.length);
    assert.ok(Math.max(...ends) <= text.length, ends.join());
  });

  it('keeps percent signs when a long list in an address is split', () => {
    const service = serviceWith();
    const values = Array.from({ length: 70 }, (_, i) => `'${i}%2541'`).join(',');
    const text = `GET coursedate?$filter=Label in (${values})&$top=5\n`;
    const document = service.parse(text);
    const fix = service
      .fixes(document, { offset: 0, length: text.length })
      .find(({ title }) => title.startsWith('Split'));
    assert.ok(fix);
    const after = service.parse(applyEdits(text, fix.edits));
    const sent = service.requests(after).map((request) => {
      const built = service.build(after, request);
      return built.ok ? built.request.query.find(({ name }) => name === '$filter')?.value : undefined;
    });
    assert.equal(sent.length, 2);
    assert.equal([...sent.join(' or ').matchAll(/eq '\d+%41'/g)].length, 70);
  });
});

describe('the outline', () => {
  it('shows what is invisible, or reorders text, in a file', () => {
    const service = serviceWith();
    const document = service.parse('@v = a\u202eb\n### T\u202egpj\u001b[31m\nGET user\n$select = ID\u200b\n');
    const texts = (entries: readonly OutlineEntry[]): string[] =>
      entries.flatMap(({ name, detail, children }) => [name, detail, ...texts(children)]);
    const all = texts(service.outline(document));
    assert.ok(all.includes('T[U+202E]gpj␛[31m'), all.join('|'));
    assert.doesNotMatch(all.join(''), /[\u001b\u200b\u202e]/);
  });
});
