/** Sorting and filters of the results are written into the request. */
import assert from 'node:assert/strict';
import { applyEdits, type ClauseChanges } from '#language';
import { serviceWith } from './support/language';

function written(text: string, changes: ClauseChanges): string {
  const service = serviceWith();
  const document = service.parse(text);
  const [request] = service.requests(document);
  assert.ok(request);
  const result = service.writeBack(request, changes);
  if (!result.ok) return result.message;
  const after = applyEdits(text, result.edits);
  const errors = service.diagnose(service.parse(after)).filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, [], after);
  return after;
}

const full = { conditions: [{ field: 'Status', operator: 'eq', value: 'Full' }] };
const filter = (from: string, to: string, changes: ClauseChanges = full) =>
  it(`${JSON.stringify(from)} → ${JSON.stringify(to)}`, () => assert.equal(written(from, changes), to));

describe('writing back into the request', () => {
  filter('GET coursedate', "GET coursedate\n$filter = Status eq 'Full'");
  filter(
    'GET coursedate\n$top = 5\n\n### b',
    "GET coursedate\n$top = 5\n$filter = Status eq 'Full'\n\n### b",
  );
  filter('GET coursedate\n$filter = ', "GET coursedate\n$filter = Status eq 'Full'");
  filter("GET coursedate\n$filter = ID eq '1'", "GET coursedate\n$filter = ID eq '1' and Status eq 'Full'");
  filter(
    "GET coursedate\n$filter = ID eq '1'\n   or ID eq '2'\n$top = 5",
    "GET coursedate\n$filter = ID eq '1' and Status eq 'Full' or ID eq '2' and Status eq 'Full'\n$top = 5",
  );
  filter("GET coursedate\n$filter = Status eq 'Full'", "GET coursedate\n$filter = Status eq 'Full'");
  filter('GET coursedate?$top=5', "GET coursedate?$top=5&$filter=Status eq 'Full'");
  filter("GET coursedate?$filter=ID eq '1'", "GET coursedate?$filter=ID eq '1' and Status eq 'Full'");
  filter(
    "GET coursedate\n$filter = Label eq '{{x}}'\n\n@x = 1",
    "GET coursedate\n$filter = Label eq '{{x}}' and Status eq 'Full'\n\n@x = 1",
  );
  filter('GET coursedate', "GET coursedate\n$filter = contains(Label,'O''Neill & 5%')", {
    conditions: [{ field: 'Label', operator: 'contains', value: "O'Neill & 5%" }],
  });
  filter('GET coursedate?$top=5', "GET coursedate?$top=5&$filter=contains(Label,'A&B 5%')", {
    conditions: [{ field: 'Label', operator: 'contains', value: 'A&B 5%' }],
  });
  filter('GET coursedate\n$orderby = ID', 'GET coursedate\n$orderby = StartDate desc, Label', {
    orderby: [
      { field: 'StartDate', descending: true },
      { field: 'Label', descending: false },
    ],
  });
  filter('GET coursedate', "GET coursedate\n$filter = Status eq 'Full'\n$orderby = Label", {
    ...full,
    orderby: [{ field: 'Label', descending: false }],
  });
  for (const value of ['{{$env HOME}}', 'a\n### b', 'a\rb'])
    it(`refuses the value ${JSON.stringify(value)}`, () =>
      assert.equal(
        written('GET coursedate', { conditions: [{ field: 'Label', operator: 'eq', value }] }),
        'A filter’s value holds {{ or a line break, which can’t be written in a query.',
      ));
  it('leaves a filter that can’t be read alone', () =>
    assert.match(
      written('GET coursedate\n$filter = and and', full),
      /Correct it first|Complete the conditions first/,
    ));
});
