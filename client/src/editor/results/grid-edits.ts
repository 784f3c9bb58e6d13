/** Changes of cells as a results view tells them; it is a page of ours, but what it holds came from outside. */
import * as v from 'valibot';
import type { ApiRecord } from '#core/results/read-page';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';
import { FIELD_TYPES, type WireRequest } from '#language';

const edit = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  column: v.pipe(v.string(), v.nonEmpty()),
  type: v.picklist(FIELD_TYPES),
  value: v.unknown(),
  before: v.optional(v.unknown()),
  problem: v.exactOptional(v.string()),
});

/** A changed cell: `before` is what the view showed of the record, undefined where it had no such member. */
export type GridEdit = Readonly<v.InferOutput<typeof edit>>;

/** Throws where the text is not what the view writes. */
export const readGridEdits = (json: string): readonly GridEdit[] => v.parse(v.array(edit), readJson(json));

/** One PUT for each record, of the changed fields only, in the order of the edits. */
export function putsOf(edits: readonly GridEdit[], module: string): readonly WireRequest[] {
  const bodies = new Map<string, [name: string, value: unknown][]>();
  for (const { id, column, value } of edits) bodies.set(id, [...(bodies.get(id) ?? []), [column, value]]);
  return Array.from(bodies, ([id, members]) => ({
    method: 'PUT',
    module,
    id,
    query: [],
    body: writeJson(Object.fromEntries(members)),
  }));
}

/** What became of changed cells that were sent, for the view. */
export interface WrittenCells {
  /** As they are now; only members that the view has, or that were written. */
  readonly records: readonly ApiRecord[];
  /** `value`: what was sent. `failure`: why it was not taken: a sentence. */
  readonly outcomes: readonly (Pick<GridEdit, 'id' | 'column' | 'value'> & { readonly failure?: string })[];
}
