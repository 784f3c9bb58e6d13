/**
 * Fixtures in diagnostics/*.txt: cases start with `=== title`, and `^^^ severity code: message` lines annotate the line
 * above. After the annotated text, `--- fixed` shows the text after every preferred fix. `UPDATE=1` rewrites the fixtures
 * with the present diagnostics: read the difference before you keep it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, CODES, type TextEdit } from '#language';
import { annotate, serviceWith, withoutAnnotations } from './support/language';

const folder = join(import.meta.dirname, 'diagnostics');
const FIXED = '\n--- fixed\n';

function render(text: string): string {
  const service = serviceWith();
  const document = service.parse(text);
  const annotated = annotate(text, service.diagnose(document));
  const edits = service
    .fixes(document, { offset: 0, length: text.length })
    .filter(({ preferred }) => preferred)
    .reduce<readonly TextEdit[]>(
      (taken, fix) => (clash(fix.edits, taken) ? taken : [...taken, ...fix.edits]),
      [],
    );
  return edits.length === 0 ? annotated : annotated + FIXED + applyEdits(text, edits).replace(/\n+$/, '');
}

/** True when two edits change the same text, or insert at the same place. */
const clash = (some: readonly TextEdit[], others: readonly TextEdit[]) =>
  some.some((a) =>
    others.some(
      (b) => a.offset === b.offset || (a.offset < b.offset + b.length && b.offset < a.offset + a.length),
    ),
  );

describe('diagnostics', () => {
  const seen = new Set<string>();
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const cases = readFileSync(path, 'utf8')
      .split(/^=== /m)
      .slice(1)
      .map((each) => {
        const end = each.indexOf('\n');
        return { title: each.slice(0, end), body: each.slice(end + 1).replace(/\n+$/, '') };
      });
    const update = process.env['UPDATE'] === '1';
    const results: string[] = [];
    describe(name, () => {
      for (const { title, body } of cases) {
        const expected = body;
        const text = withoutAnnotations(body.split(FIXED)[0] ?? '');
        const actual = render(text);
        for (const [, code] of actual.matchAll(/^ *\^+ \w+ ([a-z-]+): /gm)) seen.add(code ?? '');
        results.push(`=== ${title}\n${actual}\n`);
        if (!update) it(title, () => assert.equal(actual, expected));
      }
    });
    if (update) writeFileSync(path, results.join('\n'));
  }

  it('have a fixture for every code', () => {
    const elsewhere = ['no-metadata', 'stale-metadata', 'unknown-connection'];
    // Only on a platform that was found to differ: dialects.test.ts.
    elsewhere.push('text-case', 'skip-is-records', 'long-address');
    // Only where the engine was asked: sql/engine-findings.test.ts.
    elsewhere.push('sql-error');
    assert.deepEqual(
      Object.keys(CODES).filter((code) => !seen.has(code) && !elsewhere.includes(code)),
      [],
    );
  });
});
