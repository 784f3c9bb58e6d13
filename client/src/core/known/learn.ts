/** Counts the values of fields while the records of an answer pass, in little memory: see `personal.ts` for what is left out. */
import type { FieldInfo, WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { ByName, nameKey } from '../text/names';
import { kindOf } from '../values/kind-of';
import { byFrequency, type LearntField, type LearntValue, refusedField } from './learnt-field';
import { type Limits, limitsOf } from './limits';
import type { Listed } from './names-of-people';
import { People } from './people';
import { isUnlearnt, type Naming, namingOf, sortOfField, sortOfLearnt, type Unlearnt } from './personal';
import { withoutPeople } from './review';

/** So many records say enough about how often a value comes. */
const MOST_RECORDS = 20_000;
/** More fields than any module has: what an answer may make to be counted is limited. */
const MOST_FIELDS = 1000;

/** The fields of a module, as far as the metadata tells. */
export type KnownFields = readonly Pick<FieldInfo, 'name' | 'type' | 'values'>[];

/** How one field stands while it is counted. */
interface Counting {
  readonly name: string;
  readonly sort: Listed;
  readonly limits: Limits;
  /** Those that the platform itself lists. */
  readonly listed: ReadonlySet<string>;
  readonly counts: Map<string, number>;
  /** Values that were looked at and may not be learnt, so that they are looked at once. */
  readonly skipped: Set<string>;
  /** Records with a value. */
  filled: number;
  refused: Unlearnt | 'many' | undefined;
}

/** The answer to one request. */
export class AnswerLearner {
  /** By the member's name; null: nothing more is learnt of it. */
  readonly #members = new Map<string, Counting | Naming | null>();
  readonly #fields: ByName<KnownFields[number]>;
  readonly #isFiltered: boolean;
  readonly #ordered: ReadonlySet<string>;
  #live: readonly Counting[] | undefined;
  #records = 0;
  /** Those whom the answer names. */
  readonly people = new People();

  /** `fields`: of the module, from the metadata; undefined where it has none. `known`: people of other answers. */
  constructor(
    private readonly request: Pick<WireRequest, 'module' | 'query'>,
    fields: KnownFields = [],
    private readonly known = new People(),
  ) {
    this.#fields = new ByName(fields);
    this.#isFiltered = request.query.some(({ name, value }) => name === '$filter' && value.trim() !== '');
    this.#ordered = orderedFields(request);
  }

  /** Counts the records of a page; cheap once enough came. */
  take(records: readonly ApiRecord[]): void {
    for (const record of records) {
      if (this.#records >= MOST_RECORDS) return;
      this.#records++;
      let parts = '';
      for (const [name, value] of Object.entries(record)) {
        let member = this.#members.get(name);
        if (member === undefined) {
          member = this.#begin(name);
          this.#members.set(name, member);
        }
        if (member === null) continue;
        if (member === 'part') parts += `${cellText(value)} `;
        else if (typeof member === 'string') this.#meet(member, value);
        else {
          count(member, value);
          if (member.refused !== undefined) this.#members.set(name, null);
        }
      }
      if (parts !== '') this.people.meet(parts);
    }
  }

  #meet(naming: Naming, value: unknown): void {
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const text of texts)
      if (typeof text === 'string') this.people.meet(naming === 'whole' ? text : nameInAddress(text));
  }

  #begin(name: string): Counting | Naming | null {
    if (this.#members.size >= MOST_FIELDS) return null;
    const known = this.#fields.get(name);
    const field = known?.name ?? name;
    const sort = sortOfField(this.request.module, field, known?.type);
    if (isUnlearnt(sort)) return namingOf(this.request.module, field) ?? null;
    const counting: Counting = {
      ...{ name: field, sort, limits: limitsOf(sort), listed: new Set(known?.values) },
      ...{ counts: new Map(), skipped: new Set(), filled: 0, refused: undefined },
    };
    this.#live = [...(this.#live ?? []), counting];
    return counting;
  }

  /** Returns what was learnt: fields that repeat, and those that turned out to be no lists. `at`: when the answer came. */
  learnt(at: Date): LearntField[] {
    const learntAt = at.toISOString();
    return (this.#live ?? []).flatMap((counting) => this.#fieldOf(counting, learntAt) ?? []);
  }

  #fieldOf(counting: Counting, learntAt: string): LearntField | undefined {
    const { name: field, counts, skipped, filled, refused, limits } = counting;
    const { module } = this.request;
    if (refused !== undefined) return refusedField({ module, field, learntAt }, refused);
    const different = counts.size + skipped.size;
    if (skipped.size * limits.mostly > different)
      return refusedField({ module, field, learntAt }, 'personal');
    const values: LearntValue[] = Array.from(counts, ([value, times]) => ({
      ...{ value, count: times, seenAt: learntAt },
    })).filter((each) => each.count >= limits.least);
    if (values.length === 0 || different * limits.repeated > filled) return undefined;
    values.sort(byFrequency);
    const learnt: LearntField = {
      module,
      field,
      values,
      records: this.#records,
      part: this.#isFiltered || this.#ordered.has(nameKey(field)),
      learntAt,
    };
    return withoutPeople(withoutPeople(learnt, this.people), this.known);
  }
}

/** `zorblax.quindle@mail.example` → zorblax quindle; nothing where the address begins with one word, as `info@` does. */
function nameInAddress(address: string): string {
  const local = address.slice(0, Math.max(0, address.indexOf('@')));
  return /[._]/.test(local) ? local.replace(/[._\d]+/g, ' ') : '';
}

/** Counts a value of a record, in all its parts where it is a list. */
function count(counting: Counting, value: unknown): void {
  switch (kindOf(value)) {
    case 'text':
    case 'number':
    case 'exact':
      if (countText(counting, cellText(value))) counting.filled++;
      return;
    case 'list': {
      const items: readonly unknown[] = Array.isArray(value) ? value : [];
      let any = false;
      for (const item of new Set(items))
        if (typeof item === 'string') any = countText(counting, item) || any;
        else if (kindOf(item) === 'object') counting.refused = 'no list';
      if (any) counting.filled++;
      return;
    }
    case 'object':
      counting.refused = 'no list';
      return;
    default:
  }
}

/** Returns whether there was a text. */
function countText(counting: Counting, written: string): boolean {
  const { name, sort, listed, limits, counts, skipped } = counting;
  const known = counts.get(written);
  if (known !== undefined) {
    counts.set(written, known + 1);
    return true;
  }
  if (written.trim() === '') return false;
  if (skipped.has(written)) return true;
  const found = listed.has(written) ? 'learn' : sortOfLearnt(name, written, sort);
  if (found === 'learn') counts.set(written, 1);
  else if (found === 'skip') skipped.add(written);
  else refuse(counting, found);
  if (counts.size + skipped.size > limits.different) refuse(counting, 'many');
  return true;
}

function refuse(counting: Counting, why: Unlearnt | 'many'): void {
  counting.refused = why;
  counting.counts.clear();
  counting.skipped.clear();
}

/** The names by which the request orders: what comes first is only the first of their values. Names more than fields, never fewer. */
function orderedFields({ query }: Pick<WireRequest, 'query'>): ReadonlySet<string> {
  const names = query
    .filter(({ name }) => name === '$orderby')
    .flatMap(({ value }) => value.match(/[\p{L}\p{N}_]+/gu) ?? []);
  return new Set(names.map(nameKey));
}
