/** A platform in memory that returns pages in any of the ways in which a platform may: for the matrices of servers. */

export interface PagingServer {
  readonly count: number;
  /** How many records a page has: as many as asked for, at most `n`, always `n`, or `n` where none is asked for. */
  readonly pages: 'asked' | { readonly kind: 'cap' | 'fixed' | 'usual'; readonly size: number };
  /** Whether `$skip` counts pages as returned, or as asked for, or is misread as a number of records. */
  readonly counts?: 'given' | 'asked' | 'records';
  /** What it says where `$count` asks for the number of records. */
  readonly total: 'none' | 'right' | 'right with records' | 'less' | 'more' | 'page' | 'falling';
  /** The order of the records from one page to the next. */
  readonly order?: 'fixed' | 'turning';
  /** What comes after the last page. */
  readonly beyond?: 'empty' | 'first' | 'last' | 'refused' | 'not found';
  /** The number of a page that is refused, or empty, although others follow; from 0. */
  readonly gap?: { readonly page: number; readonly kind: 'empty' | 'refused' | 'not found' };
  /** Records that the user may not see are left out of a page after it was counted. */
  readonly hides?: (index: number) => boolean;
  /** What tells records apart; their ID when absent. */
  readonly tells?: 'label' | 'nothing';
}

export interface PagingReply {
  readonly status: number;
  readonly body: unknown;
}

function recordAt({ tells }: PagingServer, index: number): object {
  if (tells === 'nothing') return { Status: 'Full' };
  return tells === 'label' ? { Label: `r${index}` } : { ID: `r${index}`, Label: 'A course' };
}

const USUAL = 50;
const REFUSALS = {
  refused: { status: 400, body: { errors: ['There is no such page.'] } },
  'not found': { status: 404, body: { errors: ['There is no such page.'] } },
} as const;

/** Returns how a server responds to one call after the other; `query` has its parameters decoded. */
export function pagingServer(server: PagingServer): (query: ReadonlyMap<string, string>) => PagingReply {
  let calls = 0;
  return (query) => {
    const call = calls++;
    const { size, offset } = placeOf(server, query);
    const all = recordsOf(server, call);
    const visible = all.filter((index) => server.hides?.(index) !== true);
    const found = (from: number) =>
      all.slice(from, from + size).filter((index) => server.hides?.(index) !== true);
    let results = found(offset);
    if (server.gap?.page === Math.floor(offset / size)) {
      if (server.gap.kind !== 'empty') return REFUSALS[server.gap.kind];
      results = [];
    }
    if (offset >= all.length && offset > 0 && all.length > 0) {
      if (server.beyond === 'refused' || server.beyond === 'not found') return REFUSALS[server.beyond];
      if (server.beyond === 'first') results = found(offset % (Math.ceil(all.length / size) * size));
      if (server.beyond === 'last') results = found(Math.max(0, all.length - 1 - ((all.length - 1) % size)));
    }
    const total = totalOf(server, visible.length, results.length, call);
    const counted = query.get('$count') === 'true' && total !== undefined ? { total } : {};
    return { status: 200, body: { results: results.map((index) => recordAt(server, index)), ...counted } };
  };
}

/** Returns the number of the record that a request's first page begins with. */
export const offsetOf = (server: PagingServer, query: ReadonlyMap<string, string>): number =>
  placeOf(server, query).offset;

function placeOf({ pages, counts = 'given' }: PagingServer, query: ReadonlyMap<string, string>) {
  const top = query.get('$top');
  const usual = pages !== 'asked' && pages.kind === 'usual' ? pages.size : USUAL;
  const asked = top === undefined ? usual : Number(top);
  const size =
    pages === 'asked' || pages.kind === 'usual'
      ? asked
      : pages.kind === 'cap'
        ? Math.min(asked, pages.size)
        : pages.size;
  const unit = { given: size, asked, records: 1 }[counts];
  return { size, offset: Number(query.get('$skip') ?? 0) * unit };
}

function recordsOf({ count, order }: PagingServer, call: number): number[] {
  const turn = order === 'turning' && count > 0 ? (call * 3) % count : 0;
  return Array.from({ length: count }, (_, index) => (index + turn) % count);
}

function totalOf({ total }: PagingServer, count: number, here: number, call: number): number | undefined {
  switch (total) {
    case 'none':
      return undefined;
    case 'right':
      return count;
    // As of a query that counts over the rows that it returns.
    case 'right with records':
      return here === 0 ? 0 : count;
    case 'less':
      return Math.floor(count / 2);
    case 'more':
      return count + 7;
    case 'page':
      return here;
    case 'falling':
      return Math.max(0, count - call);
  }
}
