/** How deeply a JSON text is nested, found without reading it as JSON. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isNestedDeeply, MAX_DEPTH } from '#core/remote/nesting';

describe('a JSON text', () => {
  const [open, close] = ['['.repeat(MAX_DEPTH), ']'.repeat(MAX_DEPTH)];
  for (const [title, text, expected] of [
    ['as deep as is allowed', open + close, false],
    ['one level deeper', `[${open}${close}]`, true],
    ['of objects, one level deeper', `${'{"a":'.repeat(MAX_DEPTH + 1)}1`, true],
    ['with blanks before it', ` \n${open}[`, true],
    ['with many lists beside each other', `[${'[],'.repeat(MAX_DEPTH)}[]]`, false],
    ['with many objects beside each other', `[${'{},'.repeat(MAX_DEPTH)}{}]`, false],
    ['with brackets in a text', `["${open}["]`, false],
    ['with brackets in a text after an escaped quote', `["\\"${open}["]`, false],
    ['with brackets after a text that ends with a backslash', `["\\\\",${open}`, true],
    ['with a closing bracket in a text', `[["${close}"],${open}`, true],
    ['that is none', `x${open}[`, false],
  ] as const)
    it(`${title} is ${expected ? '' : 'not '}nested too deeply`, () =>
      assert.equal(isNestedDeeply(text), expected));
});
