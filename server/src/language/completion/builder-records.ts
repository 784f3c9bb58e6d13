/** Records whose IDs a field of the builder holds, found by their names: as completion finds them. */
import type { EvaluationContext } from '../analysis/evaluate';
import { modelOf } from '../analysis/request-model';
import type { Platforms } from '../catalog/platforms';
import type { RecordSearches } from '../catalog/record-searches';
import type { BlockTree } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { CompletionItem } from './items';
import { completeRecords, recordsFor } from './records';

/** Records that a condition’s value can name, and a sentence about the search for others, or ''. */
export interface BuilderRecords {
  readonly records: readonly { readonly id: string; readonly name: string }[];
  readonly note: string;
}

const NOWHERE: Span = { offset: 0, length: 0 };

/** The records, and the search that would find more of them. */
export interface FoundForBuilder extends Pick<CompletionItem, 'search'> {
  readonly found: BuilderRecords;
}

export function builderRecords(
  tree: BlockTree,
  platforms: Platforms,
  evaluation: EvaluationContext,
  searches: RecordSearches,
  field: string,
  text: string,
): FoundForBuilder {
  const model = modelOf(tree, platforms);
  const named = recordsFor({ model }, field);
  const items =
    named === undefined
      ? []
      : completeRecords(
          { model, evaluation, searches, offset: 0 },
          { records: named, replace: NOWHERE, raw: text, typed: text, opening: '', write: (id) => id },
        );
  const records = items
    .filter(({ kind }) => kind === 'value')
    .map(({ insert, label }) => ({ id: insert, name: label }));
  const notes = items.filter(({ kind }) => kind !== 'value');
  const search = notes.find((each) => each.search !== undefined)?.search;
  return {
    found: { records, note: notes.map(({ label }) => label).join(' ') },
    ...(search === undefined ? {} : { search }),
  };
}
