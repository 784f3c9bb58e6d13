/** The options of `apq run`: values that the language also knows are read alike. */
import assert from 'node:assert/strict';
import { readRunOptions } from '#cli/run-options';
import { LanguageService } from '#language';

/** Returns the value of `# @pages`; undefined where it can't be read. */
function pagesOfFile(written: string): number | 'all' | undefined {
  const service = new LanguageService();
  return service.requests(service.parse(`# @pages ${written}\nGET coursedate\n`))[0]?.pages;
}

describe('options of apq run', () => {
  for (const written of ['1', '25', '1234567', 'all', 'ALL', 'All'])
    it(`reads --pages ${written} like # @pages ${written}`, () => {
      const { pages } = readRunOptions({ pages: written });
      assert.notEqual(pages, undefined);
      assert.equal(pages, pagesOfFile(written));
    });

  for (const written of ['0', '-1', '1.5', 'many', '12345678'])
    it(`refuses --pages ${written}, and so does # @pages`, () => {
      assert.throws(() => readRunOptions({ pages: written }), /--pages must be a number from 1, or all/);
      assert.equal(pagesOfFile(written), undefined);
    });
});
