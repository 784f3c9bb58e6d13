/** What the page of an import shows of its draft. */
import type { CellCheck } from '#core/bulk/check-cells';
import type { ImportDraft } from '#core/bulk/import-draft';
import type { Mapping } from '#core/bulk/mapping';
import { isOwnColumn } from '#core/bulk/own-columns';
import { choiceLabel, valueLabel } from '#core/bulk/reading/choice-words';
import { shownIn } from '#core/bulk/table';
import type { Connection } from '#core/connections/connection';
import { forLabel } from '#core/text/foreign-text';
import { nameKey } from '#core/text/names';
import { TYPE_NAMES } from '#language';
import type { ImportState, ShownDeed, ShownProblem } from '#webview/importing/messages';

/** Longer texts of cells are cut where they are only shown. */
const MOST_TEXT = 200;
const SAMPLES = 3;

const short = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text);

/** What surrounds a draft. */
export interface Surroundings {
  readonly connection: Connection;
  readonly production: boolean;
  readonly modules: readonly string[];
  /** Undefined while the columns are not settled. */
  readonly check: CellCheck | undefined;
  readonly error: string;
  readonly version: number;
}

export function importState(draft: ImportDraft, around: Surroundings): ImportState {
  const { table, module, outcome } = draft;
  const { connection, production, modules, check, error, version } = around;
  const problems = outcome?.ok === false ? outcome.problems : [];
  return {
    ...{ version, production, error, modules },
    file: forLabel(draft.name),
    connection: connection.name,
    choices: table.choices.map(({ name, value = '', options, sentence }) => ({
      ...{ name, value, sentence },
      label: choiceLabel(name),
      options: options.map((each) => ({ value: each, label: valueLabel(name, each) })),
    })),
    notes: [...table.notes, ...mendedNote(draft)],
    columns: columnsOf(draft),
    rows: draft.first.map(({ row, cells }) => ({ row, cells: cells.map((cell) => short(shownIn(cell))) })),
    rowCount: table.rowCount,
    module: module?.name ?? '',
    deed: deedOf(draft),
    fields: (module?.fields ?? []).map(({ name, label, type }) => ({
      name,
      detail: label === undefined || label === name ? TYPE_NAMES[type] : `${TYPE_NAMES[type]} · ${label}`,
    })),
    problems: problems.filter(({ column }) => column === undefined).map(({ message }) => message),
    cells: (check?.problems ?? []).map(({ row, column = -1, text, message }): ShownProblem => ({
      ...{ row, column, text, message },
      letter: table.columns[column]?.letter ?? '',
    })),
    cellCount: check?.count ?? 0,
    plan: `Plan ${table.rowCount.toLocaleString('en-GB')} ${table.rowCount === 1 ? 'Row' : 'Rows'}`,
    missing: missingIn(draft, check),
  };
}

const mendedNote = ({ mended }: ImportDraft): string[] => {
  if (mended === 0) return [];
  return [
    `${mended === 1 ? '1 cell is' : `${mended} cells are`} mended for this import; the file stays as it is.`,
  ];
};

function deedOf({ deed, table, keyColumn }: ImportDraft): ShownDeed {
  switch (deed?.kind) {
    case undefined:
      return { kind: '', by: '' };
    case 'create':
      return { kind: 'create', by: '' };
    case 'update':
      return { kind: 'update', by: table.columns[keyColumn]?.letter ?? '' };
    case 'upsert':
      return { kind: 'upsert', by: deed.field };
  }
}

function columnsOf(draft: ImportDraft): ImportState['columns'] {
  const { table, module, outcome, guesses, first } = draft;
  const mapping = outcome?.ok === true ? outcome.mapping : undefined;
  const problems = new Map(
    outcome?.ok === false ? outcome.problems.map(({ column, message }) => [column, message]) : [],
  );
  return table.columns.map(({ letter, name }, column) => {
    const settled = draft.settledFor(column);
    const field = (settled === undefined ? guesses[column]?.field : settled.field) ?? '';
    const wrong = problems.get(column);
    const known = module?.fields?.find((each) => nameKey(each.name) === nameKey(field));
    const role = roleOf(draft, name, column, mapping);
    return {
      ...{ letter, name, role },
      sample: samplesOf(first.map(({ cells }) => shownIn(cells[column]))),
      field: role === '' && module !== undefined ? field : '',
      type: role !== '' || known === undefined ? '' : TYPE_NAMES[known.type],
      mode: settled?.mode ?? 'write',
      remark: wrong ?? remarkOn(draft, column, field, role),
      isWrong: wrong !== undefined,
    };
  });
}

const samplesOf = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text !== '').map(short))].slice(0, SAMPLES).join(' · ');

function roleOf(
  { deed, keyColumn }: ImportDraft,
  name: string,
  column: number,
  mapping: Mapping | undefined,
): string {
  if (isOwnColumn(name)) return 'Of an earlier import';
  if (deed?.kind === 'update' && column === keyColumn) return 'Tells records apart';
  return mapping?.key?.column === column && !mapping.fields.some((each) => each.column === column)
    ? 'Tells records apart'
    : '';
}

function remarkOn({ module, guesses }: ImportDraft, column: number, field: string, role: string): string {
  if (module === undefined || field !== '' || role !== '') return '';
  const near = guesses[column]?.near ?? [];
  return near.length === 0 ? 'Left out.' : `Left out. Did you mean ${near.join(' or ')}?`;
}

/** Why there can't be a plan yet. Problems of cells don't prevent it: their rows are left out. */
function missingIn(draft: ImportDraft, check: CellCheck | undefined): string {
  const { module, deed, outcome, table } = draft;
  if (table.rowCount === 0) return 'The file has no rows below its header.';
  if (module === undefined) return 'Name the module whose records are written.';
  if (deed === undefined) return 'Say what becomes of the rows.';
  if (outcome?.ok !== true) return 'Settle which column is which field.';
  const [open] = draft.openChoices(check?.needs ?? new Set());
  return open === undefined ? '' : open.sentence;
}
