/** The values that are known of each connection: learnt from answers as they pass, kept in the store, gathered before both. */
import type { WireRequest } from '#language';
import type { Connection } from '../connections/connection';
import type { Learning } from '../remote/api';
import { type Log, silent } from '../text/log';
import { keyOfField, type KnownStore, type LearntFields, mergeLearnt } from './known-store';
import { AnswerLearner, type KnownFields } from './learn';
import type { LearntField } from './learnt-field';
import { People } from './people';
import { withoutPeople } from './review';

export interface KnownValuesOptions {
  readonly store: KnownStore;
  /**
   * Names the file of a connection: another one for each user and address. `memory`: nothing of it is kept on the disk.
   * Undefined: nobody is signed in. Throws where that can’t be found out.
   */
  readonly keyOf: (connection: Connection) => Promise<string | undefined>;
  /** The fields of a module, as far as the metadata is known. */
  readonly fieldsOf: (connection: Connection, module: string) => KnownFields | undefined;
  /** The user’s setting. */
  readonly learns: () => boolean;
  /** Called when other values of a connection are known; `anew`: as it has another user by now, or another window forgot all. */
  readonly changed: (connection: Connection, anew: boolean) => void;
  readonly log?: Log;
  readonly now?: () => Date;
}

/** The key of what is not kept on the disk. */
export const IN_MEMORY = 'memory';

/** Answers that come within this time are written and told together. */
export const GATHER_MS = 1000;

/** A file that is as old is of no connection that is being added just now. */
const SETTLED_MS = 24 * 60 * 60_000;

/** One connection, as long as its user and address stay the same. */
interface Known {
  readonly connection: Connection;
  /** Undefined: nobody is signed in. */
  readonly key: Promise<string | undefined>;
  readonly loaded: Promise<void>;
  fields: LearntFields;
  /** What is not written yet. */
  fresh: LearntFields;
  /** Those whom answers named: never on the disk. */
  people: People;
  /** Answers that ended, of which it is being found out whose they are. */
  adding: Promise<unknown>;
  /** How often it was forgotten. */
  forgotten: number;
  timer: NodeJS.Timeout | undefined;
  work: Promise<void>;
}

/**
 * One user on a connection, from the moment when something is asked for: what comes of it may be remembered only while
 * that user is signed in, whichever window signed somebody else in, and while nothing was forgotten.
 */
export interface Stay {
  /** Does the work, at once after it was seen that the stay lasts; returns whether it did. Never throws by itself. */
  within(work: () => void): Promise<boolean>;
}

const NOTHING: LearntFields = new Map();

export class KnownValues {
  readonly #known = new Map<string, Known>();
  readonly #log: Log;
  readonly #now: () => Date;

  constructor(private readonly options: KnownValuesOptions) {
    this.#log = options.log ?? silent;
    this.#now = options.now ?? (() => new Date());
  }

  /** What is known of a connection by now. */
  of(connection: Connection): readonly LearntField[] {
    if (!this.options.learns()) return [];
    const known = this.#known.get(connection.id);
    return known?.connection.root === connection.root ? [...known.fields.values()] : [];
  }

  /** What is known of one field; names match in any case. */
  field(connection: Connection, module: string, field: string): LearntField | undefined {
    const known = this.options.learns() ? this.#known.get(connection.id) : undefined;
    return known?.connection.root === connection.root
      ? known.fields.get(keyOfField({ module, field }))
      : undefined;
  }

  /** Those whom answers of a connection named, to look up no value that names them. */
  peopleOf(connection: Connection): People {
    return this.#knownOf(connection).people;
  }

  /** To be called before anything is asked for that is to be remembered. */
  stay(connection: Connection): Stay {
    const known = this.#knownOf(connection);
    const { forgotten } = known;
    const began = this.options.keyOf(connection).catch(() => undefined);
    return {
      within: async (work) => {
        const key = await began;
        if (key === undefined || key !== (await known.key) || !(await this.#isSameUser(known))) return false;
        if (!this.#isCurrent(known, forgotten)) return false;
        work();
        return true;
      },
    };
  }

  #isCurrent(known: Known, forgotten: number): boolean {
    return known.forgotten === forgotten && this.#known.get(known.connection.id) === known;
  }

  /** Asks anew: another window may have signed somebody else in. */
  async #isSameUser(known: Known): Promise<boolean> {
    const now = await this.options.keyOf(known.connection).catch(() => undefined);
    return now !== undefined && now === (await known.key);
  }

  /** Learns from the answer to a request; undefined where nothing may be learnt of it. */
  learning(connection: Connection, request: WireRequest): Learning | undefined {
    const { method, endpoint = 'data', module } = request;
    if (method !== 'GET' || endpoint !== 'data' || !this.options.learns()) return undefined;
    const known = this.#knownOf(connection);
    const stay = this.stay(connection);
    const learner = new AnswerLearner(request, this.options.fieldsOf(connection, module), known.people);
    return {
      take: (records) => learner.take(records),
      end: () => {
        const adding = this.#add(known, stay, learner);
        known.adding = Promise.all([known.adding, adding]);
      },
    };
  }

  /**
   * Takes what was looked up in a stay: a field that was no list before may be one now. Settles when it is kept.
   */
  async lookedUp(connection: Connection, stay: Stay, learnt: LearntField): Promise<void> {
    const known = this.#knownOf(connection);
    await this.#flush(known);
    await known.loaded;
    let work: Promise<void> | undefined;
    await stay.within(() => {
      if (this.options.learns()) work = this.#write(known, [learnt], true);
    });
    await work;
  }

  /** To be called at the start, and when connections or their users changed: what nobody can reach any more is deleted. */
  async follow(connections: readonly Connection[]): Promise<void> {
    for (const { connection } of this.#known.values())
      if (!connections.some(({ id }) => id === connection.id)) {
        await this.#leave(connection.id);
        this.options.changed(connection, true);
      }
    const keys = new Set<string>();
    try {
      for (const connection of connections) {
        const key = await this.options.keyOf(connection);
        if (key !== undefined) keys.add(key);
        const known = this.#known.get(connection.id);
        const same = known?.connection.root === connection.root && (await known.key) === key;
        if (!same) await this.#leave(connection.id);
        const followed = this.#knownOf(connection);
        await followed.loaded;
        if (!same) this.options.changed(connection, true);
      }
    } catch (error) {
      // Without the keys nobody can tell what is out of reach.
      this.#log.error(`Learnt values: ${String(error)}`);
      return;
    }
    // Another window may just have begun with a connection that this one does not know yet.
    await this.options.store.keepOnly(keys, this.#now().getTime() - SETTLED_MS);
  }

  /** Forgets what is known of one connection, or of all, here and on the disk. What is under way is forgotten, too. */
  async forget(connection?: Connection): Promise<void> {
    const all = connection === undefined ? [...this.#known.values()] : [this.#knownOf(connection)];
    for (const known of all) {
      known.forgotten++;
      known.fields = known.fresh = NOTHING;
      known.people = new People();
    }
    if (connection === undefined) await this.options.store.keepOnly(new Set());
    for (const known of all) {
      await known.loaded;
      const key = await known.key;
      await this.#next(known, async () => {
        if (key !== undefined && key !== IN_MEMORY) await this.options.store.forget(key);
        known.fields = NOTHING;
      });
      this.options.changed(known.connection, false);
    }
  }

  /** Reads again what other windows may have learnt or forgotten meanwhile, or whom they signed in. */
  async reload(): Promise<void> {
    await this.flush();
    for (const known of [...this.#known.values()]) {
      if ((await known.key) !== undefined && !(await this.#isSameUser(known))) await this.#changeUser(known);
      else {
        const before = [...known.fields.keys()];
        await this.#next(known, async () => this.#load(known, await known.key));
        const isForgotten = before.length > 0 && !before.some((each) => known.fields.has(each));
        if (isForgotten) known.people = new People();
        this.options.changed(known.connection, isForgotten);
      }
    }
  }

  async #changeUser(known: Known): Promise<void> {
    const { connection } = known;
    if (this.#known.get(connection.id) !== known) return;
    await this.#leave(connection.id);
    await this.#knownOf(connection).loaded;
    this.options.changed(connection, true);
  }

  /** Writes what is not written yet; settles when it is written, and what was being written before. */
  async flush(): Promise<void> {
    for (const known of this.#known.values()) {
      await known.adding;
      await this.#flush(known);
      await known.work;
    }
  }

  dispose(): void {
    void this.flush();
  }

  #knownOf(connection: Connection): Known {
    const found = this.#known.get(connection.id);
    if (found?.connection.root === connection.root) return found;
    if (found !== undefined) void this.#leave(connection.id);
    const key = this.options.keyOf(connection).catch(() => undefined);
    const known: Known = {
      ...{ connection, key, loaded: key.then(async (name) => this.#load(known, name)) },
      ...{
        fields: NOTHING,
        fresh: NOTHING,
        people: new People(),
        forgotten: 0,
        adding: Promise.resolve(),
        timer: undefined,
        work: Promise.resolve(),
      },
    };
    this.#known.set(connection.id, known);
    return known;
  }

  async #load(known: Known, key: string | undefined): Promise<void> {
    if (key === undefined || key === IN_MEMORY) return;
    const now = this.#now();
    const stored = await this.options.store.read(key, now);
    known.fields = mergeLearnt(stored, [], { now, people: known.people });
  }

  /** Somebody else uses the connection from now on, or nobody: what was learnt is deleted. */
  async #leave(id: string): Promise<void> {
    const known = this.#known.get(id);
    if (known === undefined) return;
    clearTimeout(known.timer);
    this.#known.delete(id);
    const key = await known.key;
    if (key !== undefined && key !== IN_MEMORY)
      await this.#next(known, async () => this.options.store.forget(key));
  }

  async #add(known: Known, stay: Stay, learner: AnswerLearner): Promise<void> {
    const learnt = learner.learnt(this.#now());
    if (learnt.length === 0 && learner.people.isEmpty) return;
    await known.loaded;
    await stay.within(() => {
      if (!this.options.learns()) return;
      const news = known.people.add(learner.people);
      // What names somebody who was not known before is learnt anew, without them.
      const named = [...known.fields.values()].filter((each) => withoutPeople(each, news) !== each);
      const adding = { now: this.#now(), people: known.people };
      known.fresh = mergeLearnt(known.fresh.values(), [...learnt, ...named], adding);
      if (known.fresh.size > 0) known.timer ??= setTimeout(() => void this.#flush(known), GATHER_MS);
    });
  }

  async #flush(known: Known): Promise<void> {
    clearTimeout(known.timer);
    known.timer = undefined;
    const { fresh } = known;
    known.fresh = NOTHING;
    if (fresh.size > 0 && this.options.learns()) await this.#write(known, [...fresh.values()]);
  }

  /** Meanwhile somebody else may have signed in, here or in another window, or all may have been forgotten. */
  async #write(known: Known, learnt: readonly LearntField[], anew = false): Promise<void> {
    const { forgotten } = known;
    await this.#next(known, async () => {
      await known.loaded;
      const key = await known.key;
      const same = await this.#isSameUser(known);
      if (key === undefined || !this.#isCurrent(known, forgotten)) return;
      if (!same) {
        // Not from within its own work, for which leaving waits.
        setImmediate(() => void this.#changeUser(known));
        return;
      }
      const adding = { now: this.#now(), anew, people: known.people };
      known.fields = mergeLearnt(known.fields.values(), learnt, adding);
      try {
        // Another window may have learnt more.
        if (key !== IN_MEMORY) {
          const all = await this.options.store.add(key, learnt, adding);
          if (this.#isCurrent(known, forgotten)) known.fields = all;
        }
      } catch (error) {
        this.#log.error(`Learnt values can’t be kept: ${String(error)}`);
      }
      this.options.changed(known.connection, false);
    });
  }

  async #next(known: Known, work: () => Promise<void>): Promise<void> {
    const done = known.work.then(work);
    known.work = done.catch((error: unknown) => this.#log.error(`Learnt values: ${String(error)}`));
    await known.work;
  }
}
