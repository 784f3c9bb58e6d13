/** Inside `{{name.…}}`: where in the answer of a named request the value is. */
import { listDocs } from '../analysis/documentation';
import { modelOf } from '../analysis/request-model';
import { answeredFields } from '../analysis/select-list';
import { isMemberName } from '../syntax/expectation-parser';
import type { Clause } from '../syntax/nodes';
import { isListReference } from '../syntax/references';
import { escapeMarkdown } from '../text/markdown';
import { ownName } from '../text/names';
import { between, endOf, type Span, touches } from '../text/span';
import { type CompletionContext, noFieldsNote, wordAt } from './context';
import { fieldItem } from './filter';
import type { CompletionItem } from './items';

/** What can follow the name of a request and a `.`; undefined where none is written. `where`: the reference that is completed. */
export function completePath(
  context: CompletionContext,
  where: Span & { closed: boolean },
): CompletionItem[] | undefined {
  const { model, symbols, offset } = context;
  const { text } = model.tree;
  const written = text.slice(where.offset, offset);
  const [, name = ''] = /^([^.[\s]+)\./.exec(written) ?? [];
  const source = symbols.requests.get(ownName(name))?.[0]?.tree;
  if (source === undefined) return undefined;
  const end = where.closed ? '' : '}}';
  const [, path, typed] = /^[^.[]+\.results(\[(?:\d+|\*)\]\.)?([^.[]*)$/i.exec(written) ?? [];
  if (path === undefined || typed === undefined) {
    const rest = /^[\w$.[\]*-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
    return recordItems(context, name, between(where.offset + name.length + 1, offset + rest), end);
  }
  const answered = { ...context, model: modelOf(source, model.platforms) };
  const { module } = answered.model;
  const fields = answeredFields(answered.model);
  if (module === undefined || fields === undefined) return noFieldsNote(answered);
  const word = wordAt(text, offset, /[\p{L}\p{M}\p{N}_-]/u);
  return fields
    .filter((field) => isMemberName(field.name))
    .map((field) => fieldItem(field, module, word, field.name + end));
}

/** One record, or, where a list may stand, all. */
function recordItems(
  context: CompletionContext,
  name: string,
  replace: Span,
  close: string,
): CompletionItem[] {
  const end = close === '' ? '' : '\\}\\}';
  const item = (label: string, detail: string, documentation: string, rank: number): CompletionItem => ({
    label,
    kind: 'variable',
    detail,
    documentation,
    replace,
    insert: `${label}.\${1:ID}${end}`,
    snippet: true,
    rank,
  });
  const first = `A value of the first record in the answer to **${escapeMarkdown(name)}**.`;
  const one = item('results[0]', 'of the first record', first, 0);
  return takesList(context)
    ? [one, item('results[*]', 'all different values, in batches', listDocs(name, 'a field'), 1)]
    : [one];
}

/** True where a list may stand: as the value of `eq` in the filter of a GET that has no other list, and no limit. */
export function takesList({ model, offset }: CompletionContext): boolean {
  const clause = model.clause('$filter');
  if (model.method !== 'GET' || clause === undefined || !touches(clause.valueSpan, offset)) return false;
  const { text, directives, references } = model.tree;
  const limited = model.clause('$skip') !== undefined || model.clause('$top') !== undefined;
  if (limited || directives.some(({ name }) => name.text === 'pages') || joinsWithOr(clause)) return false;
  const before = text.slice(Math.max(clause.valueSpan.offset, offset - 200), offset);
  return /\seq\s{1,9}'?\{\{[^{}'"\r\n]*$/i.test(before) && !references.some(isOther(offset));
}

const joinsWithOr = ({ value }: Clause): boolean =>
  value.kind !== 'filter' || value.filter.joins.some(({ op }) => op === 'or');

const isOther =
  (offset: number) =>
  (reference: CompletionContext['model']['tree']['references'][number]): boolean =>
    isListReference(reference) && (offset < reference.offset || offset > endOf(reference));
