/** Says where the records of a results view come from, for the sheet *About* of a workbook. */
import { type About, whenOf } from '#core/results/workbook/about';
import { aboutQuery } from '#core/running/about-run';
import type { ResultPanel } from './panel';

/** `exported`: how many of the view’s records. A result of an earlier window has no query. */
export function aboutResult(panel: ResultPanel, exported: number): About | undefined {
  const { head, prepared } = panel;
  if (head === undefined) return undefined;
  const root = prepared?.connection.root ?? head.address.split(/\/api\/v2(?:\/|$)/i, 1)[0] ?? '';
  return {
    ...(prepared === undefined ? {} : { query: aboutQuery(prepared) }),
    ...(head.address === '' ? {} : { address: head.address }),
    connection: head.connection,
    ...(root === '' ? {} : { platform: root }),
    fetched: whenOf(new Date(head.startedAt)),
    records: recordsOf(exported, panel.records.length, head.part === true),
    notes: head.notes,
  };
}

const counted = (count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? 'record' : 'records'}`;

function recordsOf(exported: number, fetched: number, isPart: boolean): string {
  const shown = exported === fetched ? '' : ` of the ${fetched.toLocaleString('en-GB')} that were fetched`;
  return `${counted(exported)}${shown}${isPart ? '; there are more, or may be' : ''}`;
}
