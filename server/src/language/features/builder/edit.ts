/** The edits that make one change of the builder: the fewest, so that comments, layout and all else stay as they are. */
import { NO_QUOTE, quotedForSending } from '../../analysis/dialect';
import { functionsFor, operatorsFor } from '../../analysis/field-types';
import { listLimits } from '../../analysis/value-list';
import type { CatalogModule } from '../../catalog/catalog';
import type { Platforms } from '../../catalog/platforms';
import { editsInFile } from '../../syntax/edits-in-file';
import { treeOf } from '../../syntax/lazy-tree';
import { trimEnd } from '../../syntax/lines';
import type { BlockTree, Clause, RequestLine } from '../../syntax/nodes';
import { findReferences } from '../../syntax/references';
import { isWritableField, isWritableModule } from '../../syntax/writable-names';
import { nameKey } from '../../text/names';
import { applyEdits, between, endOf, type TextEdit } from '../../text/span';
import { visibleOnOneLine } from '../../text/unseen';
import { pagesOf } from '../../vocabulary/directives';
import { comparisonOf, functionOf } from '../../vocabulary/filter-words';
import { methodOf } from '../../vocabulary/methods';
import { lineEndOf, printCondition, printOrder, removeClause, setClause } from '../clause-writer';
import { type BuilderRequest, builderRequest, entriesOf, type Part, refusalOf } from './builder';
import {
  addCondition,
  type ConditionEdits,
  partsOf,
  removeCondition,
  setCondition,
  setJoin,
} from './conditions';
import { listEdits, type ReadList } from './lists';
import type { BuilderConditionParts, WrittenChange } from './state';
import { isShown } from './trial';
import { type DateHabits, meantCondition } from './values';

/** Edits relative to the block, or why the change can't be made: one sentence. */
export type BuilderEdits = ConditionEdits;

const edits = (all: readonly TextEdit[]): BuilderEdits => ({ ok: true, edits: all });
const refuse = (message: string): BuilderEdits => ({ ok: false, message });
export const GONE = refuse(
  'The request was changed in the meantime. Look at it again, and repeat the change.',
);

/** Makes the change of a request. A change that would be read as something else is refused. */
export function builderEdit(
  tree: BlockTree,
  platforms: Platforms,
  change: WrittenChange,
  habits: DateHabits,
): BuilderEdits {
  const request = builderRequest(tree, platforms);
  const refused = refusalOf(tree, request.model);
  if (refused !== undefined) return refuse(refused);
  const meant = meantChange(request, change, habits);
  const made = editsFor(request, meant);
  if (!made.ok || made.edits.length === 0) return made;
  const text = applyEdits(tree.text, editsInFile({ offset: 0, tree }, made.edits));
  const after = builderRequest(treeOf(text), platforms);
  if (!isShown(meant, request, after))
    return refuse(tree.problems.length > 0 ? MISREAD : MISREAD_WITHOUT_ERROR);
  const limits = listLimits(after.model);
  return limits.length > listLimits(request.model).length ? refuse(limits.at(-1)?.message ?? '') : made;
}

/** What is written as a value may be words. What stands there already is not read again. */
function meantChange(
  { model, filter }: BuilderRequest,
  change: WrittenChange,
  habits: DateHabits,
): WrittenChange {
  if (change.kind !== 'add-condition' && change.kind !== 'set-condition') return change;
  const term = change.kind === 'set-condition' ? filter.read?.list.terms[change.index] : undefined;
  const { condition } = change;
  return term !== undefined && partsOf(term)?.value === condition.value
    ? change
    : { ...change, condition: meantCondition(condition, model.module?.field(condition.field)?.type, habits) };
}

const MISREAD =
  'Something in the request keeps this change from being read as it is meant. Correct the errors in the file first.';

const MISREAD_WITHOUT_ERROR =
  'In this place, the change would be read as something else. Make it in the file.';

function editsFor(request: BuilderRequest, change: WrittenChange): BuilderEdits {
  const { tree } = request;
  if (change.kind === 'module') return moduleEdit(request, change.name);
  if (tree.request === undefined) return refuse('Choose a module first: the request has none yet.');
  switch (change.kind) {
    case 'select':
      return listEdit(
        request,
        request.select,
        change.fields?.map((text) => ({ text, descending: false })) ?? [],
      );
    case 'order':
      return listEdit(request, request.order, change.order);
    case 'top':
      return topEdit(request, change.top);
    case 'pages':
      return pagesEdit(request, change.pages);
    case 'add-condition':
    case 'set-condition':
    case 'set-join':
    case 'remove-condition':
      return filterEdit(request, change);
  }
}

const lockedMessage = ({ name }: Part<unknown>, tree: BlockTree): string =>
  tree.clauses.filter((clause) => nameKey(clause.name.text) === name).length > 1
    ? `The request has two ${name}. Remove one of them in the file first.`
    : `The ${name} of the request has errors. Correct them in the file first.`;

type FilterChange = Extract<
  WrittenChange,
  { kind: 'add-condition' | 'set-condition' | 'set-join' | 'remove-condition' }
>;

function filterEdit({ tree, model, filter }: BuilderRequest, change: FilterChange): BuilderEdits {
  if (filter.locked) return refuse(lockedMessage(filter, tree));
  const { clause, read } = filter;
  if (change.kind === 'add-condition') {
    const condition = written(change.condition, undefined, model.module, model.traits);
    if (!condition.ok) return condition;
    return read === undefined || read.list.terms.length === 0
      ? edits(setClause(tree, '$filter', clause, printCondition(condition.condition)))
      : addCondition(tree, read, change.join, condition.condition, model.traits);
  }
  const term = read?.list.terms[change.index];
  if (read === undefined || term === undefined) return GONE;
  switch (change.kind) {
    case 'set-condition': {
      const condition = written(change.condition, partsOf(term), model.module, model.traits);
      return condition.ok ? setCondition(tree, read, change.index, condition.condition) : condition;
    }
    case 'set-join':
      return setJoin(read, change.index, change.join, model.traits);
    case 'remove-condition':
      return read.list.terms.length === 1
        ? clauseRemoved(tree, read.clause)
        : edits(removeCondition(tree, read, change.index, model.traits));
  }
}

type Written =
  | { readonly ok: true; readonly condition: BuilderConditionParts }
  | { readonly ok: false; readonly message: string };

/** The condition in the spelling of the API. What it has in common with `before` was there already, and is not judged. */
function written(
  { field, operator, value }: BuilderConditionParts,
  before: BuilderConditionParts | undefined,
  module: CatalogModule | undefined,
  traits: BuilderRequest['model']['traits'],
): Written {
  const no = (message: string): Written => ({ ok: false, message });
  const name = comparisonOf(operator) ?? functionOf(operator);
  if (name === undefined) return no(`The API has no operator “${operator}”. Choose one of the list.`);
  const info = module?.field(field);
  const isSameField = before !== undefined && nameKey(before.field) === nameKey(field);
  if (!isSameField) {
    if (!isWritableField(field)) return no(`A query can’t name the field “${field}”.`);
    if (module?.fields !== undefined && info === undefined)
      return no(`${module.name} has no field “${field}”. Choose one of the list.`);
    if (info?.filterable === false) return no(`${info.name} can’t be filtered. Choose another field.`);
  }
  const fits: readonly string[] =
    info === undefined ? [name] : [...operatorsFor(info.type), ...functionsFor(info.type)];
  if (!fits.includes(name) && !(isSameField && before.operator === name))
    return no(`${info?.name ?? field} can’t be searched by “${name}”. Choose another comparison.`);
  if (before?.value !== value) {
    const problem = valueProblem(value, traits);
    if (problem !== undefined) return no(problem);
  }
  return {
    ok: true,
    condition: { field: isSameField ? before.field : (info?.name ?? field), operator: name, value },
  };
}

function valueProblem(value: string, traits: BuilderRequest['model']['traits']): string | undefined {
  if (/[\r\n]/.test(value)) return 'A value can’t have a line break. Write it on one line.';
  if (quotedForSending(value, traits) === undefined) return NO_QUOTE;
  for (const { closed, target } of findReferences(value, 0, value.length)) {
    if (!closed)
      return `The {{ in “${value}” begins a variable that can’t be read. Write, for example, {{$today + 30d}}.`;
    if (target.kind === 'invalid') return target.message;
  }
  return undefined;
}

function listEdit(
  { tree, model }: BuilderRequest,
  part: Part<ReadList>,
  wanted: readonly { readonly text: string; readonly descending: boolean }[],
): BuilderEdits {
  if (part.locked) return refuse(lockedMessage(part, tree));
  const { clause, read } = part;
  if (wanted.length === 0)
    return clause === undefined || read === undefined ? edits([]) : clauseRemoved(tree, clause);
  const shown = entriesOf(tree, part);
  const known = new Map(shown.map(({ text }) => [nameKey(text), text]));
  const named = wanted.map(({ text, descending }) => ({
    text: known.get(nameKey(text)) ?? model.module?.field(text)?.name ?? text,
    descending,
  }));
  const wrong = named.find(({ text }) => !known.has(nameKey(text)) && !isWritableField(text));
  if (wrong !== undefined) return refuse(`A query can’t name the field “${wrong.text}”.`);
  return edits(
    read === undefined || shown.length === 0
      ? setClause(
          tree,
          part.name,
          clause,
          named.map(({ text, descending }) => printOrder(text, descending)).join(', '),
        )
      : listEdits(tree, read, shown, named),
  );
}

function topEdit({ tree, top }: BuilderRequest, text: string | undefined): BuilderEdits {
  if (top.locked) return refuse(lockedMessage(top, tree));
  const { clause, read } = top;
  if ((text || undefined) === read) return edits([]);
  if (!text) return clause === undefined ? edits([]) : clauseRemoved(tree, clause);
  return /^-?\d{1,9}$/.test(text) || /^\{\{[^{}\r\n]*\}\}$/.test(text)
    ? edits(setClause(tree, '$top', clause, text))
    : refuse(`“${text}” is no number of records. Write a whole number, such as 50.`);
}

/** A clause that is removed, unless a comment stands behind its value: that is the user's. */
function clauseRemoved(tree: BlockTree, clause: Clause): BuilderEdits {
  const all = removeClause(tree, clause);
  const value = clause.value.kind === 'plain' ? [clause.value.text] : clause.value.tokens;
  let rest = '';
  for (const { offset, length } of all) {
    let at = Math.max(offset, endOf(clause.equals ?? clause.name));
    for (const token of value)
      if (token.offset >= at && token.offset < offset + length) {
        rest += tree.text.slice(at, token.offset);
        at = endOf(token);
      }
    rest += tree.text.slice(at, Math.max(at, offset + length));
  }
  return clause.origin === 'line' && /[#/]/.test(rest)
    ? refuse(`A comment stands behind the ${clause.name.text}. Put it on a line of its own first.`)
    : edits(all);
}

function pagesEdit({ tree, pages }: BuilderRequest, text: string | undefined): BuilderEdits {
  if (pages.length > 1)
    return refuse('The request has two “# @pages”. Remove one of them in the file first.');
  const [directive] = pages;
  if ((text ?? '') === (directive?.value.text ?? '')) return edits([]);
  if (!text)
    return edits(
      directive === undefined ? [] : [{ offset: directive.offset, length: directive.length, text: '' }],
    );
  if (pagesOf(text) === undefined)
    return refuse(`“${text}” is no number of pages. Write a whole number, or all.`);
  if (directive === undefined) {
    const at = tree.request === undefined ? 0 : lineStartOf(tree, tree.request.offset);
    return edits([{ offset: at, length: 0, text: `# @pages ${text}${lineEndOf(tree)}` }]);
  }
  const { offset, length } = directive.value;
  return edits([{ offset, length, text: endOf(directive.name) === offset ? ` ${text}` : text }]);
}

/** A mark at the start of a file stays there. */
const lineStartOf = ({ text }: BlockTree, offset: number): number =>
  offset === 0 && text.startsWith('\ufeff') ? 1 : offset;

function moduleEdit({ tree, model }: BuilderRequest, name: string): BuilderEdits {
  const known = model.catalog?.module(name)?.name ?? name;
  if (!isWritableModule(known)) return refuse(`A request can’t name the module “${name}”.`);
  const { request } = tree;
  if (request === undefined) return edits([requestLine(tree, known)]);
  const { target, method } = request;
  if (nameKey(target.module.text) === nameKey(known)) return edits([]);
  const words = wordsOfNote(tree, request, model.module !== undefined);
  if (words !== undefined)
    return refuse(
      `“${words}” is more than the name of a module. Remove the other words, or begin the line with # if it is a note.`,
    );
  const { offset, length } = target.module;
  const text = method === undefined && methodOf(known) !== undefined ? `GET ${known}` : known;
  const isGlued = method !== undefined && endOf(method) === offset;
  return edits([{ offset, length, text: isGlued ? ` ${text}` : text }]);
}

/** The request line where it may be a sentence to somebody: its first word is not the builder’s to replace. */
function wordsOfNote(
  { text }: BlockTree,
  { offset, method, target }: RequestLine,
  isKnown: boolean,
): string | undefined {
  if (method !== undefined && isKnown) return undefined;
  const line = (start: number) => /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  return /^[^\s?/(]*[ \t]+[^\s?$&#/]/.test(line(endOf(target.module)))
    ? visibleOnOneLine(line(offset).trim())
    : undefined;
}

/** The request line of a block without one, behind its title, comments and variables. */
function requestLine(tree: BlockTree, module: string): TextEdit {
  const { items, text } = tree;
  const eol = lineEndOf(tree);
  const next = items.find(({ kind }) => kind === 'clause');
  if (next !== undefined) return { offset: next.offset, length: 0, text: `GET ${module}${eol}` };
  const last = items.findLast(({ kind }) => kind !== 'blank');
  if (last === undefined) return { offset: lineStartOf(tree, 0), length: 0, text: `GET ${module}` };
  const end = trimEnd(text, last.offset, endOf(last));
  const gap = last.kind === 'variable' ? eol + eol : eol;
  return { ...between(end, end), text: `${gap}GET ${module}` };
}
