/** Texts about fields, modules and values, shared by hover and completion. Markdown. */
import type { CatalogModule, FieldInfo, ModuleInfo } from '../catalog/catalog';
import { PAGE_SIZE } from '../text/limits';
import { codeBlock, codeSpan, escapeMarkdown } from '../text/markdown';
import { TYPE_NAMES } from '../text/type-names';
import { describeField, describeModule } from '../vocabulary/plain-words';
import type { Evaluation } from './evaluate';
import { exampleValue, functionsFor, operatorsFor } from './field-types';
import { chainText } from './joining';
import { dayOf, hasTimes, isDayOperator, wholeDay } from './whole-days';

/** A field in one line: its type, and what it can't be used for, as in `date and time · no sort`. */
export function fieldSummary({ type, filterable, sortable, writable }: FieldInfo): string {
  const lacks = [
    ...(filterable ? [] : ['no filter']),
    ...(sortable ? [] : ['no sort']),
    ...(writable === false ? ['read only'] : []),
  ];
  return [TYPE_NAMES[type], ...lacks].join(' · ');
}

export interface FieldText {
  readonly summary: string;
  /** Made when it is asked for: of a whole list of fields, few are read about. */
  readonly docs: () => string;
}

const texts = new WeakMap<CatalogModule, Map<FieldInfo, FieldText>>();

/** A field in one line and in full. Kept, since completion needs whole lists of fields at every word. */
export function fieldText(field: FieldInfo, module: CatalogModule): FieldText {
  const known = texts.get(module) ?? new Map<FieldInfo, FieldText>();
  texts.set(module, known);
  let text = known.get(field);
  if (text === undefined) {
    let docs: string | undefined;
    text = { summary: fieldSummary(field), docs: () => (docs ??= fieldDocs(field, module)) };
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
  const sentence = describeField(module.name, field);
  if (sentence !== undefined) lines.push(escapeMarkdown(sentence));
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
          exampleCondition(field, value),
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

/** A field with times is compared with a whole day, which is what people ask for. */
function exampleCondition({ name, type }: FieldInfo, value: string): string {
  const operator = operatorsFor(type)[0] ?? 'eq';
  const day = hasTimes(type) ? dayOf({ text: exampleValue('date'), references: [] }, undefined) : undefined;
  const whole = day !== undefined && isDayOperator(operator) ? wholeDay(name, operator, day) : undefined;
  return whole === undefined ? `${name} ${operator} ${value}` : chainText(whole);
}

/** `3 fields` */
export const fieldCount = ({ length }: readonly FieldInfo[]): string =>
  `${length} ${length === 1 ? 'field' : 'fields'}`;

/** A module in one line: what it is, else how many fields it has. */
export const moduleSummary = ({ name, fields }: ModuleInfo | CatalogModule): string =>
  describeModule(name) ?? (fields === undefined ? 'module' : `module · ${fieldCount(fields)}`);

/** A module in full, as Markdown. */
export function moduleDocs(module: CatalogModule): string {
  const { fields } = module;
  const name = `**${escapeMarkdown(module.name)}** · module`;
  const sentence = describeModule(module.name);
  const about = sentence === undefined ? '' : `${escapeMarkdown(sentence)}\n\n`;
  if (fields === undefined) return `${name}\n\n${about}Its fields have not been fetched yet.`;
  const names = fields.slice(0, 12).map((field) => codeSpan(field.name));
  return `${name} · ${fieldCount(fields)}\n\n${about}${names.join(', ')}${fields.length > 12 ? ', …' : ''}`;
}

/** The present value of a variable or built-in, or why it has none; Markdown. */
export const valueText = (value: Evaluation): string =>
  value.ok ? `Now: ${codeSpan(value.text)}` : escapeMarkdown(value.message);

/** What all values of an answer are, as Markdown. */
export const listDocs = (request: string, field: string): string =>
  `All different values of ${escapeMarkdown(field)} in the answer to **${escapeMarkdown(request)}**, asked for in batches of at most ${PAGE_SIZE}. Empty and missing values are left out.`;
