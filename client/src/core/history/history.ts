/** What was run: request, connection, time, outcome. Limited in number, without secrets and responses. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writeWhole } from '../files/output-file';
import { isSecretName } from '../remote/secret-names';
import { mask } from '../text/mask';

const entrySchema = v.object({
  id: v.string(),
  /** ISO 8601. */
  at: v.string(),
  title: v.string(),
  /** The file's URI; absent for a request that was run from the history. */
  file: v.exactOptional(v.string()),
  connection: v.object({ id: v.string(), name: v.string(), root: v.string() }),
  request: v.object({
    method: v.picklist(['GET', 'POST', 'PUT', 'DELETE']),
    endpoint: v.exactOptional(v.picklist(['data', 'modules', 'fields', 'token'])),
    module: v.string(),
    id: v.exactOptional(v.string()),
    query: v.array(v.object({ name: v.string(), value: v.string() })),
    body: v.exactOptional(v.string()),
  }),
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

  constructor(
    private readonly path: string,
    private readonly limit: () => number,
    private readonly changed: () => void = () => undefined,
  ) {}

  /** Text that looks like a secret is masked before anything is written. */
  async add(entry: NewEntry): Promise<void> {
    if (this.limit() === 0) return;
    const line = `${JSON.stringify({ ...withoutSecrets(entry), id: randomUUID() })}\n`;
    await this.#next(async () => {
      await mkdir(dirname(this.path), { recursive: true });
      await this.#append(line);
      await this.#trim();
    });
  }

  /** Only the user may read it: requests hold names and addresses of people. */
  async #append(line: string): Promise<void> {
    const file = await open(this.path, 'a', 0o600);
    try {
      // An earlier version wrote it for everybody; some network drives know no rights.
      await file.chmod(0o600).catch(() => undefined);
      await file.appendFile(line);
    } finally {
      await file.close();
    }
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
    await this.#next(async () => rm(this.path, { force: true }));
  }

  /** At twice the limit the file is written anew, so that most additions only append. */
  async #trim(): Promise<void> {
    const lines = await this.#lines();
    if (lines.length > this.limit() * 2) await this.#rewrite(lines.slice(-this.limit()));
  }

  async #lines(): Promise<{ line: string; entry: HistoryEntry }[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      const entry = parseEntry(line);
      return entry === undefined ? [] : [{ line, entry }];
    });
  }

  async #rewrite(lines: readonly { line: string }[]): Promise<void> {
    await writeWhole(this.path, lines.map(({ line }) => `${line}\n`).join(''));
  }

  async #next(work: () => Promise<void>): Promise<void> {
    const done = this.#work.catch(() => undefined).then(work);
    this.#work = done;
    await done;
    this.changed();
  }
}

/** Masks each text separately: in JSON within JSON a mask could swallow a backslash. */
function withoutSecrets({
  title,
  summary,
  request,
  ...rest
}: Omit<HistoryEntry, 'id'>): Omit<HistoryEntry, 'id'> {
  const { id, query, body } = request;
  const kept = {
    ...request,
    ...(id === undefined ? {} : { id: mask(id) }),
    query: query.map(({ name, value }) => ({ name, value: mask(withoutSecretValues(value)) })),
    ...(body === undefined ? {} : { body: mask(withoutSecretMembers(body)) }),
  };
  const masked = JSON.stringify(kept) !== JSON.stringify(request);
  return {
    ...rest,
    title: mask(title),
    summary: mask(summary),
    request: kept,
    ...(masked ? { masked } : {}),
  };
}

/** Masks the values of members with the name of a secret; the body stays JSON. */
const withoutSecretMembers = (json: string): string =>
  json.replace(
    /"((?:[^"\\]|\\.)*)"(\s*:\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\w.+-]*)/g,
    (whole, name: string, colon: string) => (isSecretName(name) ? `"${name}"${colon}"***"` : whole),
  );

/** Does the same in a filter. */
const withoutSecretValues = (filter: string): string =>
  filter.replace(
    /([\p{L}_][\p{L}\p{N}_]*)(\s+(?:eq|ne|lt|le|gt|ge)\s+)'(?:[^']|'')*'/giu,
    (whole, name: string, operator: string) => (isSecretName(name) ? `${name}${operator}'***'` : whole),
  );

function parseEntry(line: string): HistoryEntry | undefined {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
