/** What the questions are asked about: modules that may be read, some of their records, and values known to be in them. */
import { ByName, type FieldInfo, type ModuleInfo } from '#language';
import { parseFields } from '../metadata/help-feed';
import { type ApiRecord, numbersIn, readPage } from '../results/read-page';
import { idOf } from '../results/table';
import { memberNamed } from '../text/names';
import type { Answer, Inquiry } from './inquiry';
import { brings } from './outcome';

/** A value that one record is known to have in a field, by which the field can be filtered. */
export interface Sample<T> {
  readonly module: string;
  readonly field: string;
  readonly value: T;
  /** The record's ID. */
  readonly id: string;
}

/** A module whose records can be read. */
interface Measured {
  readonly module: string;
  readonly json: unknown;
}

export interface Ground {
  /** The module that most is asked about: its records can be found by their ID. */
  readonly main:
    { readonly module: string; readonly ids: readonly [string, string, ...string[]] } | undefined;
  readonly number: Sample<number> | undefined;
  readonly boolean: Sample<boolean> | undefined;
  readonly text: Sample<string> | undefined;
  /** All modules that could be read, with the answer that has their total. */
  readonly measured: readonly Measured[];
  /** Which modules were passed over, and why: sentences. */
  readonly notes: readonly string[];
}

/** How many modules are tried at most, and how many records of each are read. */
const MOST_MODULES = 8;
const RECORDS = 10;
/** Enough modules to find one with many records and one with few. */
const ENOUGH_MODULES = 2;
/** Records that the main module must have, so that pages can be told apart. */
const ENOUGH_RECORDS = 7;
/** So many fields are read, to find one with a value. */
const FIELDS = 12;

/** Asked first: they have many records and are about courses, not about people. */
const PREFERRED = ['CourseDate', 'Course', 'Venue', 'CourseTemplate', 'Invoice', 'Company', 'Category'];

/** An ID that means the same in every way to write a value. */
const PLAIN_ID = /^[\w.~-]+$/;
/** Letters that have another case, and nothing that needs care. */
const PLAIN_TEXT = /^(?=.*[a-z])[A-Za-z0-9 ]{2,40}$/;
/** Texts that are about people stay out of addresses. */
const IMPERSONAL = /status|type|code|label|category|currency/i;

interface Finding {
  main?: Ground['main'];
  number?: Sample<number>;
  boolean?: Sample<boolean>;
  text?: Sample<string>;
}

/** Looks for records and values in some of the modules; asks for the fields of one that is known by name only. */
export async function findGround(inquiry: Inquiry, modules: readonly ModuleInfo[]): Promise<Ground> {
  const found: Finding = {};
  const measured: Measured[] = [];
  const notes: string[] = [];
  for (const { name, fields } of inOrder(modules).slice(0, MOST_MODULES)) {
    const complete = found.main && found.number && found.boolean && found.text;
    if (complete && measured.length >= ENOUGH_MODULES) break;
    const candidates = usable(fields ?? parseFields(await inquiry.fields(name)).items);
    const answer = await read(inquiry, name, candidates);
    if (answer.kind !== 'records') {
      notes.push(`${name} can’t be read, so another module was asked.`);
      continue;
    }
    if (answer.records.length === 0) {
      notes.push(`${name} has no records, so another module was asked.`);
      continue;
    }
    measured.push({ module: name, json: answer.json });
    const plain = answer.records.filter((record) => PLAIN_ID.test(idOf(record) ?? ''));
    found.main ??= await mainOf(inquiry, name, plain, notes);
    sample(found, name, candidates, plain);
  }
  const { main, number, boolean, text } = found;
  return { main, number, boolean, text, measured, notes };
}

function inOrder(modules: readonly ModuleInfo[]): readonly ModuleInfo[] {
  const byName = new ByName(modules);
  const first = PREFERRED.flatMap((name) => byName.get(name) ?? []);
  const rest = modules.filter((module) => !first.includes(module));
  const isKnown = ({ fields }: ModuleInfo) => fields !== undefined;
  return [...first, ...rest.filter(isKnown), ...rest.filter((module) => !isKnown(module))];
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'unknown']);
const BOOLEANS: ReadonlySet<string> = new Set(['boolean', 'unknown']);
const TEXTS: ReadonlySet<string> = new Set(['string', 'unknown']);

/** Some fields of each kind that a filter takes. */
function usable(fields: readonly FieldInfo[]): readonly FieldInfo[] {
  const some = (fits: (field: FieldInfo) => boolean) =>
    fields.filter((field) => field.filterable && field.name !== 'ID' && fits(field)).slice(0, FIELDS / 3);
  const kinds = [
    ...some(({ type }) => NUMBERS.has(type)),
    ...some(({ type }) => BOOLEANS.has(type)),
    ...some(({ type, name }) => TEXTS.has(type) && IMPERSONAL.test(name)),
  ];
  return [...new Set(kinds)];
}

async function read(inquiry: Inquiry, module: string, fields: readonly FieldInfo[]): Promise<Answer> {
  const select = ['ID', ...fields.map(({ name }) => name)].join(',');
  return inquiry.records(module, [
    { name: '$select', value: select },
    { name: '$top', value: String(RECORDS) },
    { name: '$count', value: 'true' },
  ]);
}

/** Takes a module as the main one where it has enough records, and finds one by its ID. */
async function mainOf(
  inquiry: Inquiry,
  module: string,
  plain: readonly ApiRecord[],
  notes: string[],
): Promise<Ground['main']> {
  const ids = [...new Set(plain.flatMap((record) => idOf(record) ?? []))];
  const [first, second, ...more] = ids;
  if (first === undefined || second === undefined || ids.length < ENOUGH_RECORDS) {
    notes.push(
      `${module} has too few records with plain IDs for most questions, so another module was asked.`,
    );
    return undefined;
  }
  const answer = await inquiry.records(module, query(`ID eq '${first}'`));
  if (brings(answer, [first])) return { module, ids: [first, second, ...more] };
  notes.push(`${module} does not find a record by its ID, so another module was asked.`);
  return undefined;
}

/** The parameters of a question that is answered by which records come. */
export const query = (filter: string) => [
  { name: '$select', value: 'ID' },
  { name: '$top', value: '5' },
  { name: '$filter', value: filter },
];

/** Takes the first value of each kind that is missing. */
function sample(
  found: Finding,
  module: string,
  fields: readonly FieldInfo[],
  records: readonly ApiRecord[],
): void {
  for (const { name: field, type } of fields)
    for (const record of records) {
      const id = idOf(record) ?? '';
      const value = memberNamed(record, field)?.value;
      if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && NUMBERS.has(type))
        found.number ??= { module, field, value, id };
      if (typeof value === 'boolean' && BOOLEANS.has(type)) found.boolean ??= { module, field, value, id };
      if (typeof value === 'string' && PLAIN_TEXT.test(value) && TEXTS.has(type))
        found.text ??= { module, field, value, id };
    }
}

/** The total in an answer, by the name that was found, else by a usual one. */
export const totalIn = (json: unknown, name: string | undefined): number | undefined =>
  name === undefined ? readPage(json).total : numbersIn(json).get(name);
