/** What a write is going to do, in words: a sentence, and the label of the button that does it. */
import type { WireRequest } from '#language';
import type { ChangeState } from './change-source';
import type { PlannedChange } from './planned-change';
import { recordName } from './record-name';

/** Where it is done: in production, the button names the connection. */
interface Place {
  readonly name: string;
  readonly production: boolean;
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const at = (deed: string, { name, production }: Place): string => (production ? `${deed} on ${name}` : deed);

/** The label of the button that sends a change: `Change 2 Fields`. Undefined where the platform would refuse it. */
export function deedOf(change: PlannedChange, place: Place): string | undefined {
  const deed = deedOfOne(change);
  return deed === undefined ? undefined : at(deed, place);
}

function deedOfOne(change: PlannedChange): string | undefined {
  switch (change.outcome) {
    case 'create':
      return 'Create';
    case 'update':
      return `Change ${counted(change.fields.filter(({ changes }) => changes).length, 'Field', 'Fields')}`;
    case 'unchanged':
      return 'Send Anyway';
    case 'delete':
      return change.step === 'mark' ? 'Mark as Deleted' : 'Delete for Good';
    case 'refused':
      return undefined;
    case 'unforeseen':
      return `${verbOf(change.request)} Without Preview`;
  }
}

/** The label of the button that sends many changes: `Create 12, Change 40`. Undefined where none of them can be sent. */
export function deedOfMany(
  counts: Readonly<Partial<Record<ChangeState, number>>>,
  place: Place,
): string | undefined {
  const { create = 0, update = 0, unforeseen = 0 } = counts;
  const parts = [
    ...(create === 0 ? [] : [`Create ${create.toLocaleString('en-GB')}`]),
    ...(update === 0 ? [] : [`Change ${update.toLocaleString('en-GB')}`]),
    ...(counts.delete === undefined || counts.delete === 0
      ? []
      : [`Delete ${counts.delete.toLocaleString('en-GB')}`]),
    ...(unforeseen === 0 ? [] : [`Send ${unforeseen.toLocaleString('en-GB')} Without Preview`]),
  ];
  return parts.length === 0 ? undefined : at(parts.join(', '), place);
}

/** `Create`, `Change`, `Create or Change`, `Delete`: what can be said of a request before anything is read. */
function verbOf({ method, query }: WireRequest): string {
  switch (method) {
    case 'POST':
      return isUpsert({ query }) ? 'Create or Change' : 'Create';
    case 'PUT':
      return 'Change';
    case 'DELETE':
      return 'Delete';
    case 'GET':
      return 'Read';
  }
}

const isUpsert = ({ query }: Pick<WireRequest, 'query'>): boolean =>
  query.some(({ name }) => name === '$upsert');

/** `Change User 1027`: of a tab, a page, an entry of a list. */
export function titleOf({ outcome, request, ...change }: PlannedChange): string {
  const id = 'id' in change ? change.id : request.id;
  const done = { create: 'Create', update: 'Change', unchanged: 'Change', delete: 'Delete' } as const;
  const verb = outcome === 'refused' || outcome === 'unforeseen' ? verbOf(request) : done[outcome];
  return `${verb} ${request.module}${id === undefined ? '' : ` ${id}`}`;
}

/** `User 1027 (Anna Smith)`. */
export function recordIn({ request, id, record }: Extract<PlannedChange, { readonly id: string }>): string {
  const name = recordName(record);
  return `${request.module} ${id}${name === undefined || name === id ? '' : ` (${name})`}`;
}

/** What it does, in a sentence or two; foreign text in it is not harmless yet. */
export function sentenceOf(change: PlannedChange): string {
  const { request, fields } = change;
  switch (change.outcome) {
    case 'create':
      return isUpsert(request)
        ? `No record meets the condition of $upsert, so this creates a record of ${request.module}.`
        : `This creates a record of ${request.module}.`;
    case 'update': {
      const changed = fields.filter(({ changes }) => changes).length;
      const rest = fields.length - changed;
      const same = rest === 0 ? '' : ` ${counted(rest, 'field has', 'fields have')} the value already.`;
      return `${onlyMatch(change)}This changes ${counted(changed, 'field', 'fields')} of ${recordIn(change)}.${same}`;
    }
    case 'unchanged':
      return `${onlyMatch(change)}${recordIn(change)} has these values already, so sending this changes nothing.`;
    case 'delete':
      return change.step === 'mark'
        ? `This marks ${recordIn(change)} as deleted. A second DELETE would remove the record for good.`
        : `This deletes ${recordIn(change)} for good. The API can’t bring it back.`;
    case 'refused':
      return change.reason;
    case 'unforeseen':
      return `${change.reason} It can be sent without a preview.`;
  }
}

const onlyMatch = ({ request }: PlannedChange): string =>
  isUpsert(request) ? 'One record meets the condition of $upsert. ' : '';
