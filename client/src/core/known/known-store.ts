/**
 * What was learnt, on the disk: a private file for each connection and its user, in the user’s own storage. Windows that
 * write the same file at once do not lose each other’s values.
 */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../files/file-error';
import { OutputFile } from '../files/output-file';
import { type Log, silent } from '../text/log';
import { nameKey } from '../text/names';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';
import { byFrequency, type LearntField, mergeFields, withoutOld } from './learnt-field';
import { MOST_VALUES } from './limits';
import { People } from './people';
import { byTodaysRules, RULES, withoutPeople } from './review';

/** What one file holds at most; what was learnt longest ago goes first. */
const MOST_BYTES = 500_000;
const MOST_OF_MODULE = 2000;
/** How long a write waits for another window’s. */
const PATIENCE_MS = 10_000;

/** What a file holds that does not exist. */
const NOTHING = { fields: [], rules: RULES } as const;

/** Behind the name of a file that was set aside. */
const DAMAGED = '.damaged';

/**
 * The key of the file to which a name belongs: it is its own, or that of what was set aside, or of what a write left that
 * was killed. Undefined for locks and whatever else stands there.
 */
const keyIn = (name: string): string | undefined =>
  /^\.?([^.]+)\.json(?:\.damaged|\.[\da-f-]+\.tmp)?$/.exec(name)?.[1];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.string(), v.isoTimestamp());
const value = v.object({ value: v.string(), count, seenAt: time });
const field = v.object({
  module: v.pipe(v.string(), v.minLength(1)),
  field: v.pipe(v.string(), v.minLength(1)),
  values: v.pipe(v.array(value), v.maxLength(MOST_VALUES)),
  records: count,
  part: v.boolean(),
  learntAt: time,
  refused: v.exactOptional(v.picklist(['personal', 'secret', 'free text', 'no list', 'many'])),
});
const file = v.object({
  version: v.literal(1),
  /** By which rules they were learnt; before there was a number, by older ones. */
  rules: v.optional(count, 0),
  fields: v.array(field),
});

/** What is known of a platform’s fields, by `keyOfField`. */
export type LearntFields = ReadonlyMap<string, LearntField>;

/** The same for a module and a field in any case. */
export const keyOfField = ({ module, field }: Pick<LearntField, 'module' | 'field'>): string =>
  `${nameKey(module)}\n${nameKey(field)}`;

/** How more is added to what is known. */
export interface Adding {
  readonly now: Date;
  /** True where what a field was refused for before does not hold any more. */
  readonly anew?: boolean;
  /** Values that name one of them are left out. */
  readonly people?: People;
}

/** Returns what is known after more was learnt: bounded, without what is too old and without people. */
export function mergeLearnt(
  before: Iterable<LearntField>,
  more: Iterable<LearntField>,
  { now, anew = false, people = new People() }: Adding,
): LearntFields {
  const found = new Map(Array.from(before, (each) => [keyOfField(each), each]));
  for (const each of more) {
    const known = found.get(keyOfField(each));
    found.set(keyOfField(each), mergeFields(anew && known?.refused !== undefined ? undefined : known, each));
  }
  const kept = [...found.values()].flatMap((each) => withoutOld(each, now) ?? []);
  return bounded(kept.map((each) => withoutPeople(each, people)));
}

function bounded(fields: readonly LearntField[]): LearntFields {
  const perModule = new Map<string, number>();
  let bytes = 0;
  const kept = [...fields]
    .sort((a, b) => Date.parse(b.learntAt) - Date.parse(a.learntAt))
    .filter((each) => {
      const key = nameKey(each.module);
      const held = (perModule.get(key) ?? 0) + each.values.length;
      bytes += Buffer.byteLength(writeJson(each)) + 1;
      if (held > MOST_OF_MODULE || bytes > MOST_BYTES) return false;
      perModule.set(key, held);
      return true;
    });
  return new Map(kept.map((each) => [keyOfField(each), each]));
}

export class KnownStore {
  constructor(
    private readonly folder: string,
    private readonly log: Log = silent,
  ) {}

  /**
   * Returns what a file holds; nothing where there is none. One that can’t be read is set aside; one that was written by
   * older rules is written anew without what today’s leave out. Never throws.
   */
  async read(key: string, now: Date): Promise<readonly LearntField[]> {
    const { fields, rules } = await this.#read(key);
    if (rules === RULES) return fields;
    // Whoever writes to it does the same.
    await this.add(key, [], { now }).catch((error: unknown) => this.#tell(error));
    return fields;
  }

  async #read(key: string): Promise<{ readonly fields: readonly LearntField[]; readonly rules: number }> {
    const path = this.#pathOf(key);
    try {
      const { fields, rules } = v.parse(file, readJson(await readFile(path, 'utf8')));
      const passing = rules === RULES ? fields : fields.flatMap((each) => byTodaysRules(each) ?? []);
      const sorted = passing.map((each) => ({ ...each, values: [...each.values].sort(byFrequency) }));
      return { fields: sorted, rules };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return NOTHING;
      this.log.error(
        `The learnt values in ${path} can’t be read, so they are set aside and learnt anew: ${error instanceof v.ValiError || error instanceof SyntaxError ? 'the file is damaged' : String(error)}.`,
      );
      await rename(path, `${path}${DAMAGED}`).catch(() => undefined);
      return NOTHING;
    }
  }

  /** Adds to what the file holds by now, and returns all of it. Throws where it can’t be written. */
  async add(key: string, more: Iterable<LearntField>, adding: Adding): Promise<LearntFields> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const output = await OutputFile.create(this.#pathOf(key), { waitMs: PATIENCE_MS, mode: 0o600 });
    try {
      const all = mergeLearnt((await this.#read(key)).fields, more, adding);
      await output.write(writeJson({ version: 1, rules: RULES, fields: [...all.values()] }));
      await output.keep();
      return all;
    } catch (error) {
      await output.discard();
      throw error;
    }
  }

  /** Deletes a file, and whatever is left of it. Never throws. */
  async forget(key: string): Promise<void> {
    for (const name of await this.#names()) if (keyIn(name) === key) await this.#remove(name);
  }

  /** Deletes all files but those with these keys, as nobody can reach them any more. Leaves those alone that were written after `until`. Never throws. */
  async keepOnly(keys: ReadonlySet<string>, until = Number.POSITIVE_INFINITY): Promise<void> {
    for (const name of await this.#names()) {
      const key = keyIn(name);
      if (key === undefined || (keys.has(key) && !name.endsWith(DAMAGED))) continue;
      const written = (await stat(join(this.folder, name)).catch(() => undefined))?.mtimeMs ?? 0;
      if (written <= until || name.endsWith(DAMAGED)) await this.#remove(name);
    }
  }

  async #names(): Promise<string[]> {
    return readdir(this.folder).catch((): string[] => []);
  }

  async #remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true }).catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): void {
    this.log.error(`Learnt values can’t be deleted or written anew in ${this.folder}: ${String(error)}`);
  }

  #pathOf(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}
