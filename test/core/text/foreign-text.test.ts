/** Foreign text that is shown: nothing in it is obeyed, and no known secret gets through. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  forLabel,
  forNotification,
  harmless,
  oneLine,
  singleSpaced,
  visible,
  visibleOnOneLine,
} from '#core/text/foreign-text';

/** A second list: what Unicode calls controls, formats and line separators. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** Text in which the characters that matter are frequent. */
const foreign = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\u001b[31m',
        '\u202e',
        '\u2066',
        '\r\n',
        '\r',
        '\n',
        '\t',
        '\u0000',
        '\u0085',
        '\ufeff',
      ),
      fc.constantFrom('[x](command:y)', '](', '$(trash)', 'Bearer abc', '"password":"x"', '\u2028', '\u200b'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('foreign text', () => {
  it('has visible signs for unseen characters', () => {
    assert.equal(visible('a\u001b[31mb\u202ec\td\r\ne\rf'), 'a␛[31mb[U+202E]c\td\ne␍f');
    assert.equal(visibleOnOneLine('a\u202eb\u0000c\r\nd\te\u200b'), 'a[U+202E]b␀c↵d→e[U+200B]');
    assert.equal(visible('Zoë — ✓ 🎓'), 'Zoë — ✓ 🎓');
  });

  it('has no link for a line like # @connection [x](command:y)', () => {
    const shown = forNotification('No connection is called “[x](command:y)”.');
    assert.doesNotMatch(shown, /\]\(/);
    assert.match(shown, /\[x\]\s\(command:y\)/);
  });

  it('has no icon in a label', () => assert.equal(forLabel('a $(trash)\nb'), 'a $\u2009(trash) b'));

  it('can be put on one line', () => {
    assert.equal(oneLine(' a \r\n\u2028 b '), 'a   b');
    assert.equal(singleSpaced(' a \r\n\u2028 b '), 'a b');
  });

  it('never holds an unseen control', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        for (const show of [visible, harmless, forNotification])
          assert.doesNotMatch(show(text).replace(/[\t\n]/g, ''), UNSEEN);
        for (const show of [visibleOnOneLine, forLabel]) assert.doesNotMatch(show(text), UNSEEN);
        assert.equal(visible(visible(text)), visible(text));
        assert.ok(!forNotification(text).includes(']('));
        assert.ok(!forLabel(text).includes('$('));
      }),
      { numRuns: 2000 },
    );
  });

  it('never lets a known secret through', () => {
    const secret = fc
      .string({ unit: 'binary', minLength: 4, maxLength: 20 })
      .filter((text) => !text.includes('*'));
    fc.assert(
      fc.property(secret, fc.array(foreign, { minLength: 2, maxLength: 4 }), (key, parts) => {
        for (const written of [
          key,
          new URLSearchParams([['', key]]).toString().slice(1),
          JSON.stringify(key).slice(1, -1),
        ])
          assert.ok(!harmless(parts.join(written), [key]).includes(key));
      }),
      { numRuns: 2000 },
    );
  });

  it('holds no secret that has a control in it', () => {
    assert.equal(harmless('a ab\u001bcd b', ['ab\u001bcd']), 'a *** b');
  });

  it('is neither a link nor an icon in a notification or a question', () => {
    assert.equal(forNotification('[go](command:x) $(flame)'), '[go]\u2009(command:x) $\u2009(flame)');
  });

  it('is masked as far as a reader sees one word', () => {
    assert.equal(harmless('password=abc\u2028def'), 'password=***');
  });
});
