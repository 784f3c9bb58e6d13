/** Looks at each cell that an import writes, before anything is asked of the platform. */
import type { Conventions } from './cell-value';
import type { Mapping } from './mapping';
import { conventionsOf } from './plan';
import { wishOf } from './row-wish';
import { shownIn, type TableReading } from './table';

interface CellProblem {
  readonly row: number;
  /** Its index; undefined where the whole row is wrong. */
  readonly column: number | undefined;
  /** The name of the field; '' where the whole row is wrong. */
  readonly field: string;
  readonly text: string;
  /** A sentence. */
  readonly message: string;
}

export interface CellCheck {
  /** The first of them. */
  readonly problems: readonly CellProblem[];
  readonly count: number;
  /** What would settle some of them, if it were known of the file. */
  readonly needs: ReadonlySet<keyof Conventions>;
}

/** So many problems are listed; a file with more is mended elsewhere. */
const MOST_LISTED = 500;

export async function checkCells(
  table: TableReading,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<CellCheck> {
  const conventions = conventionsOf(table);
  const problems: CellProblem[] = [];
  const needs = new Set<keyof Conventions>();
  let count = 0;
  for await (const row of table.rows(signal)) {
    const wish = wishOf(row, table.columns, mapping, conventions);
    for (const need of wish.needs) needs.add(need);
    const found = [
      ...wish.problems.map((message) => ({ column: keyColumn(row.problem, mapping), field: '', message })),
      ...wish.wishes.flatMap(({ field, problem }) =>
        problem === undefined
          ? []
          : [
              {
                column: mapping.fields.find((each) => each.field === field)?.column,
                field: field.name,
                message: problem,
              },
            ],
      ),
    ];
    count += found.length;
    for (const { column, field, message } of found) {
      if (problems.length >= MOST_LISTED) break;
      const text = column === undefined ? '' : shownIn(row.cells[column]);
      problems.push({ row: row.row, column, field, text, message });
    }
  }
  return { problems, count, needs };
}

/** What is wrong with a key is mended in its cell. */
const keyColumn = (rowProblem: string | undefined, { key }: Mapping): number | undefined =>
  rowProblem === undefined ? key?.column : undefined;
