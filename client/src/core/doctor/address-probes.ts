/** What an address may hold, how long it may be, and what the headers of the answers tell. */
import type { Traits } from '#language';
import { findEdge } from './edge';
import { query } from './ground';
import type { Answer } from './inquiry';
import { brings, known, type Outcome, undecided, unknown } from './outcome';
import type { Questions } from './questions';

export async function unknownSelect(ask: Questions): Promise<Outcome<Traits['unknownSelect']>> {
  const answer = await ask.inquiry.records(ask.main.module, [
    { name: '$select', value: 'ID,ApqNoSuchField' },
    { name: '$top', value: '1' },
  ]);
  if (answer.kind === 'refused') return known('refused');
  return answer.kind === 'records' && answer.records.length === 1 ? known('ignored') : undecided(answer);
}

export async function plus(ask: Questions): Promise<Outcome<Traits['plus']>> {
  const { module, ids } = ask.main;
  const answer = await ask.inquiry.records(module, query(`ID eq '${ids[0]}'`), '+');
  if (brings(answer, [ids[0]])) return known('space');
  return answer.kind === 'refused' ? known('plus') : undecided(answer);
}

/** Servers commonly end at 2,048, 4,096 or 8,192 characters; nothing that APQ writes is longer than this. */
const MOST_CHARACTERS = 8000;
const FEW_CHARACTERS = 500;

/** Statuses that are about length and nothing else. */
const TOO_LONG: ReadonlySet<number | undefined> = new Set([413, 414, 431]);
/** Statuses by which some servers refuse a long address, but which may have another reason. */
const MAYBE_TOO_LONG: ReadonlySet<number | undefined> = new Set([400, 404]);

/** How an address is made longer: by a value that no record has, or by spaces. */
const PADDINGS = [
  (id: string, size: number) => `ID eq '${id}' or ID eq '${'x'.repeat(size)}'`,
  (id: string, size: number) => `ID eq '${id}'${' '.repeat(Math.ceil(size / '%20'.length))}`,
] as const;

export async function longestAddress(ask: Questions): Promise<Outcome<Traits['longestAddress']>> {
  const { module, ids } = ask.main;
  const [id] = ids;
  const answerAt = async (length: number, padding: (typeof PADDINGS)[number]): Promise<Answer> => {
    const missing = length - ask.inquiry.lengthOf(module, query(padding(id, 0)));
    return ask.inquiry.records(module, query(padding(id, Math.max(0, missing))));
  };
  const [byValue, bySpaces] = PADDINGS;
  let odd: Answer | undefined;
  let isLength = false;
  const edge = await findEdge(FEW_CHARACTERS, MOST_CHARACTERS, async (length) => {
    const answer = await answerAt(length, byValue);
    if (brings(answer, [id])) return true;
    const status = answer.kind === 'records' ? undefined : answer.status;
    if (TOO_LONG.has(status)) return false;
    if (MAYBE_TOO_LONG.has(status)) {
      // It is the length where an address that is as long for another reason is refused as well.
      isLength ||= !brings(await answerAt(length, bySpaces), [id]);
      if (isLength) return false;
    }
    odd = answer;
    return undefined;
  });
  if ('most' in edge) return known(edge.most);
  if ('none' in edge) return known('none');
  if ('refused' in edge) return unknown(`Even ${edge.refused} characters were refused.`);
  return odd === undefined ? unknown('No answer was clear.') : undecided(odd);
}

/** `X-RateLimit-Remaining`, `RateLimit-Reset` and the like, from all answers so far. */
const ALLOWANCE = /^(?:x-)?rate-?limit-(limit|remaining|reset)$/;

export async function rateLimit({ inquiry }: Questions): Promise<Outcome<Traits['rateLimit']>> {
  const found: { limit?: string; remaining?: string; reset?: string } = {};
  for (const [name, value] of inquiry.headers) {
    const what = ALLOWANCE.exec(name)?.[1];
    if ((what === 'limit' || what === 'remaining' || what === 'reset') && /^\d/.test(value))
      found[what] = name;
  }
  return Promise.resolve(known(found));
}
