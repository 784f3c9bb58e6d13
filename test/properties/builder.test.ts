/** The builder and the editor change one text: neither loses what the other wrote, and both see the same request. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyEdits,
  type ApqDocument,
  type BuilderChange,
  type BuilderConditionParts,
  type BuilderField,
  type BuilderState,
  nameKey,
} from '#language';
import { findModule } from '#platform/catalog';
import { compileFilter } from '#platform/filter';
import type { Row } from '#platform/values';
import { serviceWith } from '../language/support/language';
import { metadata } from '../language/support/metadata';
import { anyFile, change, placeOf } from './support/files';
import { property } from './support/property';

const service = serviceWith();

/** Changes that ask for what is there. */
function sameAgain({ module, select, conditions, order, top, pages }: BuilderState): BuilderChange[] {
  return [
    { kind: 'module', name: module },
    { kind: 'select', fields: select?.map(({ text }) => text) },
    { kind: 'order', order },
    { kind: 'top', top },
    { kind: 'pages', pages },
    ...conditions.flatMap(({ parts, join }, index): BuilderChange[] => [
      ...(parts === undefined ? [] : [{ kind: 'set-condition', index, condition: parts } as const]),
      ...(join === undefined ? [] : [{ kind: 'set-join', index, join } as const]),
    ]),
  ];
}

/** Numbers from which a change is made that fits the state. */
type Dice = readonly [kind: number, first: number, second: number, third: number];
const dice: fc.Arbitrary<Dice> = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat());

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

/** What is written in another way than it is typed. */
const DATES_IN_WORDS = ['in 45 days', '3/2/2026', 'next Friday', '14 December 2026', '45'];

/** A value that fits the field. */
function valueFor({ type, values }: BuilderField, state: BuilderState, at: number): string {
  const offered = [...values, ...(state.types.find((each) => each.type === type)?.values ?? [])];
  const typical = {
    string: ['x', "O'Neill", 'a & b', '#1', '100%', 'a+b', ''],
    integer: ['5', '0'],
    decimal: ['12.50', '5'],
    boolean: ['true'],
    datetime: ['2026-02-01T00:00:00', '{{$today - 7d}}', ...DATES_IN_WORDS],
    date: ['2026-02-01'],
    time: ['09:30'],
    list: ['x'],
    unknown: ['x'],
  }[type];
  return pick([...offered.map(({ value }) => value), ...typical], at) ?? '';
}

function conditionFor(state: BuilderState, [, first, second, third]: Dice): BuilderConditionParts {
  const field = pick(
    state.fields.filter(({ filterable }) => filterable),
    first,
  );
  if (field === undefined) return { field: 'ID', operator: 'eq', value: 'x' };
  const operators = state.types.find(({ type }) => type === field.type)?.operators ?? [];
  return {
    field: field.name,
    operator: pick(operators, second)?.name ?? 'eq',
    value: valueFor(field, state, third),
  };
}

const KINDS = [
  'module',
  'select',
  'add-condition',
  'add-condition',
  'set-condition',
  'set-condition',
  'set-join',
  'remove-condition',
  'fix-condition',
  'order',
  'top',
  'pages',
] as const satisfies readonly BuilderChange['kind'][];

/** Some of the texts, in another order, with some of the fields. */
function listFor(texts: readonly string[], fields: readonly BuilderField[], [, first, second, third]: Dice) {
  const kept = texts.filter((_, index) => ((first >> (index % 8)) & 1) === 0);
  const more = fields.map(({ name }) => name).filter((_, index) => (second >> (index % 12)) % 4 === 3);
  const all = [...new Map([...kept, ...more].map((text) => [nameKey(text), text])).values()];
  const at = third % (all.length + 1);
  return [...all.slice(at), ...all.slice(0, at)];
}

function changeFor(state: BuilderState, numbers: Dice): BuilderChange {
  const [kindAt, first, second, third] = numbers;
  const kind = pick(KINDS, kindAt) ?? 'top';
  const { conditions, order, select, fields } = state;
  const index = first % Math.max(1, conditions.length);
  const join = third % 2 === 0 ? 'and' : 'or';
  switch (kind) {
    case 'module':
      return { kind, name: pick(state.modules, first)?.name ?? 'User' };
    case 'select':
      return { kind, fields: listFor(select?.map(({ text }) => text) ?? [], fields, numbers) };
    case 'add-condition':
      return { kind, join, condition: conditionFor(state, numbers) };
    case 'set-condition': {
      const before = conditions[index]?.parts;
      const field = fields.find(({ name }) => nameKey(name) === nameKey(before?.field ?? ''));
      return before !== undefined && field !== undefined && third % 2 === 0
        ? { kind, index, condition: { ...before, value: valueFor(field, state, second) } }
        : { kind, index, condition: conditionFor(state, numbers) };
    }
    case 'set-join':
      return { kind, index: Math.max(1, index), join };
    case 'remove-condition':
      return { kind, index };
    case 'fix-condition':
      return { kind, index, fix: pick(conditions[index]?.fixes ?? [], second) ?? 'None' };
    case 'order':
      return {
        kind,
        order: listFor(
          order.map(({ text }) => text),
          fields.filter(({ sortable }) => sortable),
          numbers,
        ).map((text, at) => ({ text, descending: ((third >> (at % 8)) & 1) === 1 })),
      };
    case 'top':
      return { kind, top: first % 4 === 0 ? undefined : String((second % 50) + 1) };
    case 'pages':
      return { kind, pages: pick([undefined, 'all', '2'], first) };
  }
}

/** `isInWords`: its value, and with it the comparison, is written in another way. */
const said = (condition: BuilderConditionParts | undefined, isInWords: boolean) =>
  condition && isInWords
    ? { field: nameKey(condition.field) }
    : condition && { ...condition, field: nameKey(condition.field) };
const inWords = ({ value }: BuilderConditionParts) => DATES_IN_WORDS.includes(value);
const written = (state: BuilderState) => state.conditions.map(({ text }) => text);

/** Fails where the state does not show what was asked for, or where something else is another. */
function checkShown(asked: BuilderChange, before: BuilderState, after: BuilderState): void {
  const is = (actual: unknown, expected: unknown) => assert.deepEqual(actual, expected);
  const rest = ({ select, conditions, order, top, pages, module, others, title }: BuilderState) => ({
    select: asked.kind === 'select' ? undefined : select,
    conditions:
      asked.kind.includes('condition') || asked.kind === 'set-join'
        ? undefined
        : conditions.map(({ join, text, parts }) => ({ join, text, parts })),
    order: asked.kind === 'order' ? undefined : order,
    top: asked.kind === 'top' ? undefined : top,
    pages: asked.kind === 'pages' ? undefined : pages,
    module: asked.kind === 'module' ? undefined : module,
    title: asked.kind === 'module' ? undefined : title,
    // The module stands in the address of a record.
    others: asked.kind === 'module' ? undefined : others,
  });
  is(rest(after), rest(before));
  switch (asked.kind) {
    case 'module':
      return is(nameKey(after.module), nameKey(asked.name));
    case 'select':
      return is(
        after.select?.map(({ text }) => nameKey(text)) ?? [],
        (asked.fields ?? []).map((text) => nameKey(text)),
      );
    case 'order':
      return is(
        after.order.map(({ text, descending }) => [nameKey(text), descending]),
        asked.order.map(({ text, descending }) => [nameKey(text), descending]),
      );
    case 'top':
      return is(after.top, asked.top);
    case 'pages':
      return is(after.pages, asked.pages);
    case 'add-condition': {
      const isInWords = inWords(asked.condition);
      is(said(after.conditions.at(-1)?.parts, isInWords), said(asked.condition, isInWords));
      const old = written(before);
      // Those of before are all there, in their order.
      is(
        written(after).filter((text) => text === old[0] && old.shift() !== undefined),
        written(before),
      );
      return;
    }
    case 'set-condition': {
      const isInWords = inWords(asked.condition);
      is(said(after.conditions[asked.index]?.parts, isInWords), said(asked.condition, isInWords));
      return is(written(after).toSpliced(asked.index, 1), written(before).toSpliced(asked.index, 1));
    }
    case 'fix-condition':
      // Others may have moved.
      return is(problemsOf(after).length <= problemsOf(before).length, true);
    case 'set-join':
      is(after.conditions[asked.index]?.join, asked.join);
      return is(written(after), written(before));
    case 'remove-condition':
      return is(written(after), written(before).toSpliced(asked.index, 1));
  }
}

const problemsOf = ({ problems, conditions }: BuilderState): readonly string[] => [
  ...problems,
  ...conditions.flatMap((each) => each.problems ?? []),
];

const comments = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => /^(?:#|\/\/)/.test(line) && !/@pages/.test(line))
    .sort();

/** One change by the builder at a place. Returns the document after it; undefined where it was refused. */
function build(document: ApqDocument, offset: number, numbers: Dice): ApqDocument | undefined {
  const { state } = service.builderState(document, offset);
  if (state.refused !== undefined) return undefined;
  const asked = changeFor(state, numbers);
  const made = service.builderEdit(document, offset, asked);
  if (!made.ok) {
    assert.match(made.message, /^\S.*\.$/);
    return undefined;
  }
  const edits = made.edits.toSorted((a, b) => a.offset - b.offset);
  for (const [index, edit] of edits.entries())
    assert.ok(
      index === 0 || edit.offset >= (edits[index - 1]?.offset ?? 0) + (edits[index - 1]?.length ?? 0),
    );
  const { text } = document;
  const after = edits.reduceRight((each, edit) => service.edit(each, edit), document);
  const context = `${JSON.stringify(asked)}\n--- before\n${text}\n--- after\n${after.text}\n---`;
  try {
    assert.equal(after.text, applyEdits(text, edits));
    const start = service.builderState(document, offset).offset;
    const seen = service.builderState(after, start).state;
    assert.deepEqual(seen, service.builderState(service.parse(after.text), start).state);
    checkShown(asked, state, seen);
    assert.deepEqual(comments(after.text), comments(text));
    if (problemsOf(state).length === 0 && asked.kind !== 'module') assert.deepEqual(problemsOf(seen), []);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${context}`, {
      cause: error,
    });
  }
  return after;
}

const COURSE_DATE = findModule('CourseDate');
assert.ok(COURSE_DATE);
const LEAVES = ["Status eq 'Full'", "Status ne 'Draft'", "Cost le '5'", "Cost gt '4'", "Label eq 'a'"];
const ROWS: readonly Row[] = ['a', 'ab', 'b'].flatMap((Label) =>
  ['Full', 'Draft', 'Closed'].flatMap((Status) => [4, 5, 6].map((Cost) => ({ Label, Status, Cost }))),
);

describe('builder', () => {
  property('builder: what asks for nothing else changes no file', 1000, anyFile, (text) => {
    const document = service.parse(text);
    for (const { offset } of document.file.blocks) {
      const { state } = service.builderState(document, offset);
      for (const same of sameAgain(state)) {
        const made = service.builderEdit(document, offset, same);
        if (made.ok) assert.deepEqual(made.edits, [], `${JSON.stringify(same)}\n${text}`);
      }
    }
  });

  property(
    'builder: one change shows what was asked for, and nothing else is another',
    300,
    fc.tuple(anyFile, fc.nat(), dice),
    ([text, at, numbers]) => {
      build(service.parse(text), at % (text.length + 1), numbers);
    },
  );

  property(
    'builder: 500 edits in turn by builder and editor stay in step and lose no comment',
    2,
    // To make so many fewer would take minutes; the message has the one that failed.
    fc.noShrink(
      fc.tuple(
        anyFile,
        fc.array(fc.tuple(fc.nat(), dice, change, fc.nat(7)), { minLength: 500, maxLength: 500 }),
      ),
    ),
    ([start, steps]) => {
      let document = service.parse(start);
      for (const [at, numbers, typed, who] of steps) {
        const offset = at % (document.text.length + 1);
        // Long files would say no more, and take long.
        if (document.text.length > 4000) document = service.parse(start, document);
        else if (who === 0)
          document = service.edit(document, { ...placeOf(typed, document.text), text: typed.text });
        else document = build(document, offset, numbers) ?? document;
      }
      assert.equal(document.text, service.parse(document.text).text);
    },
  );

  property(
    'builder: a request made from nothing has no error',
    100,
    fc.tuple(fc.constantFrom('', '### Mine\n', '\r\n', '@site = x\n'), fc.array(dice, { maxLength: 15 })),
    ([start, steps]) => {
      let document: ApqDocument = service.parse(start);
      const first = service.builderEdit(document, 0, { kind: 'module', name: 'CourseDate' });
      assert.ok(first.ok);
      document = service.parse(applyEdits(start, first.edits));
      for (const numbers of steps)
        if (KINDS[numbers[0] % KINDS.length] !== 'module') document = build(document, 0, numbers) ?? document;
      assert.deepEqual(service.builderState(document, 0).state.problems, [], document.text);
    },
  );

  property(
    'builder: a condition that is added is joined with all others, as the platform reads them',
    300,
    fc.tuple(
      fc.array(fc.tuple(fc.constantFrom(...LEAVES), fc.constantFrom('and', 'or')), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.constantFrom('and', 'or'),
      fc.constantFrom('and-first', 'left-to-right'),
    ),
    ([row, join, precedence]) => {
      const filter = row.map(([text, word], index) => (index === 0 ? text : `${word} ${text}`)).join('\n  ');
      const asked = { field: 'Label', operator: 'contains', value: 'a' };
      const text = `GET coursedate\n$filter = ${filter}`;
      const reader = serviceWith({
        ...metadata,
        platform: { checkedAt: '2026-01-31T12:00:00Z', traits: { precedence } },
      });
      const made = reader.builderEdit(reader.parse(text), 0, {
        kind: 'add-condition',
        join,
        condition: asked,
      });
      assert.ok(made.ok);
      const after = applyEdits(text, made.edits).slice(text.indexOf('=') + 1);
      const reads = (each: string) =>
        compileFilter(
          each.replaceAll(/\s+/g, ' ').trim(),
          COURSE_DATE,
          new Set(precedence === 'left-to-right' ? ['left-to-right'] : []),
        );
      const [was, is, added] = [reads(filter), reads(after), reads("contains(Label,'a')")];
      for (const each of ROWS)
        assert.equal(is(each), join === 'and' ? was(each) && added(each) : was(each) || added(each), after);
    },
  );

  property(
    'builder: without a condition, the others are asked as before',
    300,
    fc.tuple(
      fc.array(fc.tuple(fc.constantFrom(...LEAVES), fc.constantFrom('and', 'or')), {
        minLength: 2,
        maxLength: 6,
      }),
      fc.nat(5),
      fc.constantFrom('and-first', 'left-to-right'),
    ),
    ([row, place, precedence]) => {
      const index = place % row.length;
      const filter = row.map(([text, word], at) => (at === 0 ? text : `${word} ${text}`)).join('\n  ');
      const text = `GET coursedate\n$filter = ${filter}`;
      const reader = serviceWith({
        ...metadata,
        platform: { checkedAt: '2026-01-31T12:00:00Z', traits: { precedence } },
      });
      const made = reader.builderEdit(reader.parse(text), 0, { kind: 'remove-condition', index });
      assert.ok(made.ok);
      const after = applyEdits(text, made.edits).slice(text.indexOf('=') + 1);
      const reads = (each: string) =>
        compileFilter(
          each.replaceAll(/\s+/g, ' ').trim(),
          COURSE_DATE,
          new Set(precedence === 'left-to-right' ? ['left-to-right'] : []),
        );
      const is = reads(after);
      for (const each of ROWS) {
        const left = row.map(([leaf, word], at) => ({ word, met: reads(leaf)(each), isLeft: at !== index }));
        assert.equal(is(each), (precedence === 'and-first' ? andFirst : fromLeft)(left), after);
      }
    },
  );
});

interface Link {
  readonly word: string;
  readonly met: boolean;
  readonly isLeft: boolean;
}

/** One of the alternatives that are left of what `or` joins. */
function andFirst(links: readonly Link[]): boolean {
  const alternatives: Link[][] = [];
  for (const [at, link] of links.entries())
    if (at > 0 && link.word === 'and') alternatives.at(-1)?.push(link);
    else alternatives.push([link]);
  return alternatives
    .map((all) => all.filter(({ isLeft }) => isLeft))
    .some((all) => all.length > 0 && all.every(({ met }) => met));
}

/** Each joined with all that is left before it. */
const fromLeft = (links: readonly Link[]): boolean =>
  links
    .filter(({ isLeft }) => isLeft)
    .map(({ met, word }) => ({ met, word }))
    .reduce((before, { met, word }) => ({
      met: word === 'and' ? before.met && met : before.met || met,
      word,
    })).met;
