/** Which rows go to which file, and what is added to them. */
import type { JournalRow } from './journal';
import type { FileKind } from './journal-lines';
import { ID_COLUMN, REASON_COLUMN } from './own-columns';
import type { RowState } from './planned-row';

export interface OutcomeKind {
  readonly states: readonly RowState[];
  /** As in “the rows that …”. */
  readonly what: string;
  /** The column that is added. */
  readonly column: string;
  readonly added: (row: JournalRow) => string;
}

const reasonFor = ({ planned: { change }, message }: JournalRow): string =>
  message ?? ('reason' in change ? change.reason : '');

export const KINDS: Readonly<Record<FileKind, OutcomeKind>> = {
  failed: {
    states: ['failed', 'refused', 'unforeseen'],
    what: 'failed',
    column: REASON_COLUMN,
    added: reasonFor,
  },
  done: {
    states: ['created', 'changed'],
    what: 'were done',
    column: ID_COLUMN,
    added: ({ id = '' }) => id,
  },
  unknown: {
    states: ['unknown', 'sending'],
    what: 'may have been done',
    column: REASON_COLUMN,
    added: reasonFor,
  },
};
