/**
 * The sample queries, as files of the user's own: copies in the extension's storage, which may be changed and saved.
 * A copy that the user did not change follows the extension's when that is updated.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import { ownValue } from '#core/text/names';

export interface SampleFile {
  readonly name: string;
  readonly path: string;
  /** What its first line says. */
  readonly about: string;
}

/** The file that *Open Sample Platform* shows. */
const FIRST_SAMPLE = 'first-steps.apq';

const MEMORY = 'apq.sampleFiles';
/** By file name: the digest of what was copied. */
const copied = v.record(v.string(), v.string());

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export class SampleFiles {
  /** `shipped` and `folder`: paths of the extension's samples and of their copies. */
  constructor(
    private readonly shipped: string,
    private readonly folder: string,
    private readonly memory: vscode.Memento,
  ) {}

  /** Returns the copies, the first steps first; makes those that are missing. */
  async list(): Promise<SampleFile[]> {
    const names = (await readdir(this.shipped)).filter((name) => name.endsWith('.apq')).sort();
    await mkdir(this.folder, { recursive: true });
    const files = await Promise.all(names.map(async (name) => this.#copy(name)));
    return [
      ...files.filter(({ name }) => name === FIRST_SAMPLE),
      ...files.filter(({ name }) => name !== FIRST_SAMPLE),
    ];
  }

  async #copy(name: string): Promise<SampleFile> {
    const path = join(this.folder, name);
    const [text, own] = await Promise.all([
      readFile(join(this.shipped, name), 'utf8'),
      readFile(path, 'utf8').catch(() => undefined),
    ]);
    const unchanged = own === undefined || digest(own) === ownValue(this.#copied, name);
    if (unchanged && own !== text) {
      await writeFile(path, text);
      await this.memory.update(MEMORY, { ...this.#copied, [name]: digest(text) });
    }
    return { name, path, about: /^# *(.*)/.exec(text)?.[1] ?? '' };
  }

  get #copied(): Readonly<Record<string, string>> {
    const { success, output } = v.safeParse(copied, this.memory.get(MEMORY));
    return success ? output : {};
  }
}
