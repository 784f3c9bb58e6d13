/** Records and counts out of an answer's body. A: the members' names of counts are not documented, so any usual one is read. */

export type ApiRecord = Readonly<Record<string, unknown>>;

export interface ReadAnswer {
  readonly records: readonly ApiRecord[];
  /** From 0. */
  readonly pageIndex?: number;
  /** Records on this page. */
  readonly pageTotal?: number;
  /** Records that meet the criteria. */
  readonly total?: number;
  /** Of a POST: the new record's ID. */
  readonly createdId?: string;
  /** What was not understood, in words for support. */
  readonly problems: readonly string[];
}

const LISTS = ['results', 'value', 'records', 'items', 'data', 'modules', 'fields'];
const PAGE_INDEX = ['pageindex', 'page', 'pagenumber', 'currentpage', 'index', 'skip'];
const PAGE_TOTAL = [
  'pagetotal',
  'pagecount',
  'pagesize',
  'countonpage',
  'resultcount',
  'resultscount',
  'count',
  'recordsonpage',
];
const TOTAL = [
  'total',
  'totalcount',
  'totalrecords',
  'totalresults',
  'recordcount',
  '@odata.count',
  'odata.count',
  'resulttotal',
  'grandtotal',
  'totalnumberofrecords',
];

/** Understands an object with a list in it, a bare list, and one bare record. Never throws. */
export function readAnswer(json: unknown): ReadAnswer {
  if (json === undefined || json === null) return { records: [], problems: [] };
  if (Array.isArray(json)) return { records: json.map(asRecord), problems: [] };
  if (!isRecord(json)) return createdIdOf(json) ?? { records: [], problems: [] };
  const members = new Map(Object.entries(json).map(([key, value]) => [key.toLowerCase(), value]));
  const list = LISTS.find((name) => Array.isArray(members.get(name)));
  if (list === undefined) {
    const id = members.get('id') ?? members.get('newid') ?? members.get('recordid');
    const single = isRecord(members.get('results'))
      ? [members.get('results')]
      : Object.keys(json).length > 0
        ? [json]
        : [];
    return {
      records: single.map(asRecord),
      problems: [],
      ...(typeof id === 'string' || typeof id === 'number' ? { createdId: String(id) } : {}),
    };
  }
  const values = members.get(list);
  const number = (names: readonly string[]) =>
    names.map((name) => wholeNumber(members.get(name))).find((value) => value !== undefined);
  const [pageIndex, pageTotal, total] = [number(PAGE_INDEX), number(PAGE_TOTAL), number(TOTAL)];
  const records = Array.isArray(values) ? values.map(asRecord) : [];
  const odd = Array.isArray(values) ? values.filter((value) => !isRecord(value)).length : 0;
  return {
    records,
    problems:
      odd > 0 && list === 'results'
        ? [`${odd} of the results are no records; their values are shown as they are.`]
        : [],
    ...(pageIndex === undefined ? {} : { pageIndex }),
    ...(pageTotal === undefined ? {} : { pageTotal }),
    ...(total === undefined ? {} : { total }),
  };
}

function createdIdOf(json: unknown): ReadAnswer | undefined {
  return typeof json === 'string' || typeof json === 'number'
    ? { records: [{ ID: json }], createdId: String(json), problems: [] }
    : undefined;
}

const asRecord = (value: unknown): ApiRecord => (isRecord(value) ? value : { value });

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

const isRecord = (value: unknown): value is ApiRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
