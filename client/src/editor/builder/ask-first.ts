/** The first records of the request that is built, asked for without a question to the user. */
import * as vscode from 'vscode';
import { describe } from '#core/remote/describe-error';
import { columnsOf } from '#core/results/columns';
import { cellText, memberOf } from '#core/results/table';
import { isCountable } from '#core/running/count';
import { countIn } from '#core/running/extent';
import { firstRecords } from '#core/running/first-records';
import { askedNow, prepare, type PreparedRequest, valuesOf } from '#core/running/prepare';
import type { QueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { type RunResult, selectedFields } from '#core/running/send';
import { forLabel } from '#core/text/foreign-text';
import { HiddenForNow } from '#core/text/mask';
import { writeJson } from '#core/values/write-json';
import type { RequestInfo } from '#language';
import type { ShownAnswer } from '#webview/builder/messages';
import type { Connections } from '../connections/connections';
import type { Requests } from '../running/requests';
import type { Asked } from './live-answer';

const MOST_ROWS = 10;
const MOST_COLUMNS = 12;
const MOST_TEXT = 100;

const NEEDS_RUN =
  'This request needs a value from you or the answer to another request. Press Run to see its records.';
const NO_READ = 'Only a read of records has first records to show.';
const UNTRUSTED = 'Nothing is asked in a workspace that is not trusted.';

const signedOut = (name: string) =>
  `${forLabel(name)} is signed out. Sign in to it, and the first records come here.`;

export interface AskParts {
  readonly requests: Pick<Requests, 'quietPort'>;
  readonly connections: Pick<Connections, 'client' | 'isSignedOut'>;
}

/** Returns what is to be asked, or why nothing is: a sentence. */
export async function askFirst(
  parts: AskParts,
  file: QueryFile,
  request: RequestInfo,
): Promise<Asked | string> {
  if (!vscode.workspace.isTrusted) return UNTRUSTED;
  // Somebody may be typing one: half of it is none in a moment.
  const secrets = new HiddenForNow();
  const asked = await prepareFirst(parts, file, request, secrets);
  if (typeof asked === 'string') {
    secrets.end();
    return asked;
  }
  return { ...asked, end: () => secrets.end() };
}

async function prepareFirst(
  { requests, connections }: AskParts,
  file: QueryFile,
  request: RequestInfo,
  { hide }: HiddenForNow,
): Promise<Omit<Asked, 'end'> | string> {
  try {
    const port = { ...requests.quietPort(), hide };
    const prepared = await prepare(file, request, port);
    if (prepared.kind === 'sql' || !isCountable(prepared.wire)) return NO_READ;
    if (prepared.wire.list !== undefined) return NEEDS_RUN;
    const { connection } = prepared;
    // Each attempt with a wrong password counts, and may lock the account.
    if (connections.isSignedOut(connection)) return signedOut(connection.name);
    const client = connections.client(connection);
    const values = { ...valuesOf(port), still: true };
    const asked = askedNow({ file, request, connection, port, values }, await port.language(connection));
    return {
      key: `${connection.id} ${connection.root} ${asked ?? ''}`,
      send: async (signal) => {
        try {
          return shownOf(prepared, await firstRecords(client, prepared.wire, MOST_ROWS, { signal }));
        } catch (error) {
          return { kind: 'failed', text: describe(error).sentence };
        }
      },
    };
  } catch (error) {
    return whyNot(error);
  }
}

/** What only a run can supply, as it asks the user, is told apart from what is wrong with the request. */
function whyNot(error: unknown): string {
  if (!(error instanceof Refusal)) return describe(error).sentence;
  switch (error.reason.kind) {
    case 'prompts':
    case 'values':
    case 'needs':
    case 'told':
      return NEEDS_RUN;
    default:
      return error.message;
  }
}

function shownOf({ wire }: PreparedRequest, result: RunResult): ShownAnswer {
  const { records, total } = result;
  const all = columnsOf(records, selectedFields(wire));
  const columns = all.slice(0, MOST_COLUMNS);
  const count = total ?? records.length;
  const left = all.length - columns.length;
  return {
    kind: 'rows',
    count: countIn(
      total === undefined ? { count, extent: { kind: 'part' } } : { count, total, extent: { kind: 'whole' } },
    ),
    ...(total === undefined ? {} : { total }),
    columns,
    json: writeJson(
      records.map((record) =>
        Object.fromEntries(columns.map((name) => [name, shortened(memberOf(record, name))])),
      ),
    ),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    note: noteOf(records.length, count, left),
  };
}

/** A value, or the beginning of its text where that is long. */
function shortened(value: unknown): unknown {
  const text = cellText(value);
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : value;
}

function noteOf(rows: number, count: number, left: number): string {
  if (rows === 0) return 'No record meets the conditions.';
  const first = rows < count ? `The first ${rows} are shown here.` : '';
  const more = left === 0 ? '' : `${left} more ${left === 1 ? 'field is' : 'fields are'} left out here.`;
  return [first, more].filter((each) => each !== '').join(' ');
}
