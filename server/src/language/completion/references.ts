/** Inside `{{…}}`: built-ins, variables, named requests. */
import { evaluateBuiltin } from '../analysis/dates';
import { listDocs, valueText } from '../analysis/documentation';
import { evaluateVariable } from '../analysis/evaluate';
import { lineStart } from '../syntax/lines';
import { escapeMarkdown } from '../text/markdown';
import type { Span } from '../text/span';
import {
  DATE_BUILTINS,
  dateBuiltin,
  OFFSET_DOCUMENTATION,
  VALUE_BUILTINS,
  valueBuiltin,
} from '../vocabulary/builtins';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';
import { completePath, takesList } from './response-paths';

/** The text of the reference around the cursor, or undefined when the cursor is not in one. */
export function referenceSpan(text: string, offset: number): (Span & { closed: boolean }) | undefined {
  const open = text.lastIndexOf('{{', offset - 1);
  if (open < lineStart(text, offset) || open + 2 > offset || text.slice(open, offset).includes('}}'))
    return undefined;
  let start = open + 2;
  while (start < offset && /\s/.test(text[start] ?? '')) start++;
  let end = offset;
  while (end < text.length && /[\w$.-]/.test(text[end] ?? '')) end++;
  return { offset: start, length: end - start, closed: /^\s*[^\r\n'"{}]*\}\}/.test(text.slice(end)) };
}

export function completeReference(
  context: CompletionContext,
  where: Span & { closed: boolean },
): CompletionItem[] {
  const { symbols, evaluation, model } = context;
  const amounts = completeAmount(context, where);
  if (amounts !== undefined) return amounts;
  const path = completePath(context, where);
  if (path !== undefined) return path;
  const end = where.closed ? '' : '}}';
  const own = new Set(
    model.tree.variables
      .filter(
        (variable) => variable.offset <= where.offset && where.offset <= variable.offset + variable.length,
      )
      .map((variable) => variable.name.text),
  );
  const item = (
    label: string,
    detail: string,
    documentation: string,
    rank: number,
    insert = label + end,
    snippet = false,
  ): CompletionItem => ({
    label,
    kind: 'variable',
    detail,
    documentation,
    replace: where,
    insert,
    rank,
    snippet,
  });
  const variables = [...symbols.variables.keys()]
    .filter((name) => !own.has(name) && ![...own].some((target) => uses(name, target, symbols)))
    .map((name) => {
      const value = evaluateVariable(name, symbols, evaluation);
      return item(name, value.ok ? value.text : 'variable', valueText(value), 0);
    });
  const requests = [...symbols.requests.keys()].map((name) =>
    item(
      name,
      'from the last answer',
      `A value from the last answer to the request **${escapeMarkdown(name)}**.`,
      2,
      `${name}.results[0].\${1:ID}${where.closed ? '' : '\\}\\}'}`,
      true,
    ),
  );
  const dates = DATE_BUILTINS.map((name) =>
    item(
      `$${name}`,
      evaluateBuiltin(name, 0, 'd', evaluation.now),
      `${dateBuiltin(name).documentation}. ${OFFSET_DOCUMENTATION}: \`${dateBuiltin(name).example}\``,
      1,
    ),
  );
  // In `{{| + 30d}}` only a date fits.
  const rest = model.tree.text.slice(where.offset + where.length);
  if (where.closed && /^\s*[+-]/.test(rest)) return dates;
  return [
    ...variables,
    ...dates,
    ...VALUE_BUILTINS.map((name) => {
      const { takes, detail, documentation } = valueBuiltin(name);
      const label = `$${name}`;
      return takes === 'nothing'
        ? item(label, detail, documentation, 3)
        : item(label, detail, documentation, 3, `\\${label} \${1:NAME}${where.closed ? '' : '\\}\\}'}`, true);
    }),
    ...requests,
    ...(takesList(context) ? [...symbols.requests.keys()].map((name) => listItem(name, where)) : []),
  ];
}

/** All values of a field in an answer. */
const listItem = (name: string, where: Span & { closed: boolean }): CompletionItem => ({
  label: `${name}.results[*]`,
  kind: 'variable',
  detail: 'all different values, in batches',
  documentation: listDocs(name, 'a field'),
  replace: where,
  insert: `${name}.results[*].\${1:ID}${where.closed ? '' : '\\}\\}'}`,
  snippet: true,
  rank: 2,
});

const AMOUNTS: readonly { readonly text: string; readonly detail: string }[] = [
  { text: '+ 7d', detail: 'seven days later' },
  { text: '+ 30d', detail: '30 days later' },
  { text: '+ 1m', detail: 'a month later' },
  { text: '+ 1y', detail: 'a year later' },
  { text: '- 7d', detail: 'seven days earlier' },
  { text: '- 30d', detail: '30 days earlier' },
  { text: '- 1m', detail: 'a month earlier' },
  { text: '- 1y', detail: 'a year earlier' },
];

const DATE_BEFORE_OFFSET = new RegExp(`^\\$(?:${DATE_BUILTINS.join('|')})(?=\\s|[+-])`);

/** After the name of a date: amounts to add or subtract. Undefined elsewhere. */
function completeAmount(
  { model, offset }: CompletionContext,
  where: Span & { closed: boolean },
): CompletionItem[] | undefined {
  const { text } = model.tree;
  const match = DATE_BEFORE_OFFSET.exec(text.slice(where.offset, offset));
  if (match === null) return undefined;
  const start = where.offset + match[0].length;
  const end = where.closed ? text.indexOf('}}', offset) : offset;
  const typed = text.slice(start, offset);
  return AMOUNTS.map(({ text: amount, detail }, rank) => ({
    label: amount,
    kind: 'value',
    detail,
    replace: { offset: start, length: end - start },
    insert: ` ${amount}${where.closed ? '' : '}}'}`,
    // The filter must match the typed text, including its spaces.
    filter: (/^\s*/.exec(typed)?.[0] ?? '') + (/[+-]\S/.test(typed) ? amount.replace(' ', '') : amount),
    rank,
  }));
}

/** The value of `@name =`: dates, other variables, or a prompt. */
export function completeVariable(context: CompletionContext): CompletionItem[] {
  const { model, offset } = context;
  const where = { offset, length: 0, closed: true };
  const space = model.tree.text[offset - 1] === '=' ? ' ' : '';
  return [
    ...completeReference(context, where)
      .filter((item) => item.snippet !== true)
      .map((item) => ({ ...item, label: `{{${item.label}}}`, insert: `${space}{{${item.insert}}}` })),
    {
      label: '?…',
      kind: 'snippet',
      detail: 'asks when the request runs',
      replace: { offset, length: 0 },
      insert: `${space}?\${1:What is the value?}`,
      snippet: true,
      filter: '?',
      rank: 4,
    },
  ];
}

/** True when the variable uses `target`, directly or through another variable: then `target` can't use it. */
function uses(
  name: string,
  target: string,
  symbols: CompletionContext['symbols'],
  seen = new Set<string>(),
): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const references = symbols.variables.get(name)?.[0]?.node.value.references ?? [];
  return references.some(
    ({ target: used }) =>
      used.kind === 'variable' && (used.name === target || uses(used.name, target, symbols, seen)),
  );
}
