/** The IDs that a request has in its filters, its path, its body and its statement, with the names of their records where these are known. */
import type { BlockTree, Variable } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import { type EvaluationContext, substitute } from './evaluate';
import { type IdPlace, idPlaces } from './id-places';
import { modelOf, type RequestModel } from './request-model';
import type { FileSymbols } from './symbols';

/** A known record, and where its ID is written, with its quotes. Relative to the block. */
export interface RecordValue extends Span {
  readonly module: string;
  readonly id: string;
  readonly name: string;
}

/** What IDs are read with. */
export interface IdReading {
  readonly model: RequestModel;
  readonly symbols: FileSymbols;
  readonly evaluation: EvaluationContext;
  /** The blocks around it in the file, itself included. */
  readonly neighbours: readonly BlockTree[];
}

/** Those that meet the span. Nothing is read where no name is known. */
export function recordValues(reading: IdReading, within: Span): RecordValue[] {
  const { model, symbols } = reading;
  if (knowsNoName(model)) return [];
  const places = [...idPlaces(model, symbols, within), ...inVariables(reading, within)];
  return places.flatMap((place) => {
    const id = idIn(place, reading);
    const { module } = place.records;
    const name = id === undefined ? undefined : place.model.catalog?.known.nameOf(module, id);
    return id === undefined || name === undefined
      ? []
      : [{ offset: place.offset, length: place.length, module, id, name }];
  });
}

/** The tables of a statement may be of other connections. */
function knowsNoName({ tree, catalog, platforms }: RequestModel): boolean {
  const { connections = [] } = platforms;
  const catalogs = tree.sql === undefined ? [catalog] : [catalog, ...connections.map((each) => each.catalog)];
  return catalogs.every((each) => each === undefined || each.known.namesNothing);
}

/** Answers, dates and the like are left out: what they are at a run is not known here. */
function idIn(place: IdPlace, { symbols, evaluation }: IdReading): string | undefined {
  const { references, text } = place;
  if (references.length === 0) return text.includes('{{') ? undefined : text;
  if (references.some(({ target }) => target.kind !== 'variable')) return undefined;
  const value = substitute(place, symbols, evaluation);
  return value.ok ? value.text : undefined;
}

/** The values of variables that stand where an ID belongs. */
function inVariables({ model, symbols, neighbours }: IdReading, within: Span): IdPlace[] {
  return model.tree.variables.flatMap((variable) => {
    const { value } = variable;
    if (endOf(value) < within.offset || value.offset > endOf(within)) return [];
    const use = useOfVariable(variable, model, symbols, neighbours);
    const { offset, length, text, references } = value;
    return use === undefined || length === 0
      ? []
      : [{ offset, length, text, references, records: use.records, model: use.model }];
  });
}

/** The first place in these blocks where a variable alone is a value that is an ID; undefined where another definition counts. */
export function useOfVariable(
  variable: Variable,
  { platforms }: RequestModel,
  symbols: FileSymbols,
  trees: readonly BlockTree[],
): IdPlace | undefined {
  const name = variable.name.text;
  if (symbols.variables.get(name)?.[0]?.node !== variable) return undefined;
  for (const tree of trees) {
    if (!tree.references.some(({ target }) => target.kind === 'variable' && target.name === name)) continue;
    const whole = { offset: 0, length: tree.text.length };
    const use = idPlaces(modelOf(tree, platforms), symbols, whole).find(
      ({ text, references: [only, ...more] }) =>
        more.length === 0 && only?.target.kind === 'variable' && only.target.name === name
          ? /^\{\{[^{}]*\}\}$/.test(text)
          : false,
    );
    if (use !== undefined) return use;
  }
  return undefined;
}

/** The record whose ID is at the offset. */
export const recordValueAt = (reading: IdReading, offset: number): RecordValue | undefined =>
  recordValues(reading, { offset, length: 0 }).find((each) => offset >= each.offset && offset <= endOf(each));
