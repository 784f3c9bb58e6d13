/** Pasting requests into a file. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fitInto } from '#core/sharing/import/fit';
import { LanguageService } from '#language';

/** `|` is the cursor. */
const paste = (file: string, imported = '###\nGET user\n'): string => {
  const offset = file.indexOf('|');
  const text = file.replace('|', '');
  return text.slice(0, offset) + fitInto(text, offset, imported) + text.slice(offset);
};

describe('pasting requests', () => {
  for (const [file, result] of [
    ['|', 'GET user'],
    ['### Mine\n|', '### Mine\nGET user'],
    ['### Mine\n|\n### Next\nGET course\n', '### Mine\nGET user\n### Next\nGET course\n'],
    ['GET course\n|', 'GET course\n\n###\nGET user'],
    ['GET course\n\n|\n', 'GET course\n\n###\nGET user\n'],
    ['GET course|', 'GET course\n\n###\nGET user'],
    ['@a = b\n|', '@a = b\nGET user'],
  ] as const)
    it(JSON.stringify(file), () => assert.equal(paste(file), result));

  it('keeps titles, and requests separate', () => {
    const text = paste('GET course\n$top = 5|\n', '### A\nGET user\n\n### B\nGET venue\n');
    const language = new LanguageService();
    assert.deepEqual(
      language.requests(language.parse(text)).map(({ module }) => module),
      ['course', 'user', 'venue'],
    );
  });
});
