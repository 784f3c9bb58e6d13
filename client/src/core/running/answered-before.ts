/** Which answers of earlier runs are used again: those to what would be sent now. */
import type { RequestInfo } from '#language';
import type { Connection } from '../connections/connection';
import { statementOf } from '../sql/preview';
import type { KeptAnswer } from './answer';
import type { AnsweredAt } from './plan';
import { askedNow, type PreparePort } from './prepare';
import { type QueryFile, structure } from './query-file';
import type { Responses } from './responses';
import type { RunValues } from './run-context';

/** What decides it. */
export interface EarlierPort extends PreparePort {
  /** See `CheckPort`. */
  connectionOf(request: RequestInfo): Connection | undefined;
  /** Where responses of named requests are kept for others. */
  readonly responses: Responses;
  /** Whether tables are fetched even where the answers of an earlier run are there. */
  readonly anew?: boolean;
}

/** Of an answer: whether it is to what would be sent now. `unknown`: a value is missing, so nobody can tell yet. */
type State = 'same' | 'other' | 'unknown';

/**
 * Returns when the requests that the chosen ones need were answered. Left out are answers to something else than what
 * would be sent now, and those that are older than an answer from which the request takes values. A change is never
 * repeated for that: it would be made twice.
 */
export async function answeredBefore(
  file: QueryFile,
  chosen: readonly RequestInfo[],
  port: EarlierPort,
  values: RunValues,
): Promise<AnsweredAt> {
  const needed = new Map<number, RequestInfo>();
  for (const each of chosen)
    for (const need of structure.dependencies(file.parsed, each)) needed.set(need.index, need);
  const answers = new Map<number, KeptAnswer>();
  const own = new Map<number, State>();
  const running = new Set(chosen.map(({ index }) => index));
  for (const request of needed.values()) {
    const answer =
      request.name === undefined
        ? undefined
        : port.responses.answer(file.id, request.name, port.connectionOf(request)?.id);
    if (answer === undefined) continue;
    answers.set(request.index, answer);
    own.set(request.index, request.changes ? 'same' : await stateOf(file, request, answer, port, values));
  }
  const stateWithin = (request: RequestInfo, answer: KeptAnswer): State => {
    if (request.changes) return 'same';
    const states = [own.get(request.index) ?? 'other'];
    for (const need of structure.dependencies(file.parsed, request)) {
      const source = answers.get(need.index);
      // What a statement gives is as old as its tables, and these are looked at as well.
      const isNewer = need.sql === undefined && (source?.order ?? Infinity) > answer.order;
      states.push(isNewer || running.has(need.index) ? 'other' : (own.get(need.index) ?? 'other'));
    }
    return states.find((each) => each === 'other') ?? states.find((each) => each === 'unknown') ?? 'same';
  };
  return (request, whole) => {
    const answer = answers.get(request.index);
    // A statement costs no request, and its tables may be others by now.
    if (answer === undefined || request.sql !== undefined) return undefined;
    const state = stateWithin(request, answer);
    if (!whole) return state === 'other' ? undefined : answer.at;
    const isThere = port.anew !== true && answer.records !== undefined && bringsPages(answer, request);
    return isThere && state === 'same' ? answer.at : undefined;
  };
}

/** Words by which a statement has another result each time, or each day. */
const OF_THE_MOMENT = /\b(?:now|current_(?:date|time|timestamp)|random(?:blob)?)\b/i;

async function stateOf(
  file: QueryFile,
  request: RequestInfo,
  { asked }: KeptAnswer,
  port: EarlierPort,
  values: RunValues,
): Promise<State> {
  const connection = port.connectionOf(request);
  if (connection === undefined) return 'other';
  if (request.sql !== undefined && OF_THE_MOMENT.test(statementOf({ file, request }))) return 'other';
  const language = await port.language(connection);
  const now = askedNow({ file, request, connection, port, values }, language);
  if (now === undefined) return 'unknown';
  return now === asked ? 'same' : 'other';
}

/** Whether the answer has as many pages as the request asks for, or all there are. */
const bringsPages = ({ extent, pages: had }: KeptAnswer, { pages = 1 }: RequestInfo): boolean =>
  extent.kind === 'whole' || had === 'all' || (pages !== 'all' && pages <= had);
