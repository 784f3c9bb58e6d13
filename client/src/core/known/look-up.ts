/** Looking values up: asks the platform for a few pages of one field, and says in a sentence what came of it. */
import { type FieldType, PAGE_SIZE, type WireRequest } from '#language';
import type { ApiClient } from '../remote/api';
import { type FetchOptions, fetchPages } from '../running/fetch-pages';
import { AnswerLearner, type KnownFields } from './learn';
import type { LearntField } from './learnt-field';
import { limitsOfField } from './limits';
import type { People } from './people';
import { isUnlearnt, sortOfField, type Unlearnt } from './personal';

/** So many pages are asked for: enough for a list, and no burden. */
const PAGES = 5;

/** What is looked up. */
export interface Wanted {
  readonly module: string;
  readonly field: string;
  /** The fields of the module, as far as the metadata is known. */
  readonly fields: KnownFields;
  /** Those whom other answers of the platform named. */
  readonly people?: People;
}

/** What came of it: what is to be remembered, if anything, and a sentence for the user. */
export interface LookedUp {
  readonly learnt: LearntField | undefined;
  readonly sentence: string;
}

/** Why a field is not looked up; undefined where it may be. */
export function refusalOf({ module, field, fields }: Wanted): string | undefined {
  const type: FieldType | undefined = fields.find(({ name }) => name === field)?.type;
  const sort = sortOfField(module, field, type);
  return isUnlearnt(sort) ? `${field} is not looked up: ${WHY[sort]}.` : undefined;
}

const WHY = {
  personal: 'its values may be about people, and those are never kept',
  secret: 'its values may be secret, and those are never kept',
  'free text': 'it holds free text, which is no list to choose from',
  'no list': 'its values are dates, amounts, IDs or the like, and no list to choose from',
} as const satisfies Record<Unlearnt, string>;

/** Asks the platform. Throws `ApiError`; when it is cancelled, nothing was learnt. */
export async function lookUp(
  client: ApiClient,
  wanted: Wanted,
  options: Pick<FetchOptions, 'signal' | 'onRetry' | 'onWait' | 'concurrency'> & {
    readonly onPage?: (records: number) => void;
  } = {},
  now: () => Date = () => new Date(),
): Promise<LookedUp> {
  const { onPage, ...fetching } = options;
  const request = requestFor(wanted);
  const learner = new AnswerLearner(request, wanted.fields, wanted.people);
  let records = 0;
  const learning = {
    take: (page: Parameters<AnswerLearner['take']>[0]) => learner.take(page),
    end: () => undefined,
  };
  const { extent } = await fetchPages(
    client,
    request,
    (page) => {
      records += page.records.length;
      onPage?.(records);
    },
    { ...fetching, pages: PAGES, learning },
  );
  if (extent.kind === 'stopped') throw extent.error;
  const [learnt] = learner.learnt(now()).filter(({ field }) => field === wanted.field);
  return { learnt, sentence: sentenceOf(wanted, learnt, records) };
}

/** The ID tells records apart that have the same value. */
function requestFor({ module, field, fields }: Wanted): WireRequest {
  const id = fields.find(({ name }) => name.toLowerCase() === 'id')?.name;
  const select = id === undefined || id === field ? field : `${id},${field}`;
  return {
    method: 'GET',
    module,
    unlogged: true,
    query: [
      { name: '$select', value: select },
      { name: '$top', value: String(PAGE_SIZE) },
    ],
  };
}

function sentenceOf({ module, field }: Wanted, learnt: LearntField | undefined, records: number): string {
  const from = `${records.toLocaleString('en-GB')} ${records === 1 ? 'record' : 'records'}`;
  if (records === 0) return `No values of ${field}: the platform returned no records of ${module}.`;
  if (learnt === undefined)
    return `No values of ${field} were learnt from ${from}: they are empty, or hardly any comes twice, so they are no list to choose from.`;
  switch (learnt.refused) {
    case undefined: {
      const { length } = learnt.values;
      return `${length} ${length === 1 ? 'value' : 'values'} of ${field} from ${from}.`;
    }
    case 'many':
      return `No values of ${field} were learnt from ${from}: there are more than ${limitsOfField({ module, field }).different} different ones, so it is a text to search for.`;
    default:
      return `No values of ${field} were learnt from ${from}: ${WHY[learnt.refused]}.`;
  }
}
