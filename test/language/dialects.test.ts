/** Filters on platforms that differ: what is reported, what *fix all* makes of it, and what is sent. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  Catalog,
  LanguageService,
  type Metadata,
  Platforms,
  type PlatformTraits,
} from '#language';
import { serviceWith } from './support/language';
import { metadata, NOW } from './support/metadata';

const with_ = (traits: PlatformTraits): Metadata => ({
  ...metadata,
  platform: { checkedAt: NOW.toISOString(), traits },
});

/** Errors and information, the filter after *fix all*, and what is sent of that. */
function told(traits: PlatformTraits, filter: string, head = '') {
  const service = serviceWith(with_(traits));
  const text = `${head}GET coursedate\n$filter = ${filter}`;
  const document = service.parse(text);
  const found = service.diagnose(document);
  const after = applyEdits(text, service.fixAll(document));
  const fixed = service.parse(after);
  const [request] = service.requests(fixed).slice(-1);
  const built = request === undefined ? undefined : service.build(fixed, request);
  return {
    codes: found.map(({ code }) => code).join(' '),
    messages: found.map(({ message }) => message).join('\n'),
    fixed: after.slice(`${head}GET coursedate\n$filter = `.length),
    sent: built?.ok === true ? built.request.query[0]?.value : built?.problems[0]?.message,
  };
}

/** Traits, the filter, the codes, and what is sent after *fix all*; `same`: the filter itself. */
const FILTERS: readonly (readonly [traits: PlatformTraits, filter: string, codes: string, sent: string])[] = [
  // Parentheses
  [{ parentheses: true }, "(Status eq 'Full' or Status eq 'Closed') and Cost gt '5'", '', 'same'],
  [
    { parentheses: true },
    "(Status EQ 'Full'OR Status eq 'Closed')AND( Cost gt '5' )",
    '',
    "(Status eq 'Full' or Status eq 'Closed') and (Cost gt '5')",
  ],
  [{ parentheses: true }, "(Zebra eq 'x')", 'unknown-field', "(Zebra eq 'x')"],
  [
    { parentheses: true },
    "Cost gt '5' and (Status eq 'Full' or Status eq 'Closed' and Cost lt '9')",
    'mixed-and-or',
    'same',
  ],
  [
    { parentheses: true },
    "Cost gt '5' and Status in ('Full','Closed')",
    'unsupported-filter',
    "Cost gt '5' and (Status eq 'Full' or Status eq 'Closed')",
  ],
  [
    { parentheses: true },
    "not (Status eq 'Full' or Cost gt '5')",
    'unsupported-filter',
    "Status ne 'Full' and Cost le '5'",
  ],
  [
    { parentheses: true },
    "(Status eq 'Full' or Cost gt '5') and not (Status eq 'Closed' and Cost gt '7')",
    'unsupported-filter',
    "(Status eq 'Full' or Cost gt '5') and (Status ne 'Closed' or Cost le '7')",
  ],
  [{}, "(Status eq 'Full')", 'no-parentheses', "Status eq 'Full'"],
  // in, not
  [
    { in: true },
    "Status IN ( 'Full' , 'Closed' ) and Cost gt '5'",
    '',
    "Status in ('Full','Closed') and Cost gt '5'",
  ],
  [
    { in: true },
    "Status in ['Full','Closed']",
    'unsupported-filter',
    "Status eq 'Full' or Status eq 'Closed'",
  ],
  [{ in: true }, 'Cost in (5, 10)', 'missing-quotes missing-quotes', "Cost in ('5','10')"],
  [{ in: true }, "Cost in ('cheap')", 'type-mismatch', "Cost in ('cheap')"],
  [{ in: true }, "Zebra in ('a')", 'unknown-field', "Zebra in ('a')"],
  [
    { in: true },
    "not (Status in ('Full','Closed'))",
    'unsupported-filter',
    "Status ne 'Full' and Status ne 'Closed'",
  ],
  [
    { in: true },
    "(Status in ('Full','Closed') or Cost gt '5') and Cost lt '9'",
    'no-parentheses',
    "Status in ('Full','Closed') and Cost lt '9' or Cost gt '5' and Cost lt '9'",
  ],
  [{ not: true }, "not contains(Label,'aid')", '', 'same'],
  [{ not: true }, "NOT (Status eq 'Full' or Cost gt '5')", '', "not (Status eq 'Full' or Cost gt '5')"],
  [{ not: true }, "not Status eq 'Full'", 'unsupported-filter', "Status ne 'Full'"],
  [{ not: true }, "not (Zebra eq 'x')", 'unknown-field', "not (Zebra eq 'x')"],
  [
    { not: true },
    "(not contains(Label,'aid') or Cost gt '5') and Cost lt '9'",
    'no-parentheses',
    "not contains(Label,'aid') and Cost lt '9' or Cost gt '5' and Cost lt '9'",
  ],
  [
    { not: true },
    "not ((Status eq 'Full' or contains(Label,'x')) and Cost gt '5')",
    'no-parentheses',
    "Status ne 'Full' and not contains(Label,'x') or Cost le '5'",
  ],
  // Literals
  [{ bareNumbers: true }, 'Cost gt 5 and Cost lt -0.5', '', 'same'],
  [{ bareNumbers: true }, "Cost gt 'x'", 'type-mismatch', "Cost gt 'x'"],
  [{ bareNumbers: true }, 'StartDate ge 5', 'bad-date', 'StartDate ge 5'],
  [{}, 'Cost gt 5', 'missing-quotes', "Cost gt '5'"],
  // Precedence
  [
    { precedence: 'left-to-right' },
    "Status eq 'Full' or Cost gt '5' and Cost lt '9'",
    'mixed-and-or',
    'same',
  ],
  [
    { precedence: 'left-to-right' },
    "(Status eq 'Full' or Cost gt '5') and Cost lt '9'",
    'no-parentheses',
    "Status eq 'Full' or Cost gt '5' and Cost lt '9'",
  ],
  [
    { precedence: 'left-to-right' },
    "Status eq 'Full' or (Cost gt '5' and Cost lt '9')",
    'no-parentheses',
    "Cost gt '5' and Cost lt '9' or Status eq 'Full'",
  ],
  [
    { precedence: 'left-to-right' },
    "Cost gt '5' and (Status eq 'Full' or Status eq 'Closed')",
    'no-parentheses',
    "Status eq 'Full' or Status eq 'Closed' and Cost gt '5'",
  ],
  [
    { precedence: 'left-to-right' },
    "Cost gt '5' or Cost in ('1','2')",
    'unsupported-filter',
    "Cost gt '5' or Cost eq '1' or Cost eq '2'",
  ],
  [
    { precedence: 'left-to-right' },
    "Cost gt '5' and Status in ('Full','Closed')",
    'unsupported-filter',
    "Status eq 'Full' or Status eq 'Closed' and Cost gt '5'",
  ],
  [
    { precedence: 'left-to-right', parentheses: true },
    "Cost gt '5' and Status in ('Full','Closed')",
    'unsupported-filter',
    "Cost gt '5' and (Status eq 'Full' or Status eq 'Closed')",
  ],
  [
    { precedence: 'left-to-right', parentheses: true },
    "Cost gt '5' or Cost between 1 and 2",
    'unsupported-filter',
    "Cost gt '5' or (Cost ge '1' and Cost le '2')",
  ],
  // Quotes
  [{ quotes: 'backslash' }, "Label eq 'O''Neill'", '', "Label eq 'O\\'Neill'"],
  [{ quotes: 'backslash' }, "contains(Label,'C:\\')", '', "contains(Label,'C:\\\\')"],
  [{}, "Label eq 'C:\\'", '', "Label eq 'C:\\'"],
  [{ quotes: 'none' }, "Label eq 'Neill'", '', 'same'],
  [
    { quotes: 'none' },
    "Label eq 'O''Neill'",
    'unsupported-filter',
    'This platform has no way to write a quote inside a value. Search for a part of the text without the quote, and filter the results.',
  ],
];

describe('dialects', () => {
  for (const [traits, filter, codes, sent] of FILTERS)
    it(`${JSON.stringify(traits)} ${filter}`, () => {
      const found = told(traits, filter);
      assert.equal(found.codes, codes, found.messages);
      assert.equal(found.sent, sent === 'same' ? filter : sent);
    });

  const says = (traits: PlatformTraits, filter: string, message: string) =>
    it(`${JSON.stringify(traits)} ${filter}: ${message}`, () =>
      assert.equal(told(traits, filter).messages, message));
  says(
    { precedence: 'left-to-right' },
    "Status eq 'Full' or Cost gt '5' and Label eq 'x' or ID eq '1'",
    'This platform reads conditions from left to right. This is read as ((Status or Cost) and Label) or ID.',
  );
  says(
    { precedence: 'left-to-right' },
    "(Status eq 'Full' and Cost gt '5') or (Status eq 'Closed' and Cost gt '7')",
    Array(2)
      .fill(
        'The API has no parentheses for grouping. This platform reads conditions from left to right, so it can’t be asked for this at once. Split it into several requests, one for each alternative.',
      )
      .join('\n'),
  );

  it('splits what a platform that reads from left to right can’t be asked at once', () => {
    const service = serviceWith(with_({ precedence: 'left-to-right' }));
    const text =
      "GET coursedate\n$filter = (Status eq 'Full' and Cost gt '5') or (Status eq 'Closed' and Cost gt '7') or ID eq '1'\n";
    const [fix] = service.fixes(service.parse(text), { offset: 0, length: text.length });
    assert.equal(fix?.title, 'Split into 2 requests');
    const after = service.parse(applyEdits(text, fix.edits));
    assert.deepEqual(
      service.requests(after).map((request) => {
        const built = service.build(after, request);
        return built.ok ? built.request.query[0]?.value : built.problems;
      }),
      ["Status eq 'Full' and Cost gt '5'", "Status eq 'Closed' and Cost gt '7' or ID eq '1'"],
    );
  });

  const VARIABLES = "@name = O'Neill\n@both = Label EQ 'O''Neill' and Cost gt 5\n@quoted = 'O''Neill'\n\n";
  for (const [traits, filter, sent] of [
    [{ quotes: 'backslash' }, "Label eq '{{name}}'", "Label eq 'O\\'Neill'"],
    [{ quotes: 'backslash' }, 'Label eq {{quoted}}', "Label eq 'O\\'Neill'"],
    [{ quotes: 'backslash' }, '{{both}}', "Label eq 'O\\'Neill' and Cost gt '5'"],
    [{ bareNumbers: true }, '{{both}}', "Label eq 'O''Neill' and Cost gt 5"],
    [{}, '{{both}}', "Label eq 'O''Neill' and Cost gt '5'"],
    [{ quotes: 'none' }, "Label eq '{{name}}'", undefined],
    [{ parentheses: true }, "({{both}}) or ID eq '1'", "(Label eq 'O''Neill' and Cost gt '5') or ID eq '1'"],
  ] as const)
    it(`sends a variable: ${JSON.stringify(traits)} ${filter}`, () => {
      const found = told(traits, filter, VARIABLES);
      if (sent === undefined) assert.match(found.sent ?? '', /no way to write a quote/);
      else assert.equal(found.sent, sent);
    });

  it('checks, fixes and sends the same query rightly for two connections with opposite quirks', () => {
    const catalog = (traits: PlatformTraits) => new Catalog(with_(traits));
    const service = new LanguageService(() => ({ now: NOW }));
    service.setPlatforms(
      new Platforms(undefined, [
        {
          name: 'One',
          root: metadata.root,
          catalog: catalog({
            parentheses: true,
            in: true,
            not: true,
            bareNumbers: true,
            quotes: 'backslash',
            precedence: 'left-to-right',
          }),
        },
        { name: 'Other', root: metadata.root, catalog: catalog({ parentheses: false, quotes: 'doubled' }) },
      ]),
    );
    const query =
      "GET coursedate\n$filter = Cost gt 5 and (Label eq 'O''Neill' or Status in ('Full','Closed')) and not (Status eq 'x')\n";
    const text = `# @connection One\n${query}\n###\n# @connection Other\n${query}`;
    const document = service.parse(text);
    const half = text.indexOf('###');
    const found = service.diagnose(document);
    assert.deepEqual(
      found.filter(({ offset }) => offset < half),
      [],
    );
    assert.deepEqual(
      [...new Set(found.filter(({ offset }) => offset > half).map(({ code }) => code))].sort(),
      ['missing-quotes', 'no-parentheses', 'unsupported-filter'],
    );
    const fixed = service.parse(applyEdits(text, service.fixAll(document)));
    assert.deepEqual(
      service.diagnose(fixed).filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(
      service.requests(fixed).map((request) => {
        const built = service.build(fixed, request);
        return built.ok ? built.request.query[0]?.value : built.problems;
      }),
      [
        "Cost gt 5 and (Label eq 'O\\'Neill' or Status in ('Full','Closed')) and not (Status eq 'x')",
        "Cost gt '5' and Label eq 'O''Neill' and Status ne 'x' or Cost gt '5' and Status eq 'Full' and Status ne 'x' or Cost gt '5' and Status eq 'Closed' and Status ne 'x'",
      ],
    );
  });
});
