/** Rewriting a request as an address or as clauses, and renaming a variable or a request, keep what is sent. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '#language';
import { serviceWith } from '../language/support/language';
import { anyFile } from './support/files';
import { property } from './support/property';
import { sent } from './support/sent';

const service = serviceWith();

describe('rewriting', () => {
  property(
    'rewriting: as an address or as clauses keeps what is sent',
    800,
    fc.tuple(anyFile, fc.nat()),
    ([text, at]) => {
      const document = service.parse(text);
      for (const { title, edits } of service.rewritings(document, at % (text.length + 1))) {
        const after = applyEdits(text, edits);
        assert.deepEqual(
          sent(after),
          sent(text),
          `${title}\n${JSON.stringify(text)}\n${JSON.stringify(after)}`,
        );
      }
    },
  );

  property('rewriting: renaming keeps what is sent', 800, fc.tuple(anyFile, fc.nat()), ([text, at]) => {
    const document = service.parse(text);
    const renaming = service.rename(document, at % (text.length + 1), 'another');
    if (!renaming.ok) return;
    const after = applyEdits(text, renaming.edits);
    // A table is renamed in its statement, which then asks the same.
    if (document.symbols.statements.length > 0) return;
    assert.deepEqual(sent(after), sent(text), `\n${JSON.stringify(text)}\n${JSON.stringify(after)}`);
  });
});
