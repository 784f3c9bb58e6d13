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
import { at, completions, serviceWith } from './support/language';
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
  [
    {},
    "not not contains(Label,'a') and Cost gt '5'",
    'unsupported-filter',
    "contains(Label,'a') and Cost gt '5'",
  ],
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

  /** Traits, the clauses, and what is said: severity, code, and the fixes. */
  const CLAUSES: readonly (readonly [traits: PlatformTraits, clauses: string, said: string])[] = [
    [{ unknownSelect: 'ignored' }, '$select = ID, Lable', 'warning unknown-field Replace with “Label”'],
    [{ unknownSelect: 'refused' }, '$select = ID, Lable', 'error unknown-field Replace with “Label”'],
    [{}, '$select = ID, Lable', 'error unknown-field Replace with “Label”'],
    [{ largestTop: 20 }, '$top = 21', 'error large-page Use 20'],
    [{ largestTop: 20 }, '# @pages all\n$top = 21', 'information large-page Use 20'],
    [{ largestTop: 20 }, '# @pages 3\n$top = 21', 'information large-page Use 20'],
    [{ largestTop: 20 }, '# @pages 1\n$top = 21', 'error large-page Use 20'],
    [{ largestTop: 20 }, '# @pages all\n$top = 21\n$skip = 1', 'error large-page Use 20'],
    [
      { largestTop: 20, skip: 'records' },
      '# @pages all\n$top = 21\n$skip = 40',
      'information large-page Use 20',
    ],
    [{ largestTop: 20 }, '$top = 20', ''],
    [{ largestTop: 20 }, '# @pages all\n$top = 10', 'warning small-page Use 20, Remove # @pages all'],
    [{ largestTop: 20 }, '# @pages all\n$top = 20', ''],
    [{ largestTop: 100 }, '$top = 101', 'error large-page Use 100'],
    [{ largestTop: 100 }, '$top = 60', 'information large-page Use 50'],
    [{ largestTop: 'none' }, '$top = 60', 'information large-page Use 50'],
    [{ everyRecord: true }, '$top = -1', ''],
    [{}, '$top = -1', 'error type-mismatch '],
    [{ skip: 'records' }, '$skip = 100', ''],
    [{ skip: 'records' }, '$skip = 0', ''],
    [{ skip: 'records' }, '$top = 20\n$skip = 2', 'warning skip-is-records Leave out 40 records'],
    [{}, '$skip = 100', 'warning skip-is-pages Write page number 2'],
    [{ skip: 'records' }, 'skip = 100', 'error unsupported-parameter Replace with “$skip”'],
    [{ textCase: 'matters' }, "$filter = Status eq 'full'", "warning text-case Write 'Full'"],
    [{ textCase: 'matters' }, "$filter = Status eq 'Full' and Status ne 'Unheard of'", ''],
    [{ textCase: 'matters' }, "$filter = tolower(Label) eq 'aid'", 'error unsupported-filter '],
    [{}, "$filter = Status eq 'full'", ''],
    [{ longestAddress: 120 }, `$filter = Label eq '${'x'.repeat(80)}'`, 'warning long-address '],
    [{ longestAddress: 400 }, `$filter = Label eq '${'x'.repeat(80)}'`, ''],
    [{ longestAddress: 400 }, `$filter = Label eq '${'é'.repeat(80)}'`, 'warning long-address '],
    [{ parentheses: true }, "$filter = (Status eq 'Full'", 'error bad-arguments Insert “)”'],
    [{ not: true }, "$filter = not (Status eq 'Full'", 'error bad-arguments Insert “)”'],
    [{ parentheses: true }, "$filter = Status eq 'Full')", 'error no-parentheses Remove “)”'],
    [{ parentheses: true }, '$filter = ()', 'error missing-value '],
    [
      { precedence: 'left-to-right' },
      "$filter = Cost gt '5' or StartDate eq '2025-05-01'",
      'information whole-day Mean the whole day: rewrite the filter',
    ],
    [
      { precedence: 'left-to-right' },
      "$filter = StartDate eq '2025-05-01' or Cost gt '5'",
      "information whole-day Mean the whole day: StartDate ge '2025-05-01' and StartDate lt '2025-05-02'",
    ],
    [
      { parentheses: true },
      "$filter = Cost gt '5' and StartDate ne '2025-05-01'",
      "information whole-day Mean the whole day: (StartDate lt '2025-05-01' or StartDate ge '2025-05-02')",
    ],
  ];
  for (const [traits, clauses, said] of CLAUSES)
    it(`${JSON.stringify(traits)} ${clauses.slice(0, 80)}`, () => {
      const service = serviceWith(with_(traits));
      const text = clauses.startsWith('#')
        ? clauses.replace('\n', '\nGET coursedate\n')
        : `GET coursedate\n${clauses}`;
      const found = service.diagnose(service.parse(text));
      const shown = found.map(
        ({ severity, code, fixes }) => `${severity} ${code} ${fixes.map(({ title }) => title).join(', ')}`,
      );
      assert.equal(shown.join('\n'), said);
    });

  for (const [traits, clause, says] of [
    [{}, '$offset = 100', /counts pages, not records/],
    [{ skip: 'records' }, '$offset = 100', /the number of records to leave out\.$/],
    [{}, '$page = 2', /the number of the page, from 0\.$/],
    [{ skip: 'records' }, '$page = 2', /counts records, not pages/],
    [{}, 'skip = 100', /counts pages, not records/],
    [{ skip: 'records' }, 'skip = 100', /Did you mean “\$skip”\?$/],
  ] as const)
    it(`says what to write instead of ${clause}: ${JSON.stringify(traits)}`, () => {
      const service = serviceWith(with_(traits));
      const [found] = service.diagnose(service.parse(`GET coursedate\n${clause}`));
      assert.match(found?.message ?? '', says);
    });

  /** Traits, a text with a cursor, and what the hover says there. */
  const HOVERS: readonly (readonly [traits: PlatformTraits, marked: string, says: RegExp])[] = [
    [{}, "$filter = ID eq '1' a$0nd ID eq '2'", /binds tighter than `or`, and there are no parentheses/],
    [{ parentheses: true }, "$filter = ID eq '1' a$0nd ID eq '2'", /Parentheses group conditions/],
    [{ precedence: 'left-to-right' }, "$filter = ID eq '1' o$0r ID eq '2'", /read from left to right/],
    [{ precedence: 'left-to-right' }, "$fil$0ter = ID eq '1'", /read from left to right/],
    [{ skip: 'records' }, '$sk$0ip = 5', /counts records/],
    [{}, '$sk$0ip = 5', /number of the page/],
    [{ largestTop: 20 }, '$to$0p = 5', /at most 20 records/],
    [{ everyRecord: true }, '$to$0p = 5', /`\$top = -1` brings all/],
    [{ textCase: 'matters' }, "$filter = Status e$0q 'Full'", /class does not find Class/],
  ];
  for (const [traits, marked, says] of HOVERS)
    it(`explains ${JSON.stringify(traits)} at ${marked}`, () => {
      const { service, document, offset } = at(`GET coursedate\n${marked}`, with_(traits));
      assert.match(service.hover(document, offset)?.markdown ?? '', says);
    });

  const labels = (traits: PlatformTraits, marked: string) =>
    completions(`GET coursedate\n${marked}`, with_(traits)).map(
      ({ label, detail }) => `${label}: ${detail ?? ''}`,
    );
  it('completes what $top and $skip take there', () => {
    assert.deepEqual(labels({ largestTop: 20, everyRecord: true }, '$top = $0'), [
      '20: the most that this platform brings',
      '10: records',
      '-1: all records at once',
    ]);
    assert.match(labels({ skip: 'records' }, '$skip = $0').join('\n'), /after the first 50 records/);
    assert.match(labels({ skip: 'records' }, '$0').join('\n'), /\$skip: records to leave out/);
  });
  it('offers the whole day only where it is read as one', () => {
    const days = (traits: PlatformTraits, marked: string) =>
      labels(traits, marked).filter((label) => label.includes(' and StartDate'));
    const behindOr = "$filter = ID eq '1' or StartDate eq $0";
    assert.notDeepEqual(days({}, behindOr), []);
    assert.deepEqual(days({ precedence: 'left-to-right' }, behindOr), []);
    assert.notDeepEqual(days({ precedence: 'left-to-right' }, '$filter = StartDate eq $0'), []);
  });
  it('writes conditions of the results into the filter as the platform reads it', () => {
    const added = (traits: PlatformTraits) => {
      const service = serviceWith(with_(traits));
      const document = service.parse("GET coursedate\n$filter = Status eq 'Full' or Cost gt '5'");
      const [request] = service.requests(document);
      assert.ok(request);
      const written = service.writeBack(request, {
        conditions: [{ field: 'Label', operator: 'contains', value: 'aid' }],
      });
      return written.ok ? written.edits[0]?.text : written.message;
    };
    assert.deepEqual(
      [added({}), added({ precedence: 'left-to-right' }), added({ parentheses: true })],
      [
        "Status eq 'Full' and contains(Label,'aid') or Cost gt '5' and contains(Label,'aid')",
        "Status eq 'Full' or Cost gt '5' and contains(Label,'aid')",
        "(Status eq 'Full' or Cost gt '5') and contains(Label,'aid')",
      ],
    );
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
