/** The last defence against wrong fixes: what it refuses, and what it costs. */
import assert from 'node:assert/strict';
import { applyEdits, type Diagnostic, type DiagnosticCode, LanguageService } from '#language';
import { usesVariable } from '#language/analysis/dependencies';
import { symbolsOf } from '#language/analysis/symbols';
import { Catalog, type CatalogModule } from '#language/catalog/catalog';
import { Platforms } from '#language/catalog/platforms';
import { bringsNone, isGone, type Reading } from '#language/diagnostics/trial';
import { parseFile } from '#language/syntax/source-file';
import { serviceWith } from './support/language';
import { metadata, NOW } from './support/metadata';

type At = readonly [code: DiagnosticCode, word: string];

/** A request with errors, each at a word. */
function reading(text: string, ...errors: readonly At[]): Reading {
  const [block] = parseFile(text).blocks;
  assert.ok(block);
  const diagnostics = errors.map(([code, word]): Diagnostic => {
    const where = { offset: text.indexOf(word), length: word.length };
    return { code, message: `${code} ${word}`, severity: 'error', fixes: [], ...where };
  });
  return { tree: block.tree, diagnostics };
}

const BEFORE = reading("GET user\n$filter = Lable eq 'x'\n$top = five", ['unknown-field', 'Lable']);

const AFTER: readonly (readonly [title: string, isRight: boolean, ...errors: At[]])[] = [
  ['no error is right', true],
  ['an error in a word of the fix is wrong', false, ['bad-date', 'Label']],
  ['an error in a part of a word of the fix is wrong', false, ['bad-date', 'abel']],
  ['an error of the user’s own, in the clause that changes, is right', true, ['bad-date', "'x'"]],
  ['an error in another clause is wrong', false, ['type-mismatch', 'five']],
];

describe('the last defence', () => {
  const mended = BEFORE.diagnostics[0];
  assert.ok(mended);

  for (const [title, isRight, ...errors] of AFTER)
    it(title, () => {
      const after = reading("GET user\n$filter = Label eq 'x'\n$top = five", ...errors);
      assert.equal(bringsNone(mended, [BEFORE], [after]), isRight);
    });

  it('knows an error that names something else in other surroundings', () =>
    assert.ok(
      bringsNone(
        undefined,
        [reading('GET user\n$top = five', ['bad-date', 'five'])],
        [reading('GET user\n$top = ten', ['bad-date', 'ten'])],
      ),
    ));

  it('is satisfied where the problem is gone, or is at another place', () => {
    const place = { tree: BEFORE.tree, offset: mended.offset };
    assert.ok(!isGone(mended, place, [BEFORE], [BEFORE]));
    assert.ok(isGone(mended, { ...place, offset: 0 }, [BEFORE], [BEFORE]));
    assert.ok(isGone(mended, place, [BEFORE], [reading('GET user')]));
  });

  it('offers a definition at the top for a request anywhere', () => {
    const text =
      "@a = 1\n###\nGET user\n$filter = Surname eq '{{a}}'\n###\nGET user\n$filter = Surname eq '{{b}}'\n";
    const service = serviceWith();
    const titles = service
      .fixes(service.parse(text), { offset: text.indexOf('{{b'), length: 0 })
      .map(({ title }) => title);
    assert.ok(titles.includes('Define @b at the top, and ask for its value'), titles.join());
  });
});

describe('trying fixes', () => {
  /** Counts the requests that are checked: each looks up its module. */
  class CountingCatalog extends Catalog {
    checked = 0;
    override module(name: string): CatalogModule | undefined {
      this.checked++;
      return super.module(name);
    }
  }

  /** How many modules are looked up, in a service of its own, and what comes of it. */
  function counted<T>(act: (service: LanguageService) => T): { checked: number; result: T } {
    const service = new LanguageService(() => ({ now: NOW }));
    const catalog = new CountingCatalog(metadata);
    service.setPlatforms(new Platforms(catalog));
    const result = act(service);
    return { checked: catalog.checked, result };
  }

  const wrong = (i: number) => `### ${i}\nGET coursedate\n$filter = Status = 'Full' and ID = '${i}'\n`;
  const file = (count: number) => Array.from({ length: count }, (_, i) => wrong(i)).join('');

  it('of a file of 2,500 problems costs fix all a few times its requests', () => {
    const text = file(1250);
    const one = counted((service) => service.diagnose(service.parse(text)));
    const all = counted((service) => applyEdits(text, service.fixAll(service.parse(text))));
    assert.ok(!all.result.includes(" = 'Full"), 'all are mended');
    assert.ok(all.checked <= 3 * one.checked, `${all.checked} for ${one.checked}`);
  });

  it('of one request with 2,500 problems costs fix all a few times that request', () => {
    const text = `GET coursedate\n$filter = ${Array.from({ length: 2500 }, (_, i) => `ID = '${i}'`).join(' and ')}\n`;
    const one = counted((service) => service.diagnose(service.parse(text)));
    const all = counted((service) => service.fixAll(service.parse(text)));
    assert.equal(all.result.length, 2500);
    assert.ok(all.checked <= 3 * one.checked, `${all.checked} for ${one.checked}`);
  });

  it('at the cursor costs its own request, and a selection no more than a person chooses from', () => {
    const text = file(1250);
    const one = counted((service) => service.diagnose(service.parse(text)));
    const at = (where: { offset: number; length: number }) =>
      counted((service) => service.fixes(service.parse(text), where));
    const cursor = at({ offset: text.indexOf(" = 'Full") + 1, length: 0 });
    // The fix of the problem, and that of all problems of its clause.
    assert.equal(cursor.result.length, 2);
    assert.ok(cursor.checked <= one.checked + 6, `${cursor.checked} for ${one.checked}`);
    const selection = at({ offset: 0, length: text.length });
    assert.equal(selection.result.length, 210);
    assert.ok(selection.checked <= one.checked + 2 * 200 + 6 * 10, `${selection.checked} for ${one.checked}`);
  });
});

describe('names in a chain of variables', () => {
  it('are followed only so far, whoever asks', () => {
    const text = Array.from({ length: 8000 }, (_, i) => `@v${i} = {{v${i + 1}}}\n`).join('');
    const symbols = symbolsOf(parseFile(text));
    let looked = 0;
    const variables = new Map(symbols.variables);
    const get = variables.get.bind(variables);
    variables.get = (name) => {
      looked++;
      return get(name);
    };
    for (let i = 0; i < 8000; i++) usesVariable(`v${i}`, 'other', { ...symbols, variables });
    assert.ok(looked <= 8000 * 201, `${looked}`);
    assert.ok(usesVariable('v0', 'v150', symbols));
    assert.ok(!usesVariable('v7990', 'v1', symbols));
  });
});
