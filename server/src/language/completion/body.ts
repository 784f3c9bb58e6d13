/** In a JSON body: fields as names, and values by their type. */
import { getLocation } from 'jsonc-parser';
import { fieldText } from '../analysis/documentation';
import { formatDateTime } from '../analysis/dates';
import { nestsTooDeep } from '../syntax/body-parser';
import type { Body } from '../syntax/nodes';
import type { Span } from '../text/span';
import { noFieldsNote, type CompletionContext } from './context';
import type { CompletionItem } from './items';

export function completeBody(context: CompletionContext, body: Body): CompletionItem[] {
  const { model, offset } = context;
  if (nestsTooDeep(body.json)) return [];
  const at = offset - body.content.offset;
  const location = getLocation(body.json, at);
  const node = location.previousNode;
  const inside = node !== undefined && at >= node.offset && at <= node.offset + node.length;
  const where: Span = inside
    ? { offset: body.content.offset + node.offset, length: node.length }
    : { offset, length: 0 };
  const [name] = location.path;
  if (location.path.length > 1) return [];
  const { module } = model;
  if (module?.fields === undefined) return noFieldsNote(context);
  if (location.isAtPropertyKey) {
    const taken = takenNames(body.json, typeof name === 'string' ? name : '');
    const colon = /^\s*:/.test(body.json.slice(where.offset + where.length - body.content.offset))
      ? ''
      : ': ';
    return module.fields
      .filter(
        (field) => field.writable !== false && field.name !== 'ID' && !taken.has(field.name.toLowerCase()),
      )
      .map((field) => ({
        label: field.name,
        kind: 'field',
        detail: fieldText(field, module).summary,
        documentation: fieldText(field, module).docs,
        replace: where,
        filter: `"${field.name}"`,
        insert: `"${field.name}"${colon}${colon === '' ? '' : VALUE[field.type]}`,
        snippet: true,
      }));
  }
  const field = typeof name === 'string' ? module.field(name) : undefined;
  const item = (text: string, rank: number): CompletionItem => ({
    label: text,
    kind: 'value',
    replace: where,
    insert: text,
    rank,
  });
  if (field?.type === 'boolean') return [item('true', 0), item('false', 0)];
  const values = (field?.values ?? []).map((value) => item(JSON.stringify(value), 0));
  if (field?.type === 'datetime' || field?.type === 'date')
    values.push(
      item('"{{$today}}"', 1),
      item('"{{$now}}"', 1),
      item(`"${formatDateTime(context.evaluation.now)}"`, 2),
    );
  return values;
}

const VALUE = {
  string: '"${1}"',
  integer: '${1:0}',
  decimal: '${1:0.00}',
  boolean: '${1|true,false|}',
  datetime: '"${1}"',
  date: '"${1}"',
  time: '"${1}"',
  list: '["${1}"]',
  unknown: '"${1}"',
} as const;

function takenNames(json: string, current: string): Set<string> {
  const names = [...json.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map((match) => (match[1] ?? '').toLowerCase());
  return new Set(names.filter((name) => name !== current.toLowerCase()));
}
