/** Whether a change of the builder shows in the text: where a request has errors, what is written could be read as a part of them. */
import { nameKey } from '../../text/names';
import { type BuilderRequest, entriesOf } from './builder';
import { joinsWithout, partsOf, textIn } from './conditions';
import type { BuilderConditionParts, BuilderOrder, BuilderPartName, WrittenChange } from './state';

/** True where the request after the change shows what was asked for, and nothing else is another. */
export function isShown(change: WrittenChange, before: BuilderRequest, after: BuilderRequest): boolean {
  const [was, is] = [textsOf(before), textsOf(after)];
  const wanted = wantedText(change, before);
  const isAsked =
    wanted === undefined ? isAmong(change, before, after) : is.get(PARTS[change.kind]) === wanted;
  return isAsked && [...is].every(([part, text]) => part === PARTS[change.kind] || was.get(part) === text);
}

/** The part that a change is about. */
const PARTS = {
  module: 'module',
  select: 'select',
  'add-condition': 'conditions',
  'set-condition': 'conditions',
  'set-join': 'conditions',
  'remove-condition': 'conditions',
  order: 'order',
  top: 'top',
  pages: 'pages',
} as const satisfies Readonly<Record<WrittenChange['kind'], BuilderPartName>>;

/** Each part, and all that the builder does not change, as a text to compare. */
const textsOf = (request: BuilderRequest): ReadonlyMap<BuilderPartName | 'others', string> =>
  new Map([
    ['module', nameKey(request.tree.request?.target.module.text ?? '')],
    ['select', listText(entriesOf(request.tree, request.select))],
    ['conditions', JSON.stringify([conditionsOf(request), joinsOf(request)])],
    ['order', listText(entriesOf(request.tree, request.order))],
    ['top', request.top.read ?? ''],
    ['pages', request.pages[0]?.value.text ?? ''],
    ['others', othersIn(request)],
  ]);

/** The text of the part after the change; undefined for conditions that are added. */
function wantedText(change: WrittenChange, before: BuilderRequest): string | undefined {
  const conditions = conditionsOf(before);
  const joins = joinsOf(before);
  const text = (all: typeof conditions, between: typeof joins) => JSON.stringify([all, between]);
  switch (change.kind) {
    case 'module':
      return nameKey(change.name);
    case 'select':
      return listText((change.fields ?? []).map((each) => ({ text: each, descending: false })));
    case 'order':
      return listText(change.order);
    case 'top':
      return change.top ?? '';
    case 'pages':
      return change.pages ?? '';
    case 'add-condition':
      return undefined;
    case 'set-condition':
      return text(conditions.with(change.index, said(change.condition)), joins);
    case 'set-join':
      return text(conditions, joins.with(change.index - 1, change.join));
    case 'remove-condition':
      return text(
        conditions.toSpliced(change.index, 1),
        joinsWithout(before.filter.read?.list.joins ?? [], change.index, before.model.traits),
      );
  }
}

/** True where a condition that was added is the last one, and those of before are all there, in their order. */
function isAmong(change: WrittenChange, before: BuilderRequest, after: BuilderRequest): boolean {
  if (change.kind !== 'add-condition') return false;
  const conditions = conditionsOf(after);
  if (conditions.at(-1) !== said(change.condition)) return false;
  const old = conditionsOf(before);
  for (const each of conditions.slice(0, -1)) if (each === old[0]) old.shift();
  return old.length === 0;
}

const listText = (entries: readonly Pick<BuilderOrder, 'text' | 'descending'>[]): string =>
  entries.map(({ text, descending }) => `${nameKey(text)}${descending ? ' desc' : ''}`).join();

/** Clauses of parameters that the builder does not change, and second ones of those that it does. */
function othersIn({ tree, select, filter, order, top }: BuilderRequest): string {
  const own = new Set<unknown>([select, filter, order, top].map(({ clause }) => clause));
  return tree.clauses
    .filter((clause) => !own.has(clause))
    .map(({ name, view }) => `${name.text}=${view.text.trim()}`)
    .join('&');
}

/** A condition as a text; empty where the builder does not understand it. */
const said = (parts: BuilderConditionParts | undefined): string =>
  parts === undefined
    ? ''
    : JSON.stringify([nameKey(parts.field), parts.operator.toLowerCase(), parts.value]);

/** Conditions that the builder does not understand are compared as they are written. */
const conditionsOf = ({ tree, filter: { read } }: BuilderRequest): string[] =>
  read === undefined
    ? []
    : read.list.terms.map((term) => said(partsOf(term)) || textIn(read.clause.view, tree.text, term));

const joinsOf = ({ filter: { read } }: BuilderRequest): string[] =>
  (read?.list.joins ?? []).map(({ op }) => op);
