/** A list of values in a filter: what is sent for some of its values, on platforms that read conditions in several ways. */
import assert from 'node:assert/strict';
import { applyEdits, type PlatformTraits, requestOfValues, type ResponseList } from '#language';
import { serviceWith } from './support/language';
import { metadata, NOW } from './support/metadata';

const SOURCE = '# @name people\n# @pages all\nGET user\n###\n';

function build(
  text: string,
  list: ResponseList | string | undefined,
  traits: PlatformTraits = {},
  withPlaces = false,
) {
  const service = serviceWith({ ...metadata, platform: { checkedAt: NOW.toISOString(), traits } });
  const document = service.parse(SOURCE + text);
  const request = service.requests(document).at(-1);
  assert.ok(request, 'no request');
  return service.build(document, request, { now: NOW, list: () => list, withPlaces });
}

const valuesOf = (...values: string[]): ResponseList => ({ values, notes: [] });

/** The filter that is sent for two of three values, and for all. */
function filters(conditions: string, traits: PlatformTraits, values = valuesOf('1', '2', '3')): string[] {
  const built = build(`GET coursedate\n$filter = ${conditions}`, values, traits);
  if (!built.ok) return built.problems.map(({ message }) => message);
  const { request } = built;
  assert.ok(request.list);
  const batch = requestOfValues({ ...request, list: request.list }, request.list.values.slice(0, 2), traits);
  assert.equal(batch?.list, undefined);
  return [batch, request].map((each) => each?.query.find(({ name }) => name === '$filter')?.value ?? '');
}

const sends = (conditions: string, traits: PlatformTraits, batch: string, values?: ResponseList) =>
  it(`${conditions} ${JSON.stringify(traits)}`, () =>
    assert.equal(filters(conditions, traits, values)[0], batch));

const LIST = "ID eq '{{people.results[*].CourseID}}'";
const FROM_LEFT = { precedence: 'left-to-right' } as const;
const GROUPS = { parentheses: true } as const;

describe('a list of values', () => {
  sends(LIST, {}, "ID eq '1' or ID eq '2'");
  sends(LIST, FROM_LEFT, "ID eq '1' or ID eq '2'");
  sends(LIST, GROUPS, "ID eq '1' or ID eq '2'");
  sends('id EQ {{ people.results[*].CourseID }}', {}, "ID eq '1' or ID eq '2'");
  sends(
    `Status eq 'Full' and ${LIST}`,
    {},
    "ID eq '1' and Status eq 'Full' or ID eq '2' and Status eq 'Full'",
  );
  sends(`Status eq 'Full' and ${LIST}`, FROM_LEFT, "ID eq '1' or ID eq '2' and Status eq 'Full'");
  sends(`Status eq 'Full' and ${LIST}`, GROUPS, "(ID eq '1' or ID eq '2') and Status eq 'Full'");
  sends(
    `Status eq 'Full' and ${LIST} or ${LIST} and Status eq 'Closed'`,
    {},
    "ID eq '1' and Status eq 'Full' or ID eq '2' and Status eq 'Full' or ID eq '1' and Status eq 'Closed' or ID eq '2' and Status eq 'Closed'",
  );
  sends(
    `(Status eq 'Full' or Status eq 'Closed') and ${LIST}`,
    GROUPS,
    "(ID eq '1' or ID eq '2') and (Status eq 'Full' or Status eq 'Closed')",
  );
  sends(
    `Status eq 'Full' or Status eq 'Closed' and ${LIST}`,
    { ...FROM_LEFT, ...GROUPS },
    "(ID eq '1' or ID eq '2') and (Status eq 'Full' or Status eq 'Closed')",
  );
  sends(
    `Status eq 'Full' or Status eq 'Closed' and ${LIST}`,
    FROM_LEFT,
    'This platform reads conditions from left to right, so it can’t be asked for a list and for alternatives beside it at once. Split it into several requests, one for each alternative.',
  );
  sends(`${LIST} or Label eq 'x' and ${LIST}`, {}, "ID eq '1' or ID eq '2'");
  sends(
    "Label eq '{{people.results[*].Surname}}'",
    {},
    "Label eq 'O''Neill' or Label eq '{{x}}'",
    valuesOf("O'Neill", '{{x}}', 'ü'),
  );
  sends(
    "Label eq '{{people.results[*].Surname}}'",
    { quotes: 'backslash' },
    String.raw`Label eq 'O\'Neill' or Label eq 'a\\b'`,
    valuesOf("O'Neill", 'a\\b'),
  );
  sends(
    "Label eq '{{people.results[*].Surname}}'",
    { quotes: 'none' },
    'This platform has no way to write a quote inside a value. Search for a part of the text without the quote, and filter the results.',
    valuesOf("O'Neill"),
  );

  it('asks for all values where nothing divides them', () =>
    assert.equal(filters(LIST, {})[1], "ID eq '1' or ID eq '2' or ID eq '3'"));

  it('stands as it is written while its values have not arrived', () => {
    const built = build(`GET coursedate\n$filter = ${LIST}`, undefined, {}, true);
    assert.ok(built.ok);
    assert.equal(built.request.list, undefined);
    assert.equal(built.request.query[0]?.value, "ID eq '{{people.results[*].CourseID}}'");
  });

  it('says why it has no values', () => {
    const message = (list?: string) => {
      const built = build(`GET coursedate\n$filter = ${LIST}`, list);
      return built.ok ? 'built' : built.problems[0]?.message;
    };
    assert.equal(message('It has no records.'), 'It has no records.');
    assert.match(message() ?? '', /^There are no values people\.results\[\*\]\.CourseID yet\./);
  });

  it('may be empty', () => {
    const built = build(`GET coursedate\n$filter = ${LIST}`, valuesOf());
    assert.ok(built.ok);
    assert.deepEqual(built.request.list?.values, []);
  });

  it('passes on what is to be known about it', () => {
    const built = build(`GET coursedate\n$filter = ${LIST}`, {
      values: ['1'],
      notes: ['Two were left out.'],
    });
    assert.deepEqual(built.ok && built.notes, ['Two were left out.']);
  });

  for (const text of [
    'GET coursedate/{{people.results[*].ID}}',
    'PUT user/{{people.results[*].ID}}\n{}',
    "GET coursedate\n$filter = startswith(Label,'{{people.results[*].ID}}')",
    "GET coursedate\n$filter = Label ne '{{people.results[*].ID}}'",
    "GET coursedate\n$filter = Label eq 'a {{people.results[*].ID}}'",
    'GET coursedate\n$select = {{people.results[*].ID}}',
    'POST user\n{ "Surname": "{{people.results[*].ID}}" }',
  ])
    it(`is refused in ${JSON.stringify(text)}`, () => {
      const built = build(text, valuesOf('1', '2'));
      assert.ok(!built.ok);
      assert.match(built.problems[0]?.message ?? '', /^All values of an answer can only be/);
    });

  it('is renamed with its request, and leads to it', () => {
    const service = serviceWith();
    const text = `${SOURCE}GET coursedate\n$filter = ${LIST}`;
    const document = service.parse(text);
    const at = text.indexOf('{{') + 4;
    const renamed = service.rename(document, at, 'everybody');
    assert.ok(renamed.ok);
    assert.equal(applyEdits(text, renamed.edits), text.replaceAll('people', 'everybody'));
    assert.deepEqual(service.definitions(document, at), [{ offset: text.indexOf('people'), length: 6 }]);
    const request = service.requests(document).at(-1);
    assert.ok(request);
    assert.deepEqual(
      [service.dependencies(document, request), service.listSources(document, request)].map((each) =>
        each.map(({ name }) => name),
      ),
      [['people'], ['people']],
    );
  });
});
