/** After any edits, a file is what it would be if its text were read afresh. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApqDocument, LanguageService } from '#language';
import { serviceWith } from '../language/support/language';
import { anyFile, change, changed, placeOf } from './support/files';
import { property } from './support/property';

/** All that an editor sees of a file without asking at a place. */
function view(service: LanguageService, document: ApqDocument): string {
  const { file, positions, symbols } = document;
  const seen = {
    text: document.text,
    trees: file.blocks.map(({ offset, line, tree }) => ({
      offset,
      line,
      items: tree.items,
      problems: tree.problems,
    })),
    positions: file.blocks.map(({ offset }) => positions.positionAt(offset)),
    diagnostics: service.diagnose(document),
    tokens: service.semanticTokens(document),
    outline: service.outline(document),
    edits: service.format(document),
    names: [[...symbols.variables.keys()], [...symbols.requests.keys()]],
  };
  // As text: trees have closures, which equal nothing. A view is one. What is written elsewhere is read anew for a fix.
  const isSeen = (key: string) => key !== 'view' && key !== 'elsewhere';
  return JSON.stringify(seen, (key, value: unknown) => (isSeen(key) ? value : undefined), 1);
}

describe('editing', () => {
  const service = serviceWith();

  property(
    'editing: after each of many edits, a file equals its text read afresh',
    200,
    fc.tuple(anyFile, fc.array(fc.tuple(change, fc.boolean()), { minLength: 1, maxLength: 12 })),
    ([start, changes]) => {
      let document = service.parse(start);
      service.diagnose(document);
      for (const [each, whole] of changes) {
        const text = changed(document.text, each);
        document = whole
          ? service.parse(text, document)
          : service.edit(document, { ...placeOf(each, document.text), text: each.text });
        assert.equal(view(service, document), view(service, service.parse(text)));
      }
    },
  );
});
