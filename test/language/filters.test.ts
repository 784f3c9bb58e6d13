/**
 * Filters as people bring them from other OData services and from other query languages. A line of filters/*.txt is a
 * filter, the number of its messages, and what *fix all* makes of it: `=` for nothing, and after `?` what the preferred
 * fixes make of a filter whose grammar is broken. `UPDATE=1` rewrites the lines: read the difference before you keep it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '#language';
import { filterChecks, shownMessages } from './support/filters';

const folder = join(import.meta.dirname, 'filters');
const ARROW = '  →  ';
const VARIABLES = '@start = 2025-01-01\n';

function render(text: string): string {
  const checks = filterChecks(text, undefined, VARIABLES);
  const each = checks.fixed();
  const guess = each === text ? '=' : `? ${each.replaceAll('\n', '⏎')}`;
  const fixed = checks.fixedAll === text ? guess : checks.fixedAll.replaceAll(/\n */g, '⏎');
  return [text, checks.messages.length, fixed].join(ARROW);
}

describe('filters of other services', () => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const filters = lines.filter((line) => !line.startsWith('---'));
    if (process.env['UPDATE'] === '1') {
      const updated = lines.map((line) =>
        line.startsWith('---') ? line : render(line.split(ARROW)[0] ?? ''),
      );
      writeFileSync(path, `${updated.join('\n')}\n`);
      continue;
    }
    describe(name, () => {
      for (const line of filters) {
        const [text = ''] = line.split(ARROW);
        it(text, () => {
          assert.equal(render(text), line);
          checkFixes(text);
        });
      }
    });
  }
});

describe('filters that are nested too deeply', () => {
  for (const [what, text] of [
    ['open', '('.repeat(3000)],
    ['closed', `${'('.repeat(3000)}Status eq 'a'${')'.repeat(3000)}`],
    ['only closing', `Status eq 'a'${')'.repeat(3000)}`],
    ['functions', `${'f('.repeat(3000)}Status`],
  ] as const)
    it(`have one message: ${what}`, () => assert.equal(filterChecks(text).messages.length, 1));
});

/** At most two messages, each with at most one preferred fix, which ends its diagnostic and brings no error. */
function checkFixes(text: string): void {
  const { messages, all, fixes, whole } = filterChecks(text, undefined, VARIABLES);
  assert.ok(messages.length <= 2 || text.startsWith('(Label like'), shownMessages(messages));
  for (const { fixes: offered, message } of all)
    assert.ok(offered.filter(({ preferred }) => preferred).length <= 1, message);
  const errors = (changed: string) =>
    filterChecks(changed, undefined, VARIABLES)
      .messages.filter(({ severity }) => severity === 'error')
      .map(({ code }) => code);
  const before = errors(text);
  for (const { title, edits, diagnostic } of fixes()) {
    if (diagnostic.severity !== 'error') continue;
    const after = applyEdits(whole, edits).slice(whole.length - text.length);
    assert.ok(errors(after).length < before.length, `${title}: ${after}`);
  }
}

describe('long filters', () => {
  for (const [what, text] of [
    [
      'negations',
      Array.from({ length: 256 }, (_, i) => `not (Label eq 'a' and Status in ('${i}','b'))`).join(' and '),
    ],
    ['lists', Array.from({ length: 500 }, (_, i) => `Status in ('${i}','b')`).join(' and ')],
  ] as const)
    it(`are rewritten once, whatever their number of terms: ${what}`, () => {
      assert.ok(filterChecks(text).messages.length > 0);
    }).timeout(10_000);
});
