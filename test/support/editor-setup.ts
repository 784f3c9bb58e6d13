/** What a user of another editor has: the lines of the documentation, metadata, a query file and a platform. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq } from './apq-process';
import { ROOT } from './lsp';
import { type RunningPlatform, startPlatformProcess } from './platform-process';

/** Two requests: the first has a mistake with a fix, the second can be run. */
const QUERIES = `### Full or cheap
get coursedate
$filter = (Status eq 'Full' or Status eq 'Cancelled') and Cost gt '0'

### Venues
# @name venues
GET venue
$select = ID, Town
$top = 3
`;

export interface EditorSetup {
  /** Empty but for what is named here; it is the user's home, too. */
  readonly folder: string;
  /** The query file. Its name has what trips up programs that build commands of text. */
  readonly file: string;
  /** A block of code in docs/other-editors.md, by its language and number, with the paths and the root of this set-up. */
  readonly documented: (language: string, index?: number) => string;
  /** With the user's key, and `apq` on the `PATH`. */
  readonly environment: NodeJS.ProcessEnv;
  readonly end: () => Promise<void>;
}

export async function setUpEditor(): Promise<EditorSetup> {
  const platform: RunningPlatform = await startPlatformProcess();
  const folder = mkdtempSync(join(tmpdir(), 'apq-editor-'));
  const [file, metadata] = [join(folder, 'my 50% "queries" #1.apq'), join(folder, 'acme.json')];
  writeFileSync(file, QUERIES);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'apq'), `#!/bin/sh\nexec node '${join(ROOT, 'dist/apq.js')}' "$@"\n`, {
    mode: 0o755,
  });
  const env = { APQ_API_KEY: platform.apiKey };
  const { code, err } = await apq(
    ['metadata', '--root', platform.root, '--output', metadata, '--modules', 'CourseDate,Venue'],
    { env },
  );
  assert.equal(code, 0, err);
  const page = readFileSync(join(ROOT, 'docs/other-editors.md'), 'utf8');
  return {
    folder,
    file,
    documented: (language, index = 0) =>
      codeOf(page, language, index)
        .replaceAll('/path/to/apq', ROOT)
        .replaceAll('~/acme.json', metadata)
        .replaceAll('https://acme.accessplanit.com/accessplan', platform.root),
    environment: {
      ...process.env,
      ...env,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
    },
    end: async () => {
      await platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function codeOf(page: string, language: string, index: number): string {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'));
  const code = [...blocks][index]?.[1];
  assert.ok(code !== undefined, `docs/other-editors.md has no such block of ${language}`);
  return code;
}
