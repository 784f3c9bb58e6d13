/** What to run, and in which order: requests whose answers others need come first. */
import type { ApqDocument, LanguageService, RequestInfo } from '#language';
import { usage } from './exit';

export interface Planned {
  readonly request: RequestInfo;
  /** The request that needs its answer, when nobody asked for this one itself. */
  readonly neededBy: RequestInfo | undefined;
}

/** The chosen requests, each once and after what it needs. */
export function planOf(
  service: LanguageService,
  document: ApqDocument,
  chosen: readonly RequestInfo[],
): Planned[] {
  const wanted = new Set(chosen.map(({ index }) => index));
  const planned = new Map<number, Planned>();
  for (const request of chosen)
    for (const each of [...service.dependencies(document, request), request])
      if (!planned.has(each.index))
        planned.set(each.index, {
          request: each,
          neededBy: wanted.has(each.index) ? undefined : request,
        });
  return [...planned.values()];
}

/** A change is made only where `--yes` says so; also one that only prepares a value. */
export function refuseWrite({ request, neededBy }: Planned, yes: boolean): void {
  if (request.method === 'GET' || yes) return;
  const method = request.method ?? '?';
  throw usage(
    neededBy === undefined
      ? `“${titleOf(request)}” would change records (${method}). Look at it with --dry-run, then run it with --yes.`
      : `“${titleOf(neededBy)}” takes a value from the answer of “${titleOf(request)}”, which would change records (${method}). Look at both with --dry-run, then run them with --yes.`,
  );
}

export const titleOf = ({ title, name, module }: RequestInfo): string => title || (name ?? module);
