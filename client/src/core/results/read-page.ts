/** Reads records and counts from a response's body. A: counts have no documented names, so any usual one is read. */
import { hasMembers, isNumber, isRecord, kindOf } from '../values/kind-of';

export type ApiRecord = Readonly<Record<string, unknown>>;

export interface ReadPage {
  readonly records: readonly ApiRecord[];
  /** Counts from 0. */
  readonly pageIndex?: number;
  /** Records on this page. */
  readonly pageTotal?: number;
  /** Records that meet the criteria. */
  readonly total?: number;
  /** The new record's ID after a POST. */
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

/** The names that a platform was found to use. */
interface CountNames {
  readonly pageIndex?: string;
  readonly pageTotal?: string;
  readonly total?: string;
}

/** What of errors a body has: none; nothing else that was asked for (no record, no ID); or both. */
export function errorsIn(json: unknown, method: string): 'none' | 'only' | 'beside' {
  if (!isRecord(json)) return 'none';
  const members = membersOf(json);
  const isBeside = LISTS.some((name) => members.has(name)) && isFilled(members.get('error'));
  if (!isFilled(members.get('errors')) && !isBeside && !isErrorBody(json, members, method)) return 'none';
  const given = (name: string) => isFilled(members.get(name)) || isNumber(members.get(name));
  return [...LISTS, ...IDS].some(given) ? 'beside' : 'only';
}

/**
 * A: the guide names `errors` only, but its platform's framework reports as `{ "Message": … }`, and OData as
 * `{ "error": … }`. A field of a record may have such a name: so a body without a list is a report only where nothing
 * stands in it but what reports have. A change is confirmed by a message, too, so there a message alone is none.
 */
function isErrorBody(json: ApiRecord, members: ReadonlyMap<string, unknown>, method: string): boolean {
  if (!Object.keys(json).every((name) => REPORTS.has(plainName(name)))) return false;
  const words = method === 'GET' ? ['error', ...WORDS] : ['error'];
  const status = wholeNumber(members.get('status'));
  return (
    words.some((name) => isFilled(members.get(name))) ||
    (status !== undefined && status >= 400 && isFilled(members.get('title')))
  );
}

/** What reports of errors say, and all that stands in them: of ASP.NET, of OData, and of RFC 9457. */
const WORDS = ['message', 'exceptionmessage', 'errormessage', 'modelstate'];
const REPORTS: ReadonlySet<string> = new Set([
  ...WORDS,
  ...['error', 'errors', 'errorcode', 'errordescription', 'messagedetail', 'exceptiontype', 'stacktrace'],
  ...['innerexception', 'type', 'title', 'status', 'statuscode', 'detail', 'details', 'instance', 'code'],
  ...['traceid', 'requestid', 'correlationid', 'timestamp', 'path', 'success'],
]);

/** True for a text, a list and an object with something in it. */
const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : hasMembers(value) && Object.keys(value).length > 0;

const IDS = ['id', 'newid', 'recordid'];

/**
 * Reads an object with a list of records in it, a bare list, or one bare record. Drops nothing, and never throws.
 * `names`: of the counts, as found out about the platform; any usual name is read besides.
 */
export function readPage(json: unknown, names: CountNames = {}): ReadPage {
  if (json === undefined || json === null) return { records: [], problems: [] };
  if (Array.isArray(json)) return { records: json.map(asRecord), problems: oddOnes(json) };
  if (!isRecord(json)) return bareValue(json);
  const members = membersOf(json);
  // Null means that there are no records.
  if (members.get('results') === null) members.set('results', []);
  const list = LISTS.find((name) => isRecordList(name, members));
  if (list === undefined) {
    const id = IDS.map((name) => members.get(name)).find((value) => value !== undefined && value !== null);
    const single = isRecord(members.get('results'))
      ? [members.get('results')]
      : Object.keys(json).length > 0
        ? [json]
        : [];
    return {
      records: single.map(asRecord),
      problems: [],
      ...(typeof id === 'string' || isNumber(id) ? { createdId: String(id) } : {}),
    };
  }
  const values = members.get(list);
  const number = (found: string | undefined, usual: readonly string[]) =>
    [...(found === undefined ? [] : [plainName(found)]), ...usual]
      .map((name) => wholeNumber(members.get(name)))
      .find((value) => value !== undefined);
  const pageIndex = number(names.pageIndex, PAGE_INDEX);
  const pageTotal = number(names.pageTotal, PAGE_TOTAL);
  const total = number(names.total, TOTAL);
  const items: readonly unknown[] = Array.isArray(values) ? values : [];
  return {
    records: items.map(asRecord),
    // The help feeds may list plain names.
    problems: list === 'modules' || list === 'fields' ? [] : oddOnes(items),
    ...(pageIndex === undefined ? {} : { pageIndex }),
    ...(pageTotal === undefined ? {} : { pageTotal }),
    ...(total === undefined ? {} : { total }),
  };
}

/** The whole numbers in a body by name, as it is spelled: counts may be one level deeper. */
export function numbersIn(json: unknown): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (members: ApiRecord) => {
    for (const [name, value] of Object.entries(members)) {
      const number = wholeNumber(value);
      if (number !== undefined && !found.has(name)) found.set(name, number);
    }
  };
  if (!isRecord(json)) return found;
  // Outer members take precedence.
  add(json);
  for (const [name, value] of Object.entries(json))
    if (isRecord(value) && plainName(name) !== 'results') add(value);
  return found;
}

const plainName = (key: string): string => key.toLowerCase().replace(/[_\s-]/g, '');

/** What a page says besides its records. */
const ABOUT_A_PAGE: ReadonlySet<string> = new Set([
  ...PAGE_INDEX,
  ...PAGE_TOTAL,
  ...TOTAL,
  ...[
    'errors',
    'warnings',
    'message',
    'messages',
    'success',
    'status',
    'paging',
    'links',
    'next',
    'previous',
  ],
]);

/**
 * Whether a list holds the records of a page, or is a field of the one record: a record has an ID, or fields of its own.
 * D: `results` is the records; all other names are guesses, which records have too (`{ "ID": "77", "Items": ["a"] }`).
 */
function isRecordList(name: string, members: ReadonlyMap<string, unknown>): boolean {
  const list = members.get(name);
  if (!Array.isArray(list)) return false;
  if (name === 'results') return true;
  if (IDS.some((each) => members.has(each))) return false;
  if (list.length > 0 && list.every(isRecord)) return true;
  return [...members].every(([other]) => other === name || ABOUT_A_PAGE.has(other) || other.startsWith('@'));
}

/** Returns members by name in any spelling; counts may be one level deeper (`{ "paging": { "total": 5 } }`). */
function membersOf(json: ApiRecord): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [key, value] of Object.entries(json)) {
    if (isRecord(value) && plainName(key) !== 'results')
      for (const [inner, each] of Object.entries(value))
        if (wholeNumber(each) !== undefined && !members.has(plainName(inner)))
          members.set(plainName(inner), each);
  }
  // Outer members take precedence.
  for (const [key, value] of Object.entries(json)) members.set(plainName(key), value);
  return members;
}

/** A: a POST may return the bare ID. Words such as `Created` are not an ID. */
function bareValue(json: unknown): ReadPage {
  const text = typeof json === 'string' || isNumber(json) ? String(json).trim() : '';
  return /^[^\s{}<>]*\d[^\s{}<>]*$/.test(text) && text.length <= 200
    ? { records: [{ ID: json }], createdId: text, problems: [] }
    : { records: [{ value: json }], problems: [] };
}

function oddOnes(items: readonly unknown[]): string[] {
  const odd = items.filter((item) => !isRecord(item)).length;
  return odd === 0 ? [] : [`${odd} of the results are not records; their values are shown unchanged.`];
}

const asRecord = (value: unknown): ApiRecord => (isRecord(value) ? value : { value });

function wholeNumber(value: unknown): number | undefined {
  const isWhole = kindOf(value) === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value));
  const number = isWhole ? Number(value) : NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
