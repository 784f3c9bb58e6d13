/**
 * Work grows with the text, and not with its square, whatever the text repeats: counted, so that a busy machine makes no
 * difference. Sizes and times of a hundred times as much are in `growth.test.ts` of the language, and `npm run bench`.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApqDocument } from '#language';
import { serviceWith } from '../language/support/language';
import { mostGrown, total, type Work, WorkCounter } from '../language/support/work';
import { piece } from './support/alphabet';
import { FIXTURES } from './support/files';
import { property } from './support/property';

const service = serviceWith();
const counter = new WorkCounter();

/** What an editor asks about a whole file, and at its middle. Fixes there are tried on a limited amount of text instead. */
const QUESTIONS: Readonly<Record<string, (document: ApqDocument, middle: number) => unknown>> = {
  diagnose: (document) => service.diagnose(document),
  fixAll: (document) => service.fixAll(document),
  complete: (document, middle) => service.complete(document, middle),
  hover: (document, middle) => service.hover(document, middle),
  signature: (document, middle) => service.signature(document, middle),
  selections: (document, middle) => service.selections(document, middle),
  references: (document, middle) => service.references(document, middle, true),
  rename: (document, middle) => service.rename(document, middle, 'another'),
  rewritings: (document, middle) => service.rewritings(document, middle),
  format: (document) => service.format(document),
  outline: (document) => service.outline(document),
  folds: (document) => service.folds(document),
  semanticTokens: (document) => service.semanticTokens(document),
  hints: (document) => service.hints(document, { offset: 0, length: document.text.length }),
  links: (document) => service.links(document),
  build: (document, middle) => {
    const request = service.requestAt(document, middle);
    return request && [service.build(document, request), service.expectations(document, request)];
  },
  edit: (document, middle) =>
    service.diagnose(service.edit(document, { offset: middle, length: 0, text: 'x' })),
};

/** Before the repeated part: where in a file it stands. */
const STARTS = [
  '',
  'GET ',
  'GET coursedate\n',
  'GET coursedate\n$filter = ',
  "GET coursedate\n$filter = Label eq 'a' and ",
  'GET coursedate?$filter=',
  'GET coursedate\n$select = ',
  'POST coursedate\n',
  'POST coursedate\n{ "Label": "',
  '# @expect ',
  '@site = ',
  'SQL\n',
  'SQL\nselect ',
  '# @name a\nGET coursedate\n###\nSQL\nselect * from a where ',
];

const LENGTH = 1500;

/** The work of each question about a text of `times` that length. */
function workOn(start: string, unit: string, times: number): ReadonlyMap<string, Work> {
  const text = start + unit.repeat(Math.ceil((LENGTH * times) / unit.length));
  counter.take();
  const document = service.parse(text);
  return new Map(
    Object.entries(QUESTIONS).map(([name, ask]) => {
      ask(document, text.length >> 1);
      return [name, counter.take()];
    }),
  );
}

/** What a text of twice the length may take: something besides what is the same for any, and more where lists are sorted. */
const isMore = (before: Work, after: Work): boolean =>
  total(after) > 2.4 * total(before) && total(after) > 20 * LENGTH;

function checkGrowth(start: string, unit: string): void {
  const [one, two] = [workOn(start, unit, 1), workOn(start, unit, 2)];
  const suspects = [...two].filter(([name, work]) => isMore(one.get(name) ?? new Map(), work));
  if (suspects.length === 0) return;
  // What is at the middle differs from length to length: only what goes on growing counts.
  const four = workOn(start, unit, 4);
  for (const [name, work] of suspects) {
    const more = four.get(name) ?? new Map();
    assert.ok(
      !isMore(work, more),
      `${name}, for ${JSON.stringify(unit)} after ${JSON.stringify(start)}: ${total(work)} → ${total(more)}, of which ${mostGrown(work, more)}`,
    );
  }
}

const LINES = [...new Set(FIXTURES.flatMap((text) => text.split('\n')))].filter(
  (line) => line.trim() !== '' && line.length < 200,
);

/** A condition, repeated within a filter; any other line as it is. */
function repeatLine(line: string): void {
  const condition = /^\$filter\s*=\s*(.*)$/.exec(line)?.[1];
  if (condition !== undefined) checkGrowth("GET coursedate\n$filter = Label eq 'a'", ` and ${condition}`);
  checkGrowth(/^[#@]/.test(line) ? '' : 'GET coursedate\n', `${line}\n`);
}

describe('work grows with the text', () => {
  before(() => counter.start());
  after(() => counter.stop());

  property(
    'growth: any two or three tokens of the alphabet, repeated',
    12,
    fc.tuple(fc.constantFrom(...STARTS), fc.array(piece, { minLength: 1, maxLength: 3 })),
    ([start, parts]) => checkGrowth(start, parts.join('') || ' '),
  );

  property('growth: any line of the fixtures, repeated', 8, fc.constantFrom(...LINES), repeatLine);

  property(
    'growth: any request of the fixtures, repeated',
    5,
    fc.constantFrom(...FIXTURES.filter((text) => text.length < 600)),
    (text) => checkGrowth('', `###\n${text}\n`),
  );

  for (const [what, start, unit] of [
    ['limits, each with another behind it', 'GET coursedate?$filter=', ' top 5'],
    ['ampersands before what begins a request', '', ' & ###'],
    ['comments behind clauses', 'GET coursedate\n', "$filter = Status eq 'Full' // only full\n"],
    ['encoded clauses', 'GET coursedate\n', '$filter=Label%20eq%20%27a%27\n'],
    ['parameters on lines', 'GET coursedate\n', '?$top=5&$skip=2\n'],
    ['parentheses', "GET coursedate\n$filter = Label eq 'a'", " and (Status eq 'Full')"],
    [
      'days that leave out',
      "GET coursedate\n$filter = Label eq 'a'",
      " and StartDate ne '2025-01-01' and Status eq 'Full'",
    ],
    ['columns of a statement', 'SQL\nselect a', ', Label'],
    ['joins', '# @name a\nGET coursedate\n###\nSQL\nselect * from a', ' join a b on a.ID = b.ID'],
    ['open subqueries', 'SQL\n', 'select (select '],
    ['closed subqueries', 'SQL\nselect * from (select 1)', ', (select 1)'],
    [
      'tables of a statement, each of the one before',
      'SQL\nwith a as (select 1)',
      ', b as (select * from a)',
    ],
    ['unions', 'SQL\nselect 1', ' union select 1'],
    ['comparisons', 'SQL\nselect 1 where 1', " and Label = 'a'"],
    ['cases that do not end', 'SQL\nselect ', 'case when 1 then '],
    ['texts that do not end', 'SQL\nselect ', "'a\n"],
    ['clauses with parentheses', 'GET coursedate\n', "$filter = (Status eq 'Full')\n"],
  ] as const)
    it(`growth: ${what}`, () => checkGrowth(start, unit));
});
