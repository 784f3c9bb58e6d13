/** Texts about fields, modules and values, shared by hover and completion. Markdown. */
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import { codeBlock, codeSpan, escapeMarkdown } from '../text/markdown';
import type { Evaluation } from './evaluate';
import { exampleValue, functionsFor, operatorsFor, TYPE_NAMES } from './field-types';
import { chainText } from './joining';
import { dayOf, hasTimes, isDayOperator, wholeDay } from './whole-days';

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

/** A field in one line and in full. Kept, since completion needs whole lists of fields at every word. */
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

export function moduleDocs(module: CatalogModule): string {
  const fields = module.fields;
  const name = escapeMarkdown(module.name);
  if (fields === undefined) return `**${name}** · module\n\nIts fields have not been fetched yet.`;
  const names = fields.slice(0, 12).map((field) => codeSpan(field.name));
  return `**${name}** · module · ${fields.length} fields\n\n${names.join(', ')}${fields.length > 12 ? ', …' : ''}`;
}

/** The present value of a variable or built-in, or why it has none; Markdown. */
export const valueText = (value: Evaluation): string =>
  value.ok ? `Now: ${codeSpan(value.text)}` : escapeMarkdown(value.message);
