/** docs/diagnostics.md matches the docs next to the checks, and these match what the language does. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { askEngine } from '#engine/ask';
import { SqlEngine } from '#engine/sql-engine';
import {
  Catalog,
  CODES,
  type Diagnostic,
  type DiagnosticCode,
  LanguageService,
  type PlatformFindings,
  Platforms,
} from '#language';
import { DIAGNOSTIC_DOCS } from '#language/diagnostics/documentation';
import { STALE_AFTER_DAYS } from '#language/diagnostics/freshness';
import type { DiagnosticDoc } from '#language/syntax/diagnostic-doc';
import { commandsPage, diagnosticsPage } from '#scripts/generate-docs';
import { metadata, NOW } from '../language/support/metadata';

const root = join(import.meta.dirname, '../..');

const CHECKED: PlatformFindings = {
  checkedAt: NOW.toISOString(),
  traits: { textCase: 'matters', skip: 'records', longestAddress: 120 },
};

/** Returns a service with what the example presupposes, on a client with two connections. */
function serviceFor(known: DiagnosticDoc['known']): LanguageService {
  const day = 24 * 60 * 60 * 1000;
  const fetchedAt = new Date(NOW.getTime() - (known === 'old metadata' ? STALE_AFTER_DAYS + 1 : 1) * day);
  const catalog =
    known === 'nothing'
      ? undefined
      : new Catalog({
          ...metadata,
          fetchedAt: fetchedAt.toISOString(),
          ...(known === 'a checked platform' ? { platform: CHECKED } : {}),
        });
  const service = new LanguageService(() => ({ now: NOW }));
  service.setPlatforms(
    new Platforms(catalog, [
      { name: 'Demo', root: metadata.root, catalog, production: true },
      { name: 'Demo sandbox', root: `${metadata.root}sandbox`, catalog, production: false },
    ]),
  );
  return service;
}

const engine = new SqlEngine({ program: join(root, 'dist/sql-worker.js') });

const diagnose = async (text: string, known?: DiagnosticDoc['known']): Promise<Diagnostic[]> => {
  const service = serviceFor(known);
  const document = service.parse(`${text}\n`);
  if (known === 'the SQL engine') await askEngine(engine, service, service.sqlChecks(document));
  return service.diagnose(document);
};

describe('documentation of diagnostics', () => {
  after(() => engine.dispose());

  it('is what `npm run docs` writes', () => {
    assert.equal(
      readFileSync(join(root, 'docs/diagnostics.md'), 'utf8'),
      diagnosticsPage(),
      'run `npm run docs`',
    );
  });

  it('has the page of commands that `npm run docs` writes', async () => {
    assert.equal(
      readFileSync(join(root, 'docs/commands.md'), 'utf8'),
      await commandsPage(),
      'run `npm run docs`',
    );
  });

  it('has each code in only one file', async () => {
    const language = join(root, 'server/src/language');
    const codes: string[] = [];
    for (const file of readdirSync(language, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.doc.ts')) continue;
      const module = (await import(pathToFileURL(join(language, file)).href)) as Record<string, object>;
      for (const [name, docs] of Object.entries(module))
        if (name.endsWith('_DOCS')) codes.push(...Object.keys(docs));
    }
    assert.deepEqual(codes.sort(), Object.keys(CODES).sort());
  });

  for (const [name, doc] of Object.entries(DIAGNOSTIC_DOCS)) {
    const code = name as DiagnosticCode;
    const { wrong, right, fix, known }: DiagnosticDoc = doc;
    it(`${code}: the wrong example raises it, with its severity and the documented fix`, async () => {
      const found = await diagnose(wrong, known);
      const raised = found.filter((each) => each.code === code);
      assert.ok(raised.length > 0, JSON.stringify(found));
      assert.deepEqual([...new Set(raised.map(({ severity }) => severity))], [CODES[code]]);
      assert.equal(
        raised.some(({ fixes }) => fixes.length > 0),
        fix !== undefined,
        JSON.stringify(raised),
      );
    });
    it(`${code}: the right example raises neither it nor any error or warning`, async () => {
      const found = await diagnose(right, known === 'the SQL engine' ? known : undefined);
      assert.deepEqual(
        found.filter(
          (each) => each.code === code || each.severity === 'error' || each.severity === 'warning',
        ),
        [],
      );
    });
  }
});
