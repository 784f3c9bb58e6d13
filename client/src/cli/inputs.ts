/** What stands behind commands that read queries: files, folders, globs, and `-` for standard input. */
import { readdir as readFolder } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { codeOf, OutputFileError, reasonOf } from '#core/files/file-error';
import { writeWhole } from '#core/files/output-file';
import { Exit, usage } from './exit';
import { readStdin, readText } from './files';
import { text as textOption } from './frame/option';
import { print, tell } from './terminal';

const STDIN = '-';
const ENDING = '.apq';
/** The folder of packages that a search does not enter. */
const PACKAGES = 'node_modules';
/** In characters: the limit of the library. */
const LONGEST_PATTERN = 65_536;

/** For every command that reads standard input with `-`. */
export const STDIN_FILEPATH = textOption(
  'PATH',
  'The file that standard input (-) stands for: decides about apq.json, and what it is called',
);

/** A file, or standard input. */
export interface Input {
  /** As messages call it: as the user wrote it, or below the folder that the user wrote. */
  readonly name: string;
  /** True for standard input, to which nothing can be written back. */
  readonly isStdin: boolean;
}

export interface InputText extends Input {
  readonly text: string;
}

/** Reads the one input of a command. Throws an `Exit` where that is impossible. */
export async function readInput(operand: string, stdinFilepath: string | undefined): Promise<InputText> {
  refuseUnused(stdinFilepath, [operand]);
  return read(inputOf(operand, stdinFilepath));
}

/** The inputs of a command that takes several: each once, in the order of the operands, then of their names. */
export class Inputs {
  readonly #problems: string[] = [];
  /** By what each is known under all its names. */
  readonly #found = new Map<string, Input>();

  private constructor() {}

  /** Says what can't be found, and goes on. */
  static async find(operands: readonly string[], stdinFilepath: string | undefined): Promise<Inputs> {
    refuseUnused(stdinFilepath, operands);
    const inputs = new Inputs();
    const problem = (message: string) => inputs.#tell(message);
    for (const operand of operands)
      for (const input of await inputsOf(operand, stdinFilepath, problem)) {
        const key = input.isStdin ? STDIN : await wholePath(input.name);
        if (!inputs.#found.has(key)) inputs.#found.set(key, input);
      }
    return inputs;
  }

  get readStdin(): boolean {
    return this.#found.has(STDIN);
  }

  /** True when the path is one of the files. */
  async include(path: string): Promise<boolean> {
    return this.#found.has(await wholePath(path));
  }

  /** Throws where the text of an input can't be written back: of a pipe, it would be lost. */
  async refuseDevices(): Promise<void> {
    for (const { name, isStdin } of this.#found.values()) {
      const there = isStdin ? undefined : await stat(name).catch(() => undefined);
      if (there?.isFile() === false)
        throw usage(
          `${name} is not a file, so the new text can’t be written back to it. Write - to read standard input.`,
        );
    }
  }

  /** What could not be found, read or written, in sentences. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** True when something that was named could not be found, read or written. */
  get incomplete(): boolean {
    return this.#problems.length > 0;
  }

  /** Reads one after the other, so that no two texts are held at once. Says what can't be read, and goes on. */
  async *texts(): AsyncGenerator<InputText> {
    for (const input of this.#found.values()) {
      const readable = await read(input).catch((error: unknown) => {
        if (!(error instanceof Exit)) throw error;
        this.#tell(error.message);
      });
      if (readable !== undefined) yield readable;
    }
  }

  /**
   * Writes a new text over the old one; that of standard input, changed or not, to standard output. Says what can't be
   * written, and returns false.
   */
  async writeBack({ name, isStdin, text: before }: InputText, text: string): Promise<boolean> {
    try {
      if (isStdin) await print(text);
      else if (text !== before) await writeWhole(name, text);
      return true;
    } catch (error) {
      if (!(error instanceof OutputFileError)) throw error;
      this.#tell(error.message);
      return false;
    }
  }

  #tell(problem: string): void {
    this.#problems.push(problem);
    tell(problem);
  }
}

function refuseUnused(stdinFilepath: string | undefined, operands: readonly string[]): void {
  if (stdinFilepath !== undefined && !operands.includes(STDIN))
    throw usage(
      '--stdin-filepath says what standard input is called. To read standard input, name - as a file.',
    );
}

const inputOf = (operand: string, stdinFilepath: string | undefined): Input =>
  operand === STDIN ? { name: stdinFilepath ?? '<stdin>', isStdin: true } : { name: operand, isStdin: false };

const read = async (input: Input): Promise<InputText> => ({
  ...input,
  text: await (input.isStdin ? readStdin() : readText(input.name)),
});

/** A name that exists is that file or folder, even if it looks like a glob. */
async function inputsOf(
  operand: string,
  stdinFilepath: string | undefined,
  problem: (message: string) => void,
): Promise<Input[]> {
  if (operand === STDIN) return [inputOf(operand, stdinFilepath)];
  if (operand === '') throw usage('One of the paths is empty. Name a file or a folder.');
  const there = await stat(operand).catch(() => undefined);
  const pattern = process.platform === 'win32' ? operand.replaceAll('\\', '/') : operand;
  let names = [operand];
  // Where a folder can't be read, nothing is known of what is in it.
  let isWhole = true;
  const unreadable: Unreadable = (folder, error) => {
    isWhole = false;
    problem(`The folder ${folder} can’t be read: ${reasonOf(error)}.`);
  };
  if (there?.isDirectory() === true) {
    names = await filesBelow(operand, unreadable);
    if (names.length === 0 && isWhole)
      problem(`The folder ${operand} holds no ${ENDING} file. Name another one, or a file.`);
  } else if (there === undefined && isPattern(pattern)) {
    names = await filesMatching(pattern, unreadable);
    if (names.length === 0 && isWhole)
      problem(`No ${ENDING} file matches “${operand}”. Name a file, a folder or another pattern.`);
  }
  return names.map((name) => inputOf(name, undefined));
}

/** Takes a folder that can't be read, and why. */
type Unreadable = (folder: string, error: unknown) => void;

/** Those of all folders below. Links are not followed: one may lead back to where it is. */
async function filesBelow(folder: string, unreadable: Unreadable): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop())
    try {
      for (const entry of await readdir(next, { withFileTypes: true })) {
        const name = join(next, entry.name);
        if (entry.isDirectory() && !isSkipped(entry.name)) folders.push(name);
        else if (entry.isFile() && hasEnding(name)) files.push(name);
      }
    } catch (error) {
      unreadable(next, error);
    }
  return files.sort();
}

/**
 * As in shells, `*` stands for no name that begins with a dot. A pattern that names the folder of packages searches it.
 */
async function filesMatching(pattern: string, unreadable: Unreadable): Promise<string[]> {
  const names = await glob(pattern, {
    absolute: isAbsolute(pattern),
    expandDirectories: false,
    followSymbolicLinks: false,
    fs: {
      readdir: telling((folder, error) =>
        unreadable(isAbsolute(pattern) ? resolve(folder) : relative('', folder) || '.', error),
      ),
    },
    ignore: pattern.includes(PACKAGES) ? [] : [`**/${PACKAGES}/**`],
  });
  return names
    .filter(hasEnding)
    .map((name) => normalize(name))
    .sort();
}

/** `readdir` as it is, but for telling of what it can't read; the library passes over it. */
const telling = (unreadable: Unreadable): typeof readFolder =>
  new Proxy(readFolder, {
    apply: (read, self, [folder, options, take]: readonly unknown[]): unknown =>
      Reflect.apply(read, self, [
        folder,
        options,
        (error: unknown, ...entries: readonly unknown[]) => {
          // The folder where a search begins may not be there.
          if (error !== null && !['ENOENT', 'ENOTDIR'].includes(codeOf(error)))
            unreadable(String(folder), error);
          if (typeof take === 'function') Reflect.apply(take, undefined, [error, ...entries]);
        },
      ]),
  });

const isSkipped = (folder: string): boolean => folder === PACKAGES || folder.startsWith('.');

/** What is longer than a pattern can be is a name. */
const isPattern = (text: string): boolean => text.length <= LONGEST_PATTERN && isDynamicPattern(text);

const hasEnding = (name: string): boolean => name.toLowerCase().endsWith(ENDING);

/** By which a file is known under all its names. */
const wholePath = async (name: string): Promise<string> => realpath(name).catch(() => resolve(name));
