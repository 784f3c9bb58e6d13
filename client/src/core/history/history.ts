/** What was run: request, connection, time, outcome. Limited in number, without secrets and responses. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { LineLog } from '../files/line-log';
import { writeWhole } from '../files/output-file';
import { mask } from '../text/mask';
import { requestSchema, withoutSecrets } from './kept-request';

const entrySchema = v.object({
  id: v.string(),
  /** ISO 8601. */
  at: v.string(),
  title: v.string(),
  /** The file's URI; absent for a request that was run from the history. */
  file: v.exactOptional(v.string()),
  connection: v.object({ id: v.string(), name: v.string(), root: v.string() }),
  request: v.union([
    requestSchema,
    /** `text`: of a file with the request, its tables and variables. */
    v.object({ method: v.literal('SQL'), text: v.string() }),
  ]),
  /** Absent when no response arrived. */
  status: v.exactOptional(v.number()),
  milliseconds: v.number(),
  bytes: v.number(),
  records: v.exactOptional(v.number()),
  /** One line: what arrived, or why nothing did. */
  summary: v.string(),
  ok: v.boolean(),
  /** A part of the request was left out as a secret, so it can't be sent again unchanged. */
  masked: v.exactOptional(v.boolean()),
});

export type HistoryEntry = Readonly<v.InferOutput<typeof entrySchema>>;

/** An entry that is not kept yet. */
export type NewEntry = Omit<HistoryEntry, 'id'>;

/**
 * A file with one entry per line, appended to, as several windows share it. `limit` is how many entries are kept (0:
 * none is written). Reading never throws; a line that can't be read is left out.
 */
export class History {
  #work: Promise<void> = Promise.resolve();
  readonly #log: LineLog;

  constructor(
    path: string,
    private readonly limit: () => number,
    private readonly changed: () => void = () => undefined,
  ) {
    this.#log = new LineLog(path);
  }

  /** Text that looks like a secret is masked before anything is written. */
  async add(entry: NewEntry): Promise<void> {
    if (this.limit() === 0) return;
    const line = JSON.stringify({ ...masked(entry), id: randomUUID() });
    await this.#next(async () => {
      await this.#log.append(line);
      await this.#trim();
    });
  }

  /** The latest first. */
  async entries(): Promise<HistoryEntry[]> {
    await this.#work.catch(() => undefined);
    const entries = (await this.#lines()).map(({ entry }) => entry).reverse();
    return entries.slice(0, this.limit());
  }

  async remove(id: string): Promise<void> {
    await this.#next(async () => this.#rewrite((await this.#lines()).filter(({ entry }) => entry.id !== id)));
  }

  async clear(): Promise<void> {
    await this.#next(async () => this.#log.clear());
  }

  /** At twice the limit the file is written anew, so that most additions only append. */
  async #trim(): Promise<void> {
    const lines = await this.#lines();
    if (lines.length > this.limit() * 2) await this.#rewrite(lines.slice(-this.limit()));
  }

  async #lines(): Promise<{ line: string; entry: HistoryEntry }[]> {
    const found: { line: string; entry: HistoryEntry }[] = [];
    for await (const { line, value } of this.#log.lines()) {
      const parsed = v.safeParse(entrySchema, value);
      if (parsed.success) found.push({ line, entry: parsed.output });
    }
    return found;
  }

  async #rewrite(lines: readonly { line: string }[]): Promise<void> {
    await writeWhole(this.#log.path, lines.map(({ line }) => `${line}\n`).join(''));
  }

  async #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.catch(() => undefined).then(work);
    this.#work = done;
    await done;
    this.changed();
  }
}

function masked({ title, summary, request, ...rest }: NewEntry): NewEntry {
  const kept = request.method === 'SQL' ? { ...request, text: mask(request.text) } : withoutSecrets(request);
  return {
    ...rest,
    title: mask(title),
    summary: mask(summary),
    request: kept,
    ...(JSON.stringify(kept) === JSON.stringify(request) ? {} : { masked: true }),
  };
}
