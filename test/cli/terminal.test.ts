/** What the command line writes to a terminal, and to another program. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { print, printLine, tell } from '#cli/terminal';
import { hide } from '#core/text/mask';

const HOSTILE = 'a\u001b[31mb\u202ec\td\r\n';

describe('standard output and standard error', () => {
  /** Returns what `work` writes to a stream. `isTTY`: whether it is a terminal. */
  const written = async (name: 'stdout' | 'stderr', isTTY: boolean, work: () => unknown): Promise<string> => {
    const stream = process[name];
    const before = { isTTY: stream.isTTY, write: stream.write.bind(stream) };
    let out = '';
    const write = (text: string, done?: () => void): boolean => {
      out += text;
      done?.();
      return true;
    };
    Object.assign(stream, { isTTY, write });
    try {
      await work();
    } finally {
      Object.assign(stream, before);
    }
    return out;
  };

  it('show controls in a message, and mask what looks like a secret', async () => {
    const out = await written('stderr', false, () => tell(`${HOSTILE}Authorization: Bearer abc`));
    assert.equal(out, 'a␛[31mb[U+202E]c\td\nAuthorization: Bearer ***\n');
  });

  it('mask a key that was hidden, wherever it stands', async () => {
    hide('0123456789');
    const out = await written('stderr', false, () => tell('GET http://a/b?x=0123456789'));
    assert.equal(out, 'GET http://a/b?x=***\n');
  });

  it('print a result unchanged for another program', async () =>
    assert.equal(await written('stdout', false, async () => print(HOSTILE)), HOSTILE));

  it('show controls of a result on a terminal', async () =>
    assert.equal(await written('stdout', true, async () => print(HOSTILE)), 'a␛[31mb[U+202E]c\td\n'));

  it('always show controls in a line for people', async () =>
    assert.equal(await written('stdout', false, async () => printLine('a\u202eb')), 'a[U+202E]b\n'));
});
