/** Which requests to run, and in which order: those whose responses others need come first, each once. */
import type { RequestInfo } from '#language';
import { type QueryFile, structure, titleOf } from './query-file';

export interface Step {
  readonly request: RequestInfo;
  /** The request that needs this one's response, when the user did not choose this one itself. */
  readonly neededBy: RequestInfo | undefined;
  /** The requests whose responses it uses. */
  readonly needs: readonly Need[];
  /** Another request of the run uses all its records: they are kept. */
  readonly givesRecords: boolean;
  /** They are a table of a SQL request of the run. */
  readonly isTable: boolean;
}

interface Need {
  readonly request: RequestInfo;
  /** When its response arrived; undefined when it is one of the steps before. */
  readonly answeredAt: Date | undefined;
  /** The user chose it as well. */
  readonly chosen: boolean;
  /** Its records are a table of the request, which says so itself. */
  readonly isTable: boolean;
}

/** Returns when a request was answered that another one needs; `whole`: with the records of all pages. */
export type AnsweredAt = (request: RequestInfo, whole: boolean) => Date | undefined;

/**
 * Returns the chosen requests, each once and after those that it needs. A request that was not chosen is left out where
 * its response is known by `answeredAt`.
 */
export function planOf(
  file: QueryFile,
  chosen: readonly RequestInfo[],
  answeredAt: AnsweredAt = () => undefined,
): Step[] {
  const wanted = new Set(chosen.map(({ index }) => index));
  const steps = new Map<number, Omit<Step, 'givesRecords' | 'isTable'>>();
  const needsOf = (request: RequestInfo): Need[] => {
    const needed = structure.dependencies(file.parsed, request);
    // A SQL request that is needed runs again, and so needs its own tables.
    const whole = wholeOf(file, [request, ...needed]);
    const own = tablesOf(file, [request]);
    return needed.map((each) => ({
      request: each,
      answeredAt: wanted.has(each.index)
        ? undefined
        : answeredAt(own.has(each.index) ? forTable(each, request) : each, whole.has(each.index)),
      chosen: wanted.has(each.index),
      isTable: own.has(each.index),
    }));
  };
  const add = (request: RequestInfo, neededBy: RequestInfo | undefined, needs: readonly Need[]) =>
    steps.set(request.index, { request, neededBy, needs });
  for (const request of chosen) {
    const needs = needsOf(request);
    for (const need of needs)
      if (need.answeredAt === undefined && !steps.has(need.request.index))
        // One that was chosen may be run for other pages than its file says.
        add(
          chosen.find(({ index }) => index === need.request.index) ?? forTable(need.request, request),
          need.chosen ? undefined : request,
          needsOf(need.request),
        );
    if (!steps.has(request.index)) add(request, undefined, needs);
  }
  const all = [...steps.values()];
  const requests = all.map(({ request }) => request);
  const [given, tables] = [wholeOf(file, requests), tablesOf(file, requests)];
  return all.map((step) => ({
    ...step,
    givesRecords: given.has(step.request.index),
    isTable: tables.has(step.request.index),
  }));
}

/** The indexes of the requests all of whose records these use: as tables, or for the values of a list. */
function wholeOf(file: QueryFile, requests: readonly RequestInfo[]): ReadonlySet<number> {
  const whole = new Set(tablesOf(file, requests));
  for (const request of requests)
    for (const { index } of structure.listSources(file.parsed, request)) whole.add(index);
  return whole;
}

/** The indexes of the requests whose records are tables of these. */
function tablesOf(file: QueryFile, requests: readonly RequestInfo[]): ReadonlySet<number> {
  const tables = new Set<number>();
  for (const request of requests)
    if (request.sql !== undefined)
      for (const { index } of structure.sqlTables(file.parsed, request).values()) tables.add(index);
  return tables;
}

/** The request, to be run for so many pages, whatever its file says; undefined: as its file says. */
export const forPages = (request: RequestInfo, pages: number | 'all' | undefined): RequestInfo =>
  pages === undefined ? request : { ...request, pages };

/** A table has as many pages as were asked for of the SQL request. */
const forTable = (table: RequestInfo, { sql, pages }: RequestInfo): RequestInfo =>
  sql === undefined || table.sql !== undefined ? table : forPages(table, pages);

/** Returns where the values of earlier responses come from, in sentences. */
export const describeNeeds = ({ needs }: Step): string[] =>
  needs.flatMap(({ request, answeredAt, chosen, isTable }) => {
    if (isTable) return [];
    if (answeredAt !== undefined)
      return [
        `Values of “${request.name ?? ''}” are from its answer of ${answeredAt.toLocaleTimeString('en-GB')}.`,
      ];
    return chosen ? [] : [`“${titleOf(request)}” was run first: this request takes values from its answer.`];
  });

/** Returns why a request runs that the user did not choose; undefined when the user chose it. */
export const describeFirst = ({ request, neededBy }: Step): string | undefined =>
  neededBy === undefined
    ? undefined
    : `Running “${titleOf(request)}” first: “${titleOf(neededBy)}” needs its answer.`;
