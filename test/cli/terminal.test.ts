/** What the command line writes to a terminal, and to another program. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { print, printLine, tell } from '#cli/terminal';

const HOSTILE = 'a\u001b[31mb\u202ec\td\r\n';

describe('standard output and standard error', () => {
  /** What `work` writes to a stream that is a terminal, or is none. */
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

  it('a message shows controls, and masks what looks like a secret', async () => {
    const out = await written('stderr', false, () => tell(`${HOSTILE}Authorization: Bearer abc`));
    assert.equal(out, 'a␛[31mb[U+202E]c\td\nAuthorization: Bearer ***\n');
  });

  it('a result is exact where another program reads it', async () =>
    assert.equal(await written('stdout', false, async () => print(HOSTILE)), HOSTILE));

  it('a result shows controls on a terminal', async () =>
    assert.equal(await written('stdout', true, async () => print(HOSTILE)), 'a␛[31mb[U+202E]c\td\n'));

  it('a line for people always shows controls', async () =>
    assert.equal(await written('stdout', false, async () => printLine('a\u202eb')), 'a[U+202E]b\n'));
});
