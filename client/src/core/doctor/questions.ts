/** What a probe asks with: the inquiry, what is known of the records, and what was found before. */
import type { PlatformTraits, QueryParameter } from '#language';
import { type Ground, query } from './ground';
import type { Answer, Inquiry } from './inquiry';

/** Nothing that may be read is fit for a question. `message`: the sentence about it. */
export class Unfit extends Error {}

export class Questions {
  constructor(
    readonly inquiry: Inquiry,
    readonly ground: Ground,
    /** What earlier probes found. */
    readonly found: PlatformTraits,
  ) {}

  get main(): NonNullable<Ground['main']> {
    return this.fit(this.ground.main, 'a module with enough records that it finds by ID');
  }

  /** Returns what a question needs. Throws `Unfit` where there is none. */
  fit<T>(value: T | undefined, what: string): T {
    if (value === undefined) throw new Unfit(`Among the modules that were tried there is not ${what}.`);
    return value;
  }

  /** Asks which records meet a filter; of the main module, where none is named. */
  async filter(filter: string, module = this.main.module): Promise<Answer> {
    return this.inquiry.records(module, query(filter));
  }

  /** Asks for the IDs of some records of a module. */
  async ids(module: string, ...parameters: readonly (readonly [string, string | number])[]): Promise<Answer> {
    const rest: QueryParameter[] = parameters.map(([name, value]) => ({ name, value: String(value) }));
    return this.inquiry.records(module, [{ name: '$select', value: 'ID' }, ...rest]);
  }
}
