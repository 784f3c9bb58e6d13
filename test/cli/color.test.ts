/** Colours: where they are, and that foreign text brings none. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasColor, painted, setColor } from '#cli/color';
import { apq } from '../support/apq-process';

const COLOUR = /\u001b\[\d+m/;

describe('colours', () => {
  afterEach(() => setColor());

  for (const [asked, isTTY, env, expected] of [
    ['auto', true, {}, true],
    ['auto', false, {}, false],
    ['auto', true, { NO_COLOR: '1' }, false],
    ['auto', true, { NO_COLOR: '' }, true],
    ['auto', true, { TERM: 'dumb' }, false],
    ['auto', true, { TERM: 'xterm', INSIDE_EMACS: '28.2,compile' }, false],
    ['auto', false, { FORCE_COLOR: '1' }, true],
    ['auto', true, { FORCE_COLOR: '0' }, false],
    ['always', false, { NO_COLOR: '1' }, true],
    ['never', true, { FORCE_COLOR: '1' }, false],
  ] as const)
    it(`are ${expected ? 'there' : 'absent'}: --color ${asked}, ${isTTY ? 'terminal' : 'pipe'}, ${JSON.stringify(env)}`, () => {
      setColor(asked);
      assert.equal(hasColor({ isTTY }, env), expected);
    });

  it('end where the part ends', () => {
    setColor('always');
    const text = painted([{ look: 'good', text: 'ok' }, { text: ' x' }], {});
    assert.equal(text, '\u001b[32mok\u001b[39m x');
  });

  const folder = mkdtempSync(join(tmpdir(), 'apq-color-'));
  const file = join(folder, 'a.apq');
  writeFileSync(file, 'GET user\n$filter = \u001b[31mred\u001b[0m eq\n');

  it('mark the severity, and nothing that a file brings along', async () => {
    const { out } = await apq(['check', file, '--color', 'always']);
    assert.match(out, /\u001b\[31m\u001b\[1merror\u001b\[22m\u001b\[39m /);
    assert.doesNotMatch(out.replace(/\u001b\[(?:1|2|22|31|33|36|39)m/g, ''), COLOUR);
    assert.ok(!out.includes('\u001b[31mred'));
  });

  it('are never in a pipe unasked', async () => {
    const { out, err } = await apq(['check', file]);
    assert.doesNotMatch(out + err, COLOUR);
  });
});
