/** Records by their names, where an ID belongs: those that are known, and a search for more. */
import { type NamedRecords, recordsNamedBy, recordsOf } from '../analysis/record-names';
import { useOfVariable } from '../analysis/record-values';
import type { RequestModel } from '../analysis/request-model';
import type { Variable, Word } from '../syntax/nodes';
import { isWritableText } from '../syntax/writable-text';
import { foldedText, matchOf } from '../text/fold';
import { escapeMarkdown } from '../text/markdown';
import { nameKey } from '../text/names';
import type { Span } from '../text/span';
import { shortOnOneLine } from '../text/unseen';
import { type CompletionContext, note } from './context';
import type { CompletionItem } from './items';

/** So many records are offered; another letter brings others. */
const MOST_RECORDS = 50;
/** Letters of a name that are searched for: fewer would find half the records. */
const LEAST_LETTERS = 2;
const MOST_SEARCHED = 60;

/** Where an ID is written. */
export interface RecordPlace {
  readonly records: NamedRecords;
  readonly replace: Span;
  /** From the start of what is replaced to the cursor, as it is in the file. */
  readonly raw: string;
  /** The same as a reader means it: without quotes or escapes. */
  readonly typed: string;
  /** What the file has in front of the name, such as a quote. */
  readonly opening: string;
  /** Writes an ID; undefined where the platform has no way to. */
  readonly write: (id: string) => string | undefined;
}

/** Where the name of a record is written. */
interface NamePlace extends Pick<RecordPlace, 'replace' | 'typed'> {
  readonly write: (
    name: string,
  ) => { readonly label: string; readonly insert: string; readonly filter: string } | undefined;
}

/** The records that a field's values name; undefined where they name none. */
export function recordsFor(
  { model }: { readonly model: Pick<RequestModel, 'module' | 'catalog'> },
  field: string,
): NamedRecords | undefined {
  const { catalog, module } = model;
  return catalog === undefined || module === undefined ? undefined : recordsNamedBy(field, module, catalog);
}

/** Where the value of a variable is written that stands for an ID somewhere around. */
export function completeVariableRecords(context: CompletionContext, variable: Variable): CompletionItem[] {
  const { model, symbols, neighbours, offset } = context;
  const { value } = variable;
  if (value.references.length > 0 || value.text.startsWith('?')) return [];
  const use = useOfVariable(variable, model, symbols, neighbours);
  if (use === undefined) return [];
  const { text } = model.tree;
  const replace: Span = value.length === 0 ? { offset, length: 0 } : withoutRemark(value, offset);
  const raw = text.slice(replace.offset, Math.max(replace.offset, offset));
  const space = text[replace.offset - 1] === '=' ? ' ' : '';
  return completeRecords(
    { ...context, model: use.model },
    {
      ...{ records: use.records, replace, raw, typed: raw, opening: '' },
      write: (id) => (/^[^\s?](?:.*\S)?$/.test(id) ? space + id : undefined),
    },
  );
}

/** Without what looks like a comment behind the cursor: it is part of the value, but nobody means it to be replaced. */
function withoutRemark({ offset, text }: Word, cursor: number): Span {
  const typed = Math.max(0, cursor - offset);
  const at = text.slice(typed).search(/(?<!\s)\s+(?:#|\/\/)/);
  return { offset, length: at < 0 ? text.length : typed + at };
}

/** What records are offered by. */
type Knowing = Pick<CompletionContext, 'model' | 'offset' | 'evaluation' | 'searches'>;

/** Known records whose name or ID has what is typed, the best first, and a note about the search for others. */
export function completeRecords(context: Knowing, place: RecordPlace): CompletionItem[] {
  const { catalog } = context.model;
  if (catalog === undefined || place.typed.includes('{{')) return [];
  const { module } = place.records;
  const found = findRecords(catalog.known.recordsOf(module), place.typed);
  const namesakes = repeated(found.map(({ folded }) => folded));
  const items = found.flatMap(({ id, name, folded }): CompletionItem[] => {
    const insert = isWritableText(id) ? place.write(id) : undefined;
    if (insert === undefined) return [];
    return [
      {
        label: shortOnOneLine(name, 80),
        kind: 'value',
        detail: `${id} · ${module}`,
        ...(namesakes.has(folded) ? { everywhere: true } : {}),
        replace: place.replace,
        insert,
        filter: filterText(place, id, name),
        rank: 0,
        changes: true,
      },
    ];
  });
  return [...items, ...searchNote(context, place, items.length)];
}

/** Known names of the module's own records, where the field that names them is compared with a text. */
export function completeNames(context: CompletionContext, field: string, place: NamePlace): CompletionItem[] {
  const { catalog, module } = context.model;
  const labels = module === undefined ? [] : (recordsOf(module)?.labels ?? []);
  if (catalog === undefined || module === undefined || labels.length !== 1) return [];
  if (nameKey(labels[0] ?? '') !== nameKey(field) || place.typed.includes('{{')) return [];
  const known = catalog.known.recordsOf(module.name);
  const names = new Set(findRecords(known, place.typed).map(({ name }) => name));
  return [...names].flatMap((name): CompletionItem[] => {
    const written = isWritableText(name) ? place.write(name) : undefined;
    if (written === undefined) return [];
    return [
      {
        label: written.label,
        kind: 'value',
        detail: `name of a record of ${module.name}`,
        replace: place.replace,
        insert: written.insert,
        filter: written.filter,
        rank: 0,
        changes: known.size > MOST_RECORDS,
      },
    ];
  });
}

/** Editors know only where words begin: what they would not find gets what is typed behind it. */
function filterText({ opening, raw, typed }: RecordPlace, id: string, name: string): string {
  const plain = `${opening}${name} ${id}`;
  const match = matchOf(name.toLowerCase(), typed.toLowerCase());
  const isPlain =
    raw === '' || (raw === opening + typed && (match === 0 || match === 1 || id.startsWith(typed)));
  return isPlain ? plain : `${plain} ${raw}`;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly folded: string;
}

/** By name. Made once for the records of a module as they are known. */
const entries = new WeakMap<ReadonlyMap<string, string>, readonly Entry[]>();

function entriesOf(records: ReadonlyMap<string, string>): readonly Entry[] {
  const made = entries.get(records);
  if (made !== undefined) return made;
  const list = Array.from(records, ([id, name]): Entry => ({ id, name, folded: foldedText(name) }));
  list.sort((a, b) => Number(a.folded > b.folded) - Number(a.folded < b.folded));
  entries.set(records, list);
  return list;
}

/** The texts that come more than once. */
function repeated(texts: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  return new Set(texts.filter((text) => once.size === once.add(text).size));
}

/** The name starts with the text, a word of it does, it contains it; then all words of the text are in it. */
function findRecords(records: ReadonlyMap<string, string>, typed: string): readonly Entry[] {
  const all = entriesOf(records);
  const folded = foldedText(typed.trim());
  if (folded === '') return all.slice(0, MOST_RECORDS);
  const words = folded.split(/\s+/);
  const byRank: [Entry[], Entry[], Entry[], Entry[]] = [[], [], [], []];
  for (const entry of all) {
    if (byRank[0].length === MOST_RECORDS) break;
    const rank = entry.id.startsWith(folded) ? 0 : matchOf(entry.folded, folded);
    if (rank !== undefined) byRank[rank]?.push(entry);
    else if (words.length > 1 && words.every((word) => entry.folded.includes(word))) byRank[3].push(entry);
  }
  return byRank.flat().slice(0, MOST_RECORDS);
}

/** What the search on the platform does, or why there is none. Nothing where nobody could search. */
function searchNote(context: Knowing, place: RecordPlace, found: number): CompletionItem[] {
  const { model, offset, evaluation, searches } = context;
  const { records } = place;
  const { root, known } = model.catalog ?? {};
  const connection = known?.connection;
  const text = place.typed.trim();
  if (root === undefined || connection === undefined) return [];
  if (evaluation.client !== 'vscode' || known?.learns !== true) return [];
  const at: Span = { offset, length: 0 };
  const hint = (label: string, documentation: string): CompletionItem => ({
    ...note(label, documentation, at),
    rank: 9,
    changes: true,
  });
  const shownText = shortOnOneLine(text, 40);
  if (/^\d+$/.test(text) || text.length > MOST_SEARCHED) return [];
  if ([...text].length < LEAST_LETTERS)
    return [
      hint(
        `Type a part of the name to search ${records.module}`,
        `After two letters, APQ asks the platform for records of ${escapeMarkdown(records.module)} with that name, and inserts the ID of the one that you choose.`,
      ),
    ];
  const outcome = searches.find({ connection, module: records.module, text }, evaluation.now.getTime());
  if (outcome === undefined)
    return [
      {
        ...hint(
          `Searching ${records.module} for “${shownText}”…`,
          'The list opens again with what the platform finds.',
        ),
        search: { root, connection, module: records.module, labels: records.labels, text },
      },
    ];
  if (outcome.problem !== undefined)
    return [
      hint(
        `${records.module} could not be searched: ${shortOnOneLine(outcome.problem, 120)}`,
        'Type the ID.',
      ),
    ];
  return found > 0
    ? []
    : [
        hint(
          `No ${records.module} has “${shownText}” in its name`,
          'Type another part of the name, or the ID.',
        ),
      ];
}
