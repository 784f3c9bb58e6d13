/** The metadata of a file: of `--metadata`, else APQ_METADATA, else of the nearest `apq.json` upwards. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { languageHere } from '#core/client';
import { isSameRoot } from '#core/connections/root';
import type { LanguageService, Metadata } from '#language';
import { usage } from './exit';
import { readMetadataFile } from './files';
import { tell } from './terminal';

const PROJECT = 'apq.json';
/** It can't name an address or a key: no repository can send a key elsewhere. */
const schema = v.strictObject({ metadata: v.exactOptional(v.pipe(v.string(), v.minLength(1))) });

/** The language with the metadata of a file. */
export interface FileLanguage {
  readonly language: LanguageService;
  /** False where there are no metadata, so that names can't be checked. */
  readonly checksNames: boolean;
  /** Undefined where there are none. */
  readonly metadata?: Metadata;
}

export class MetadataSource {
  readonly #known = new Map<string | undefined, Promise<FileLanguage>>();

  /** `given`: the path of `--metadata`. `values`: those of `--var`, with which files are checked. */
  constructor(
    private readonly given: string | undefined,
    private readonly values: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** Says once where the metadata are those of another platform than `root`. */
  async of(file: string, root: string | undefined): Promise<FileLanguage> {
    const path = await this.#pathFor(file);
    const known = this.#known.get(path) ?? this.#read(path, root);
    this.#known.set(path, known);
    return known;
  }

  async #pathFor(file: string): Promise<string | undefined> {
    if (this.given !== undefined) return this.given;
    const { APQ_METADATA: path } = process.env;
    return path === undefined || path === '' ? namedByProject(file) : path;
  }

  async #read(path: string | undefined, root: string | undefined): Promise<FileLanguage> {
    const language = languageHere(() => ({ now: new Date(), given: this.values }));
    if (path === undefined) return { language, checksNames: false };
    const metadata = await readFor(path, root);
    language.setMetadata(metadata);
    return { language, checksNames: true, metadata };
  }
}

async function readFor(path: string, root: string | undefined): Promise<Metadata> {
  const metadata = await readMetadataFile(path);
  if (root !== undefined && !isSameRoot(metadata.root, root))
    tell(
      `${path} holds the metadata of ${metadata.root}, not of ${root}: names are checked against another platform.`,
    );
  return metadata;
}

/** Returns the metadata file that the nearest `apq.json` names; undefined where there is none. */
async function namedByProject(file: string): Promise<string | undefined> {
  for (
    let folder = dirname(resolve(file)), last = '';
    folder !== last;
    last = folder, folder = dirname(folder)
  ) {
    const path = join(folder, PROJECT);
    const json = await readFile(path, 'utf8').catch(() => undefined);
    if (json === undefined) continue;
    const { metadata } = parseProject(path, json);
    return metadata === undefined ? undefined : resolve(folder, metadata);
  }
  return undefined;
}

function parseProject(path: string, json: string): v.InferOutput<typeof schema> {
  const only = 'It holds {"metadata":"FILE"} and nothing else';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw usage(`${path} is not valid JSON. ${only}.`);
  }
  const parsed = v.safeParse(schema, Array.isArray(value) ? undefined : value);
  if (parsed.success) return parsed.output;
  const unknown = parsed.issues
    .map((issue) => v.getDotPath(issue))
    .find((key) => key !== null && key !== 'metadata');
  throw usage(
    unknown === undefined
      ? `${path} can’t be used. ${only}.`
      : `${path} has a member “${unknown}”, which is not allowed. ${only}: no address and no key.`,
  );
}
