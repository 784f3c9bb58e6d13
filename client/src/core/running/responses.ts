/**
 * The last responses of named requests, by file: `{{name.results[0].ID}}` reads them, and SQL requests use them as tables.
 * In memory only.
 */
import type { RequestInfo } from '#language';
import type { Connection } from '../connections/connection';
import type { ApiRecord } from '../results/read-page';
import type { Answer, KeptAnswer } from './answer';
import type { PreparePort } from './prepare';

interface Kept {
  readonly file: string;
  readonly connection: string;
  readonly answer: KeptAnswer;
}

/** Responses may be large, so the oldest of other files are dropped; those of the file that runs may still be needed. */
const MAX_RESPONSES = 100;

/** The same of the records of other files: their first pages stay. */
const MAX_RECORDS = 500_000;

/** An ID means another record on another platform: a response is used only on the connection that it came from. */
export class Responses {
  readonly #responses = new Map<string, Kept>();
  #order = 0;

  /** `file` is the ID of a `QueryFile`, `connection` that of the connection. */
  keep(file: string, name: string, connection: string, answer: Answer, at = new Date()): void {
    const key = keyOf(file, name);
    const order = ++this.#order;
    this.#responses.delete(key);
    this.#responses.set(key, {
      file,
      connection,
      answer: { ...answer, at, key: `${key} ${order}`, order },
    });
    this.#forgetOthers(file);
  }

  /** Returns the last answer of a request; undefined when that was on another connection. */
  answer(file: string, name: string, connection: string | undefined): KeptAnswer | undefined {
    const kept = this.#responses.get(keyOf(file, name));
    return kept?.connection === connection ? kept?.answer : undefined;
  }

  /** Returns all records of the last answer; undefined where there is none, or they were not kept. */
  records(file: string, name: string, connection: string | undefined): readonly ApiRecord[] | undefined {
    return this.answer(file, name, connection)?.records;
  }

  #forgetOthers(file: string): void {
    const others = () => [...this.#responses].filter(([, kept]) => kept.file !== file);
    const [oldest] = this.#responses.size > MAX_RESPONSES ? others() : [];
    if (oldest !== undefined) this.#responses.delete(oldest[0]);
    let held = 0;
    for (const { answer } of this.#responses.values()) held += answer.records?.length ?? 0;
    if (held <= MAX_RECORDS) return;
    for (const [key, { answer, ...kept }] of others()) {
      if (held <= MAX_RECORDS) return;
      held -= answer.records?.length ?? 0;
      this.#responses.set(key, { ...kept, answer: { ...answer, records: undefined } });
    }
  }
}

const keyOf = (file: string, name: string) => `${file} ${name}`;

/** Returns kept answers, each of the connection on which its request would run now. */
export const answersFrom =
  (
    responses: Responses,
    connectionOf: (request: RequestInfo) => Connection | undefined,
  ): PreparePort['answer'] =>
  (file, name) => {
    const request = file.requests.find((each) => each.name === name);
    return request === undefined ? undefined : responses.answer(file.id, name, connectionOf(request)?.id);
  };
