/** The request under the cursor as the builder shows it. It is read from the tree each time: the text is the only model. */
import type { EvaluationContext } from '../../analysis/evaluate';
import { joiningMessage, readingOf } from '../../analysis/joining';
import { shapeOf } from '../../analysis/joining-words';
import { knownKeys } from '../../analysis/known-values';
import { advisedPageSize } from '../../analysis/paging';
import { recordsNamedBy } from '../../analysis/record-names';
import { modelOf, type RequestModel } from '../../analysis/request-model';
import type { FileSymbols } from '../../analysis/symbols';
import type { Platforms } from '../../catalog/platforms';
import type { DiagnosticCode, Severity } from '../../syntax/codes';
import type { BlockTree, Clause, Directive, RequestLine, Term } from '../../syntax/nodes';
import { PAGE_SIZE } from '../../text/limits';
import { nameKey } from '../../text/names';
import { between, covers, endOf, type Span, textOf } from '../../text/span';
import { visibleOnOneLine } from '../../text/unseen';
import { comparisonOf, functionOf } from '../../vocabulary/filter-words';
import type { ParameterName } from '../../vocabulary/parameters';
import { describeModule } from '../../vocabulary/plain-words';
import { clausesOf } from '../clause-writer';
import { type AboutCondition, conditionsIn, filterIn, type ReadFilter, textIn } from './conditions';
import { fieldsOf, modulesOf, typesOf } from './fields';
import { entriesIn, listIn, type ReadList } from './lists';
import type { BuilderConditionParts, BuilderOrder, BuilderPartName, BuilderState } from './state';
import { dateValue, isDate, shownNow, valueNow } from './values';

/** A request with its parts, as far as they can be told apart. */
export interface BuilderRequest {
  readonly tree: BlockTree;
  readonly model: RequestModel;
  readonly select: Part<ReadList>;
  readonly filter: Part<ReadFilter>;
  readonly order: Part<ReadList>;
  readonly top: Part<string>;
  readonly pages: readonly Directive[];
}

/** A clause of the request. */
export interface Part<T> {
  readonly name: ParameterName;
  /** The first of its name. */
  readonly clause: Clause | undefined;
  /** What stands in it; undefined where it can't be read. */
  readonly read: T | undefined;
  /** True where it can't be changed: it stands there twice, or can't be read. */
  readonly locked: boolean;
}

/** Why a request can't be built: one sentence. */
export function refusalOf(tree: BlockTree, { method, endpoint }: RequestModel): string | undefined {
  if (tree.sql !== undefined)
    return 'This is a SQL request. The builder is for requests that read a module, such as GET CourseDate.';
  if (tree.request === undefined && tree.items.some(({ kind }) => kind === 'stray'))
    return 'This text is too long to be read. Divide it into several requests, or several files.';
  if (tree.request?.isCommand === true)
    return 'This is a command of another tool. Paste it by “Import Requests…”, or start a new request with a line “###”.';
  if (tree.request !== undefined && endpoint !== 'data')
    return endpoint === 'token'
      ? 'This request signs in, which the connection does by itself. The builder is for requests that read a module.'
      : 'This request asks for modules or fields. The builder is for requests that read records of a module.';
  if (method !== 'GET' || tree.body !== undefined)
    return 'This request changes records. The builder is for requests that read them: GET, without a body.';
  return undefined;
}

/** Reads the parts of a request. */
export function builderRequest(tree: BlockTree, platforms: Platforms): BuilderRequest {
  const part = <T>(name: ParameterName, read: (clause: Clause) => T | undefined): Part<T> => {
    const all = clausesOf(tree, name);
    const [clause] = all;
    const isEmpty = clause === undefined || clause.valueSpan.length === 0;
    const found = isEmpty ? undefined : read(clause);
    return { name, clause, read: found, locked: all.length > 1 || (!isEmpty && found === undefined) };
  };
  return {
    tree,
    model: modelOf(tree, platforms),
    select: part('$select', (clause) => listIn(tree, clause)),
    filter: part('$filter', filterIn),
    order: part('$orderby', (clause) => listIn(tree, clause)),
    top: part('$top', ({ value }) => (value.kind === 'plain' ? value.text.text : undefined)),
    pages: tree.directives.filter(({ name }) => name.text === 'pages'),
  };
}

/** The entries of a list as the builder shows them. */
export const entriesOf = ({ text }: BlockTree, { clause, read }: Part<ReadList>): BuilderOrder[] =>
  clause === undefined || read === undefined
    ? []
    : entriesIn(read, (where) => textIn(clause.view, text, where));

/** An error of the request, or a note on one of its values, as a sentence. */
interface BuilderProblem extends Span {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
}

/** Notes without which a value would be thought to be right. */
const VALUE_NOTES: ReadonlySet<DiagnosticCode> = new Set(['unknown-value', 'text-case', 'whole-day']);

/** Whether the builder shows a diagnostic. */
export const isForBuilder = ({ code, severity }: BuilderProblem): boolean =>
  severity === 'error' || VALUE_NOTES.has(code);

/** The state of a request. `problems`: see `isForBuilder`. */
export function builderState(
  tree: BlockTree,
  platforms: Platforms,
  reading: BuilderReading,
  problems: readonly BuilderProblem[],
): BuilderState {
  const request = builderRequest(tree, platforms);
  const { model, select, filter, order, top, pages } = request;
  const refused = refusalOf(tree, model);
  const module = tree.request?.target.module.text ?? '';
  const title = titleOf(tree, module);
  if (refused !== undefined) return { ...EMPTY, title, module, refused };
  const fields = fieldsOf(model);
  const moduleText = describeModule(module);
  const divided = dividedProblems(filter.read, problems);
  const isLong = (filter.read?.list.terms.length ?? 0) > MOST_CONDITIONS;
  let mended = 0;
  return {
    ...EMPTY,
    title,
    module,
    ...(moduleText === undefined ? {} : { moduleText }),
    modules: modulesOf(model.catalog),
    fields,
    types: typesOf(fields, reading.evaluation.now),
    ...(select.read === undefined
      ? {}
      : { select: entriesOf(tree, select).map(({ text, locked }) => ({ text, locked })) }),
    conditions:
      filter.read === undefined
        ? []
        : conditionsIn(tree, filter.read, (term, parts) => {
            const found = divided.byTerm.get(term);
            return {
              ...aboutValue(model, parts, reading),
              ...saidOf(found, noteOnId(model, parts)),
              ...(found === undefined || isLong ? {} : fixesOf(term, mended++, reading)),
            };
          }),
    ...readingIn(request),
    order: entriesOf(tree, order),
    ...(top.read === undefined ? {} : { top: top.read }),
    pageSize: advisedPageSize(model.traits),
    ...(pages[0]?.value.text ? { pages: pages[0].value.text } : {}),
    locked: lockedParts(request),
    others: othersIn(request),
    problems: divided.others,
  };
}

const EMPTY: BuilderState = {
  title: '',
  module: '',
  modules: [],
  fields: [],
  types: [],
  conditions: [],
  order: [],
  pageSize: PAGE_SIZE,
  locked: [],
  others: [],
  problems: [],
};

const titleOf = ({ separator, request, sql }: BlockTree, module: string): string => {
  const line = sql === undefined ? `${request?.method?.text ?? 'GET'} ${module}`.trim() : 'SQL';
  return visibleOnOneLine(
    separator?.title.text || (request === undefined && sql === undefined ? 'New request' : line),
  );
};

/** Those of a condition by it, and all other errors, each once. */
function dividedProblems(read: ReadFilter | undefined, problems: readonly BuilderProblem[]) {
  const byTerm = new Map<Term, BuilderProblem[]>();
  const others = new Set<string>();
  for (const problem of problems) {
    const term = read?.list.terms.find((each) => covers(each, problem));
    if (term !== undefined) byTerm.set(term, [...(byTerm.get(term) ?? []), problem]);
    else if (problem.severity === 'error') others.add(problem.message);
  }
  return { byTerm, others: [...others] };
}

/**
 * Conditions whose fixes are looked for, and of how many: each fix is tried on the whole filter, and a state is asked for at
 * every pause in typing.
 */
const MOST_MENDED = 3;
const MOST_CONDITIONS = 20;

function fixesOf(term: Term, index: number, { fixes }: BuilderReading): AboutCondition {
  const found = index < MOST_MENDED ? fixes(term) : [];
  return found.length === 0 ? {} : { fixes: found };
}

/** The errors of a condition and the notes on it, each once; neither where there is none. */
function saidOf(found: readonly BuilderProblem[] = [], note?: string): AboutCondition {
  const said = (isError: boolean) =>
    found.filter(({ severity }) => (severity === 'error') === isError).map(({ message }) => message);
  const problems = [...new Set(said(true))];
  const notes = [...new Set([...said(false), ...(note === undefined ? [] : [note])])];
  return { ...(problems.length === 0 ? {} : { problems }), ...(notes.length === 0 ? {} : { notes }) };
}

/** What is said of a text where the ID of a record belongs, such as a part of its name. IDs have digits, and no spaces. */
function noteOnId(model: RequestModel, parts: BuilderConditionParts | undefined): string | undefined {
  const { catalog, module } = model;
  if (parts === undefined || catalog === undefined || module === undefined) return undefined;
  const { field, operator, value } = parts;
  if (comparisonOf(operator) === undefined || value.trim() === '' || value.includes('{{')) return undefined;
  if (/\d/.test(value) && !/\s/.test(value.trim())) return undefined;
  const records = recordsNamedBy(field, module, catalog);
  if (records === undefined || catalog.known.nameOf(records.module, value) !== undefined) return undefined;
  return knownKeys(model, field).has(nameKey(value))
    ? undefined
    : `No ${records.module} is known to have the ID “${value}”. Choose one by its name.`;
}

/** What values are read with. */
export interface BuilderReading {
  readonly symbols: FileSymbols;
  readonly evaluation: EvaluationContext;
  /** What mends the errors in a part of the request, or makes its notes groundless. */
  readonly fixes: (where: Span) => readonly string[];
}

/** What the value of a condition is: the record whose ID it is, a date in words, what a variable stands for. */
function aboutValue(
  { catalog, module }: RequestModel,
  parts: BuilderConditionParts | undefined,
  { symbols, evaluation }: BuilderReading,
): AboutCondition {
  if (parts === undefined) return {};
  const { field, operator, value } = parts;
  const type = module?.field(field)?.type;
  const isCompared = functionOf(operator) === undefined;
  const date = isCompared && isDate(type) ? dateValue(value, evaluation.now) : undefined;
  if (date !== undefined) {
    const { label, text } = date;
    return { ...(label === undefined ? {} : { label }), ...(text === undefined ? {} : { name: text }) };
  }
  const now = valueNow(value, symbols, evaluation);
  const records =
    isCompared && catalog !== undefined && module !== undefined
      ? recordsNamedBy(field, module, catalog)
      : undefined;
  const record = records && catalog?.known.nameOf(records.module, now?.text ?? value);
  const name = record ?? now?.later ?? (now?.text && shownNow(now.text, type));
  return name === undefined || name === '' ? {} : { name };
}

/** How conditions joined by both words are read. */
function readingIn({ filter: { read }, model: { traits } }: BuilderRequest): { readonly reading?: string } {
  const isMixed = new Set(read?.list.joins.map(({ op }) => op)).size > 1;
  return read === undefined || !isMixed
    ? {}
    : { reading: joiningMessage(shapeOf(readingOf(read.list, traits)), traits) };
}

function lockedParts({ select, filter, order, top, pages }: BuilderRequest): BuilderPartName[] {
  const locks: readonly (readonly [BuilderPartName, boolean])[] = [
    ['select', select.locked],
    ['conditions', filter.locked],
    ['order', order.locked],
    ['top', top.locked],
    ['pages', pages.length > 1],
  ];
  return locks.flatMap(([name, locked]) => (locked ? [name] : []));
}

/** What stands in the request beside the parts that the builder shows, as it is written. */
function othersIn({ tree, select, filter, order, top }: BuilderRequest): string[] {
  const shown = new Set<unknown>(
    [select, filter, order, top].map(({ clause, read }) =>
      read !== undefined || clause?.valueSpan.length === 0 ? clause : undefined,
    ),
  );
  const clauses = tree.clauses.filter((clause) => !shown.has(clause));
  const strays = tree.items.filter(({ kind }) => kind === 'stray');
  const { request } = tree;
  // `GET coursedate/2024`: the ID says more than a module does.
  const address = request?.target.id === undefined ? [] : [pathOf(request)];
  return [...address, ...clauses.map((clause) => between(clause.name.offset, endOf(clause))), ...strays]
    .map((where) => visibleOnOneLine(textOf(tree.text, where).trim().slice(0, MOST)))
    .filter((text) => text !== '');
}

/** The request line without what stands behind its path. */
const pathOf = ({ method, target }: RequestLine): Span =>
  between(method?.offset ?? target.offset, target.pathEnd);

/** Characters that a view shows of a line. */
const MOST = 500;
