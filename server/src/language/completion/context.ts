/** The input of every completion source. */
import type { EvaluationContext } from '../analysis/evaluate';
import type { RequestModel } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { RecordSearches } from '../catalog/record-searches';
import type { BlockTree } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import { nextStep } from '../vocabulary/next-steps';
import type { CompletionItem } from './items';

export interface CompletionContext {
  readonly model: RequestModel;
  readonly symbols: FileSymbols;
  readonly evaluation: EvaluationContext;
  /** Searches for records that were made already. */
  readonly searches: RecordSearches;
  /** Relative to the block. */
  readonly offset: number;
  /** The blocks around it in the file, itself included: what the file does elsewhere. */
  readonly neighbours: readonly BlockTree[];
}

/** The word (letters, digits, `_`, `$`, `-`) that the offset is in or next to. */
export function wordAt(text: string, offset: number, characters = /[\w$-]/): Span {
  let start = offset;
  while (start > 0 && characters.test(text[start - 1] ?? '')) start--;
  let end = offset;
  while (end < text.length && characters.test(text[end] ?? '')) end++;
  return { offset: start, length: end - start };
}

/** A space, unless one follows what is replaced. */
export const spaceAfter = ({ model }: CompletionContext, where: Span) =>
  /^[ \t]/.test(model.tree.text.slice(endOf(where))) ? '' : ' ';

/** An item that explains why there are no fields to offer: completion is never silently empty. */
export function noFieldsNote({ model, offset, evaluation: { client } }: CompletionContext): CompletionItem[] {
  const replace: Span = { offset, length: 0 };
  const target = model.tree.request?.target;
  const name = target?.module.text ?? '';
  if (model.catalog === undefined)
    return [note('No metadata yet', nextStep(client, 'first-metadata'), replace, true)];
  if (target !== undefined && target.module.references.length > 0)
    return [note('The module is a variable', 'Its fields are known when the request runs.', replace, false)];
  if (model.module === undefined) {
    return [
      note(
        name === '' ? 'Write the module first' : `There is no module “${name}”`,
        `Your user may not be allowed to see it, or the metadata may be old. ${nextStep(client, 'refresh-metadata')}`,
        replace,
        name !== '',
      ),
    ];
  }
  return [
    note(
      `The fields of ${model.module.name} have not been fetched yet`,
      nextStep(client, 'refresh-metadata'),
      replace,
      true,
    ),
  ];
}

/** Why nothing else is offered, and what to do. `help`: new metadata would help. */
export const note = (label: string, documentation: string, replace: Span, help = false): CompletionItem => ({
  label,
  kind: 'note',
  documentation,
  replace,
  insert: '',
  filter: ' ',
  ...(help ? { help: 'refresh-metadata' } : {}),
});
