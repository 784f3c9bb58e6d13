/** Finds out by reading only what writes are going to do. */
import {
  addressLength,
  type BodyMember,
  bodyReader,
  type FieldInfo,
  nameKey,
  type WireRequest,
} from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import type { ApiRecord } from '../results/read-page';
import { cellText, idOf } from '../results/table';
import { mostCharacters } from '../running/batches';
import {
  batchRequest,
  filtering,
  type Found,
  readByValues,
  readMatches,
  type ReadOptions,
} from '../running/id-batches';
import { memberNamed } from '../text/names';
import { readJson } from '../values/read-json';
import { sameValue } from '../values/same-value';
import { writeJson } from '../values/write-json';
import type { FieldChange, PlannedChange } from './planned-change';
import { NAMING_FIELDS, recordName } from './record-name';
import { isKeptByPlatform } from './set-by-platform';

/**
 * Says what one write is going to do. `fields`: those of its module as the metadata have them; none where they are not
 * known. Throws where it is cancelled; every other failure to read is an outcome of its own.
 */
export async function foresee(
  client: ApiClient,
  wire: WireRequest,
  fields: readonly FieldInfo[],
  options: ReadOptions = {},
): Promise<PlannedChange> {
  const [change] = await foreseeAll(client, [wire], fields, options);
  if (change === undefined) throw new RangeError('one write has one outcome');
  return change;
}

/** The same for many writes to one module, in their order: their records are read together. */
export async function foreseeAll(
  client: ApiClient,
  wires: readonly WireRequest[],
  fields: readonly FieldInfo[],
  options: ReadOptions = {},
): Promise<PlannedChange[]> {
  const read = bodyReader({ name: wires[0]?.module ?? '', ...(fields.length === 0 ? {} : { fields }) });
  const drafts = wires.map((wire) => draftOf(wire, read));
  const records = await lookUp(client, drafts, fields, options);
  const known = new Map(fields.map((field) => [nameKey(field.name), field]));
  const isKept = ({ name }: FieldChange) => isKeptByPlatform(name, known.get(nameKey(name)));
  return drafts.map((draft) => {
    const change = planned(draft, records.get(draft));
    return change.outcome === 'refused' ? change : withDoubt(change, change.fields.find(isKept));
  });
}

/** A: a platform may refuse a field that it sets by itself, or pass over it. `field`: such a one. */
const withDoubt = (change: PlannedChange, field: FieldChange | undefined): PlannedChange =>
  field === undefined
    ? change
    : {
        outcome: 'unforeseen',
        request: change.request,
        fields: change.fields,
        reason: `The platform sets ${field.name} by itself, so it may refuse this, or leave ${field.name} as it is. Take ${field.name} out of the request to see what it changes.`,
      };

/** Reads a record as it is now, with all that the metadata name; undefined where there is none, or it can't be read. */
export async function readRecord(
  client: ApiClient,
  { request, fields: changed, id }: Pick<PlannedChange, 'request' | 'fields'> & { readonly id: string },
  fields: readonly FieldInfo[],
  options: ReadOptions = {},
): Promise<ApiRecord | undefined> {
  const draft: Draft = { wire: request, fields: changed, lookUp: { kind: 'id', id } };
  const found = (await lookUp(client, [draft], fields, options)).get(draft);
  return found === undefined || found instanceof ApiError ? undefined : ofId(found, id)[0];
}

/** How the records that a write meets are found. */
type LookUp =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'filter'; readonly filter: string };

interface Draft {
  readonly wire: WireRequest;
  /** Undefined where the body is not one object. */
  readonly fields: readonly FieldChange[] | undefined;
  /** Undefined where no record is met: it is created. */
  readonly lookUp: LookUp | undefined;
}

function draftOf(wire: WireRequest, read: (json: string) => readonly BodyMember[] | undefined): Draft {
  const upsert = wire.query.find(({ name }) => nameKey(name) === '$upsert');
  const lookUp = (): LookUp | undefined => {
    switch (wire.method) {
      case 'GET':
        throw new RangeError('a read changes nothing');
      case 'POST':
        return upsert === undefined ? undefined : { kind: 'filter', filter: upsert.value };
      case 'PUT':
      case 'DELETE':
        return { kind: 'id', id: wire.id ?? '' };
    }
  };
  const members = wire.method === 'DELETE' ? [] : read(wire.body ?? '');
  return { wire, fields: members?.map(newField), lookUp: lookUp() };
}

/** A field of a new record. */
const newField = ({ name, type, json, problem }: BodyMember): FieldChange => ({
  name,
  type,
  before: undefined,
  after: readJson(json),
  changes: true,
  ...(problem === undefined ? {} : { problem }),
});

/** Reads the records that the writes meet. */
async function lookUp(
  client: ApiClient,
  drafts: readonly Draft[],
  fields: readonly FieldInfo[],
  options: ReadOptions,
): Promise<ReadonlyMap<Draft, Found>> {
  const found = new Map<Draft, Found>();
  const groups = new Map<string, { readonly selects: readonly Select[]; readonly drafts: Draft[] }>();
  for (const draft of drafts) {
    if (draft.lookUp === undefined || reasonAgainst(draft) !== undefined) continue;
    const selects = selectsOf(client, draft, fields, drafts.length === 1);
    const key = writeJson([nameKey(draft.wire.module), simpleField(draft.lookUp) ?? null, selects]);
    const group = groups.get(key) ?? { selects, drafts: [] };
    groups.set(key, group);
    group.drafts.push(draft);
  }
  for (const group of groups.values())
    for (const [index, select] of group.selects.entries()) {
      const asked = await readGroup(client, group.drafts, select, options);
      const isRefused = index === 0 && select !== undefined && [...asked.values()].every(isRefusal);
      // The metadata may be older than the platform, and name a field that is gone: the pre-defined ones are there.
      const read = isRefused ? await readGroup(client, group.drafts, undefined, options) : asked;
      for (const [draft, records] of read)
        found.set(draft, index === 0 ? records : merged(found.get(draft), records));
      if (isRefused) break;
    }
  return found;
}

const isRefusal = (found: Found): boolean => found instanceof ApiError && found.kind === 'refused';

type Select = readonly string[] | undefined;

/** A condition of one field and one value, many of which can be asked for at a time. */
const SIMPLE = /^([A-Za-z_]\w*) eq '([^'\\]+)'$/;

const simpleField = (lookUp: LookUp): string | undefined =>
  lookUp.kind === 'id' ? 'ID' : SIMPLE.exec(lookUp.filter)?.[1];

async function readGroup(
  client: ApiClient,
  drafts: readonly Draft[],
  select: Select,
  options: ReadOptions,
): Promise<ReadonlyMap<Draft, Found>> {
  const module = drafts[0]?.wire.module ?? '';
  const [first] = drafts;
  const field = first?.lookUp === undefined ? undefined : simpleField(first.lookUp);
  const found = new Map<Draft, Found>();
  const unique = first?.lookUp?.kind === 'id';
  if (field === undefined || (drafts.length === 1 && !unique)) {
    for (const draft of drafts)
      if (draft.lookUp?.kind === 'filter')
        found.set(draft, await readMatches(client, module, select, draft.lookUp.filter, options));
    return found;
  }
  const valueOf = ({ lookUp }: Draft) =>
    lookUp?.kind === 'id' ? lookUp.id : (SIMPLE.exec(lookUp?.filter ?? '')?.[2] ?? '');
  const wanted = { module, field, select: withField(select, field), unique };
  const records = await readByValues(client, wanted, drafts.map(valueOf), options);
  for (const draft of drafts) found.set(draft, records.get(valueOf(draft)) ?? []);
  return found;
}

const withField = (select: Select, field: string): Select =>
  select === undefined || select.some((name) => nameKey(name) === nameKey(field))
    ? select
    : [...select, field];

/** Records with the members of a second read of the same records. */
function merged(found: Found | undefined, more: Found): Found {
  if (found === undefined || found instanceof ApiError || more instanceof ApiError) return found ?? more;
  return found.map((record) => ({ ...more.find((each) => idOf(each) === idOf(record)), ...record }));
}

/**
 * What to ask for: all fields that the metadata name, so that the record can be kept; in several reads where the address
 * gets too long for one. Of many records that are changed, only as many as one address holds: those of the body first.
 */
function selectsOf(
  client: ApiClient,
  { wire, fields: changed = [], lookUp }: Draft,
  fields: readonly FieldInfo[],
  single: boolean,
): readonly Select[] {
  if (fields.length === 0)
    return [wire.method === 'DELETE' ? undefined : namesOf(['ID', ...changed.map(({ name }) => name)])];
  const known = new Map(fields.map(({ name }) => [nameKey(name), name]));
  const first = ['ID', 'Status', ...changed.map(({ name }) => name), ...NAMING_FIELDS];
  const names = namesOf([
    ...first.flatMap((name) => known.get(nameKey(name)) ?? []),
    ...fields.map(({ name }) => name),
  ]);
  const selects = chunksOf(names, roomFor(client, wire, lookUp, single));
  return single || wire.method === 'DELETE' ? selects : selects.slice(0, 1);
}

const namesOf = (names: readonly string[]): string[] => [
  ...new Map(names.map((name) => [nameKey(name), name])).values(),
];

/** How many characters the names in `$select` may have. */
function roomFor(
  { connection: { root }, traits }: ApiClient,
  { module }: WireRequest,
  lookUp: LookUp | undefined,
  single: boolean,
): number {
  const most = mostCharacters(traits);
  // Of many records, the rest is for their IDs.
  if (!single || lookUp === undefined) return (most * 2) / 3 - root.length;
  const request =
    lookUp.kind === 'id'
      ? batchRequest({ module, field: 'ID', select: ['ID'] }, [lookUp.id], traits)
      : ({
          method: 'GET',
          module,
          query: [{ name: '$select', value: 'ID' }, filtering(lookUp.filter)],
        } as const);
  return request === undefined ? 0 : most - addressLength(root, request);
}

/** Divides names by their length in an address. Each part begins with the ID, by which the parts are put together. */
function chunksOf(names: readonly string[], room: number): string[][] {
  const [id = 'ID', ...rest] = names;
  const parts: string[][] = [];
  let used = Infinity;
  for (const name of rest) {
    const length = encodeURIComponent(name).length + 1;
    if (used + length > room) {
      parts.push([id]);
      used = id.length;
    }
    parts.at(-1)?.push(name);
    used += length;
  }
  return parts.length === 0 ? [[id]] : parts;
}

/** Why the platform would refuse a write whatever its records are. */
function reasonAgainst({ wire, fields, lookUp }: Draft): string | undefined {
  if (lookUp?.kind === 'id' && lookUp.id === '')
    return `${wire.method} needs the ID of a record, so the platform would refuse it.`;
  if (fields === undefined)
    return 'The body is not one JSON object of fields, so the platform would refuse it.';
  if (fields.length === 0 && wire.method !== 'DELETE')
    return 'The body has no fields, so the platform would refuse it.';
  return undefined;
}

function planned(draft: Draft, found: Found | undefined): PlannedChange {
  const { wire: request, fields = [], lookUp } = draft;
  const refused = (reason: string, matches: readonly ApiRecord[] = [], shown = fields): PlannedChange => ({
    outcome: 'refused',
    request,
    fields: shown,
    reason,
    matches,
  });
  const against = reasonAgainst(draft);
  if (against !== undefined) return refused(against);
  if (found instanceof ApiError)
    return {
      outcome: 'unforeseen',
      request,
      fields,
      reason: `What this would change can’t be read. ${found.sentence}`,
      failure: found,
    };
  const matches = lookUp?.kind === 'id' ? ofId(found ?? [], lookUp.id) : (found ?? []);
  const [record] = matches;
  if (matches.length > 1) return refused(severalReason(matches), matches);
  if (record === undefined) {
    if (lookUp?.kind === 'id') return refused(noRecordReason(request.module, lookUp.id));
    const problem = problemOf(fields);
    return problem === undefined ? { outcome: 'create', request, fields } : refused(problem);
  }
  return ofRecord(draft, record, refused);
}

function ofRecord(
  { wire: request, fields = [] }: Draft,
  record: ApiRecord,
  refused: (reason: string, matches: readonly ApiRecord[], fields: readonly FieldChange[]) => PlannedChange,
): PlannedChange {
  const id = idOf(record);
  if (id === undefined)
    return {
      outcome: 'unforeseen',
      request,
      fields,
      reason: 'What this would change can’t be told: the platform returned a record without its ID.',
    };
  if (request.method === 'DELETE') return deletion(request, id, record);
  const compared = fields.map((field) => comparedWith(field, record));
  const problem = problemOf(compared);
  if (problem !== undefined) return refused(problem, [record], compared);
  const outcome = compared.some(({ changes }) => changes) ? 'update' : 'unchanged';
  return { outcome, request, fields: compared, id, record };
}

function comparedWith(field: FieldChange, record: ApiRecord): FieldChange {
  const before = memberNamed(record, field.name)?.value;
  return { ...field, before, changes: !sameValue(field.type, before, field.after) };
}

/** D: the first DELETE of a user marks it as deleted, the second removes it. */
function deletion(request: WireRequest, id: string, record: ApiRecord): PlannedChange {
  const status = memberNamed(record, 'Status')?.value;
  const isUser = nameKey(request.module) === 'user';
  if (isUser && status === undefined)
    return {
      outcome: 'unforeseen',
      request,
      fields: [],
      reason:
        'Whether this marks the user as deleted or removes it for good can’t be told: the platform does not show its Status.',
    };
  const step = isUser && nameKey(cellText(status)) !== 'deleted' ? 'mark' : 'remove';
  return { outcome: 'delete', step, request, fields: [], id, record };
}

/** The record of exactly that ID, else those of the same in another case. */
function ofId(records: readonly ApiRecord[], id: string): readonly ApiRecord[] {
  const exact = records.find((record) => idOf(record) === id);
  return exact === undefined ? records : [exact];
}

const problemOf = (fields: readonly FieldChange[]): string | undefined =>
  fields.find(({ problem }) => problem !== undefined)?.problem;

const noRecordReason = (module: string, id: string): string =>
  `${module} has no record with the ID “${id}”, or you may not see it. Check the ID.`;

/** So many records are named in a sentence. */
const NAMED = 5;

function severalReason(matches: readonly ApiRecord[]): string {
  const names = matches.slice(0, NAMED).map((record) => {
    const name = recordName(record);
    return name === undefined ? `ID ${idOf(record) ?? '?'}` : `${name} (ID ${idOf(record) ?? '?'})`;
  });
  const more = matches.length > NAMED ? `, and ${(matches.length - NAMED).toLocaleString('en-GB')} more` : '';
  return `${matches.length.toLocaleString('en-GB')} records meet the condition of $upsert, so the platform would refuse it: ${names.join(', ')}${more}. Write a condition that only one of them meets.`;
}
