/** What the page remembers while it is hidden and after a reload. */
import { hasMembers } from '#core/values/kind-of';
import type { Filter } from './filters';
import { EMPTY_LAYOUT, type Layout } from './layout';
import type { Range } from './selection';
import type { SortKey } from './sort';

/** The state of a request, for all its runs. */
interface RequestState {
  readonly layout: Layout;
  readonly sort: readonly SortKey[];
  /** The choices of the *Group* tab, to be read by `readSpec`. */
  readonly group?: unknown;
}

/** The state of one run: its filters must not hide records of the next. */
export interface RunState {
  readonly run: string;
  readonly filters: readonly Filter[];
  readonly search: string;
  readonly tab: string;
  readonly row: number;
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly ranges?: readonly Range[];
}

/** Changes of cells that are not sent, and what they belong to. */
interface KeptEdits {
  /** `targetOf` the head. */
  readonly target: string;
  /** A text of `keptEdits`. */
  readonly json: string;
}

interface PageState {
  readonly version: 1;
  /** Latest first. */
  readonly requests: readonly (RequestState & { readonly request: string })[];
  readonly run?: RunState;
  readonly edits?: KeptEdits;
}

const MAX_REQUESTS = 30;
export const EMPTY_STATE: PageState = { version: 1, requests: [] };

/** Ignores state that this version did not write. */
export const readState = (value: unknown): PageState =>
  hasMembers(value) && 'version' in value && value.version === 1 ? (value as PageState) : EMPTY_STATE;

export const requestState = (state: PageState, request: string): RequestState =>
  state.requests.find((each) => each.request === request) ?? { layout: EMPTY_LAYOUT, sort: [] };

export const runState = (state: PageState, run: string): RunState | undefined =>
  state.run?.run === run ? state.run : undefined;

/** Returns the text of the changes that were not sent; undefined where there are none for these records. */
export const stateOfEdits = ({ edits }: PageState, target: string): string | undefined =>
  edits?.target === target && typeof edits.json === 'string' ? edits.json : undefined;

/** Without `run` and `edits`, those of before stay: a reload shows that run. */
export const remember = (
  state: PageState,
  request: string,
  of: RequestState,
  run = state.run,
  edits = state.edits,
): PageState => ({
  version: 1,
  requests: [
    { request, layout: of.layout, sort: of.sort, ...(of.group !== undefined && { group: of.group }) },
    ...state.requests.filter((each) => each.request !== request),
  ].slice(0, MAX_REQUESTS),
  ...(run !== undefined && { run }),
  ...(edits !== undefined && { edits }),
});
