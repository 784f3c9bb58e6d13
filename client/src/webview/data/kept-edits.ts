/** Changes of cells as text, between the page and the extension, and for the time in which there is no page. */
import type { ApiRecord } from '#core/results/read-page';
import { hasMembers } from '#core/values/kind-of';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';
import type { CellEdit, CellKey, Edits } from './edits';

export const keptEdits = (edits: Edits): string => writeJson([...edits.all()]);

/** Reads what `keptEdits` wrote. The page and the extension write no other; anything else is no edit. */
export function readEdits(json: string): CellEdit[] {
  const value = readJson(json);
  return Array.isArray(value) ? value.filter(isEdit) : [];
}

const isKey = (value: unknown): value is CellKey =>
  hasMembers(value) &&
  'id' in value &&
  typeof value.id === 'string' &&
  'column' in value &&
  typeof value.column === 'string';

const isEdit = (value: unknown): value is CellEdit =>
  isKey(value) && 'type' in value && typeof value.type === 'string' && 'value' in value;

/** What became of changes that were sent. */
export interface Written {
  /** The records as they are now. */
  readonly records: readonly ApiRecord[];
  /** `value`: what was sent. `failure`: why it was not taken; a sentence. */
  readonly outcomes: readonly (CellKey & { readonly value: unknown; readonly failure?: string })[];
}

/** The extension writes no other. */
export const readWritten = (json: string): Written => readJson(json) as Written;
