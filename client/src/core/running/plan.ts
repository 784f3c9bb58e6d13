/** Which requests to run, and in which order: those whose responses others need come first, each once. */
import type { RequestInfo } from '#language';
import { type QueryFile, structure, titleOf } from './query-file';

export interface Step {
  readonly request: RequestInfo;
  /** The request that needs this one's response, when the user did not choose this one itself. */
  readonly neededBy: RequestInfo | undefined;
  /** The requests of whose responses it takes values. */
  readonly needs: readonly Need[];
}

interface Need {
  readonly request: RequestInfo;
  /** When its response arrived; undefined when it is one of the steps before. */
  readonly answeredAt: Date | undefined;
  /** The user chose it as well. */
  readonly chosen: boolean;
}

/**
 * Returns the chosen requests, each once and after those that it needs. A request that was not chosen is left out where
 * its response is known by `answeredAt`.
 */
export function planOf(
  file: QueryFile,
  chosen: readonly RequestInfo[],
  answeredAt: (request: RequestInfo) => Date | undefined = () => undefined,
): Step[] {
  const wanted = new Set(chosen.map(({ index }) => index));
  const steps = new Map<number, Step>();
  const needsOf = (request: RequestInfo): Need[] =>
    structure.dependencies(file.parsed, request).map((needed) => ({
      request: needed,
      answeredAt: wanted.has(needed.index) ? undefined : answeredAt(needed),
      chosen: wanted.has(needed.index),
    }));
  const add = (request: RequestInfo, neededBy: RequestInfo | undefined, needs: readonly Need[]) =>
    steps.set(request.index, { request, neededBy, needs });
  for (const request of chosen) {
    const needs = needsOf(request);
    for (const need of needs)
      if (need.answeredAt === undefined && !steps.has(need.request.index))
        // One that was chosen may be run for other pages than its file says.
        add(
          chosen.find(({ index }) => index === need.request.index) ?? need.request,
          need.chosen ? undefined : request,
          needsOf(need.request),
        );
    if (!steps.has(request.index)) add(request, undefined, needs);
  }
  return [...steps.values()];
}

/** The request, to be run for so many pages, whatever its file says; undefined: as its file says. */
export const forPages = (request: RequestInfo, pages: number | 'all' | undefined): RequestInfo =>
  pages === undefined ? request : { ...request, pages };

/** Returns where the values of earlier responses come from, in sentences. */
export const describeNeeds = ({ needs }: Step): string[] =>
  needs.flatMap(({ request, answeredAt, chosen }) => {
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
