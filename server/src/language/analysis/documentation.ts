/** What we say about the API's words: one text each, for hover, completion and signature help. Markdown; facts from the guide. */
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import type { Method } from '../request/wire';
import type { ParameterName } from '../syntax/clause-parser';
import type { ExpectationOperatorName, SubjectKind } from '../syntax/expectation-words';
import type { ComparisonOperator, FilterFunction } from '../syntax/keywords';
import { PAGE_SIZE } from '../text/limits';
import { codeBlock, codeSpan, escapeMarkdown } from '../text/markdown';
import type { Evaluation } from './evaluate';
import { exampleValue, functionsFor, operatorsFor, TYPE_NAMES } from './field-types';

export const OPERATOR_NAMES: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'equals',
  ne: 'does not equal',
  lt: 'is less than, is before',
  le: 'is less than or equal to',
  gt: 'is greater than, is after',
  ge: 'is greater than or equal to',
};

export const FUNCTION_NAMES: Readonly<Record<FilterFunction, string>> = {
  contains: 'contains the text',
  startswith: 'starts with the text',
  endswith: 'ends with the text',
};

export const PARAMETER_DOCS: Readonly<Record<ParameterName, string>> = {
  $select:
    'The fields to return, in this order, separated by commas. Without it the API returns the usual ones.\n\n`$select = ID, Label, StartDate`',
  $filter:
    "Which records to return. Conditions are joined by `and` and `or`; `and` binds tighter, and there are no parentheses.\n\n`$filter = StartDate ge '{{$today}}' and Status eq 'Available'`",
  $orderby:
    'The fields to sort by, in order of priority; `desc` after a field turns its order round.\n\n`$orderby = StartDate desc, Label`',
  $top: `The number of records on a page: ${PAGE_SIZE} if it is left out, which is also the most that is recommended.\n\n\`$top = 20\``,
  $skip:
    'The number of the page to jump to, **not** a number of records: `$skip = 1` is the second page.\n\n`$skip = 1`',
  $count: '`true` adds how many records there are in all.\n\n`$count = true`',
  $upsert:
    "With POST: the record that this filter finds is changed; if there is none, it is created; if there are several, the API refuses.\n\n`$upsert = Email eq 'name@example.com'`",
};

export const PARAMETER_NAMES: Readonly<Record<ParameterName, string>> = {
  $select: 'fields to return',
  $filter: 'which records',
  $orderby: 'sorting',
  $top: 'records on a page',
  $skip: 'number of the page',
  $count: 'total number of records',
  $upsert: 'which record to change',
};

export const METHOD_DOCS: Readonly<Record<Method, string>> = {
  GET: 'Reads records.',
  POST: 'Creates a record; with `$upsert` it changes the one that the filter finds.',
  PUT: 'Changes the given fields of one record; the rest stay as they are.',
  DELETE:
    'Removes one record. **This can’t be undone.** The first DELETE of a user sets the status to Deleted, a second one removes the record.',
};

export const SUBJECT_DOCS: Readonly<Record<SubjectKind, string>> = {
  status: 'The HTTP status of the answer.\n\n`# @expect status 200`',
  count: 'How many records came, of all pages that were fetched.\n\n`# @expect count >= 1`',
  total: 'How many records there are in all; needs `$count = true`.\n\n`# @expect total < 1000`',
  time: 'How long the answer took, in milliseconds.\n\n`# @expect time < 2000`',
  results:
    "A field of one record (`[0]` is the first) or of every record (`[*]`).\n\n`# @expect results[0].Status == 'Available'`\n\n`# @expect results[*].SpacesLeft > 0`",
  body: 'A member of the answer’s JSON.\n\n`# @expect body.ID exists`',
};

export const SUBJECT_NAMES: Readonly<Record<SubjectKind, string>> = {
  status: 'HTTP status',
  count: 'number of records',
  total: 'number of records in all',
  time: 'milliseconds',
  results: 'fields of records',
  body: 'the answer’s JSON',
};

export const EXPECTATION_OPERATOR_NAMES: Readonly<Record<ExpectationOperatorName, string>> = {
  '==': 'equals',
  '!=': 'does not equal',
  '<': 'is less than, is before',
  '<=': 'is at most',
  '>': 'is more than, is after',
  '>=': 'is at least',
  contains: 'contains the text',
  startswith: 'starts with the text',
  endswith: 'ends with the text',
  matches: 'fits the regular expression',
  exists: 'is there and not null',
};

/** A field in one line: `date and time · filter · sort`. */
export function fieldSummary(field: FieldInfo): string {
  const can = [field.filterable ? 'filter' : 'no filter', field.sortable ? 'sort' : 'no sort'];
  return [TYPE_NAMES[field.type], ...can, ...(field.writable === false ? ['read only'] : [])].join(' · ');
}

export interface FieldText {
  readonly summary: string;
  readonly docs: string;
}

const texts = new WeakMap<CatalogModule, Map<FieldInfo, FieldText>>();

/** A field in one line and in full. Written once: lists of fields are asked for at every word. */
export function fieldText(field: FieldInfo, module: CatalogModule): FieldText {
  const known = texts.get(module) ?? new Map<FieldInfo, FieldText>();
  texts.set(module, known);
  let text = known.get(field);
  if (text === undefined) {
    text = { summary: fieldSummary(field), docs: fieldDocs(field, module) };
    known.set(field, text);
  }
  return text;
}

/** A field in full, as Markdown. */
function fieldDocs(field: FieldInfo, module: CatalogModule): string {
  const lines = [
    `**${escapeMarkdown(field.name)}** · ${TYPE_NAMES[field.type]} · field of ${escapeMarkdown(module.name)}`,
  ];
  if (field.label !== undefined && field.label !== field.name) lines.push(escapeMarkdown(field.label));
  if (field.description !== undefined) lines.push(escapeMarkdown(field.description));
  const yes = (can: boolean) => (can ? 'yes' : '**no**');
  lines.push(
    `Filter: ${yes(field.filterable)} · Sort: ${yes(field.sortable)}${field.writable === false ? ' · Write: **no**' : ''}`,
  );
  if (field.filterable) {
    const value = `'${field.values?.[0] ?? exampleValue(field.type)}'`;
    const call = functionsFor(field.type)[0];
    lines.push(
      codeBlock(
        [
          `${field.name} ${operatorsFor(field.type)[0] ?? 'eq'} ${value}`,
          ...(call === undefined ? [] : [`${call}(${field.name},${value})`]),
        ].join('\n'),
      ),
    );
  }
  if (field.values !== undefined)
    lines.push(
      `Values: ${field.values.slice(0, 12).map(codeSpan).join(', ')}${field.values.length > 12 ? ', …' : ''}`,
    );
  return lines.join('\n\n');
}

export function moduleDocs(module: CatalogModule): string {
  const fields = module.fields;
  const name = escapeMarkdown(module.name);
  if (fields === undefined) return `**${name}** · module\n\nIts fields have not been fetched yet.`;
  const names = fields.slice(0, 12).map((field) => codeSpan(field.name));
  return `**${name}** · module · ${fields.length} fields\n\n${names.join(', ')}${fields.length > 12 ? ', …' : ''}`;
}

/** What a variable or built-in comes to now, or why it has no value; Markdown. */
export const valueText = (value: Evaluation): string =>
  value.ok ? `Now: ${codeSpan(value.text)}` : escapeMarkdown(value.message);
