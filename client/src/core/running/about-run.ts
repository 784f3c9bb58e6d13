/** Says where the records of a run come from, for the sheet *About* of a workbook. */
import { type About, whenOf } from '../results/workbook/about';
import { mask } from '../text/mask';
import { countIn, type Extent } from './extent';
import type { FetchResult } from './fetch-pages';
import type { Prepared } from './prepare';
import { requestText } from './same-request';

export function aboutRun(
  prepared: Prepared,
  result: Pick<FetchResult, 'url' | 'count' | 'extent' | 'notes' | 'total'>,
  now = new Date(),
): About {
  return {
    query: aboutQuery(prepared),
    ...(result.url === '' ? {} : { address: mask(result.url) }),
    connection: prepared.connection.name,
    platform: prepared.connection.root,
    fetched: whenOf(now),
    records: `${countIn(result)}${isAll(result) ? ', all there are' : ''}${whyPart(result.extent)}`,
    notes: [...prepared.notes, ...result.notes].map((note) => mask(note)),
  };
}

/** The text of a request as it may be shown. */
export const aboutQuery = ({ file, request }: Pick<Prepared, 'file' | 'request'>): string =>
  mask(requestText(file, request).trim());

const whyPart = (extent: Extent): string =>
  extent.kind === 'part' && extent.reason !== undefined ? `. ${extent.reason}` : '';

const isAll = ({ extent, total, count }: { extent: Extent; total?: number; count: number }): boolean =>
  extent.kind === 'whole' && (total === undefined || total === count);
