/** Texts as literals: each language reads back the same text. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  csharpBlock,
  csharpText,
  javascriptBlock,
  javascriptText,
  jsonLines,
  mText,
  powershellBlock,
  powershellText,
  pythonBlock,
  pythonText,
  shellText,
} from '#core/sharing/code/literals';

const NASTY = [
  "it's",
  "Status eq 'Full' and Label ne 'a\"b'",
  '$HOME ${HOME} $(id) `id` %PATH% !! ~ * ? [a-z] {a,b} \\ \\n \\',
  'line\nbreak\r\ntab\tbell\u0007',
  '‘single’ “double” ‚low‛ „low”',
  'Zoë, Łódź, 北京, 🎓',
  '\u202etxt.exe\u2028\ufeff',
  '#(lf) #{x} #"x" ""',
  "'@\n@' \"\"\" ''' ${x} $x",
  '-n',
  '',
  // What is special in one kind of quotes, next to what calls for that kind.
  "it's $HOME ${HOME} $(id)",
  String.raw`it's \\ twice`,
  '‛',
];
const piece = fc.constantFrom(...NASTY, "'", '"', '\\', '$', '`', '%', '\n', '!', '#(', '{{', '”', '’');
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
);
/** Many texts for one process. `filter` leaves out NUL where a program can't receive it. */
const texts = (filter: (each: string) => boolean = () => true): string[] => [
  ...NASTY,
  ...fc.sample(text, 400).filter(filter),
];
const json = fc.sample(fc.object({ key: text, values: [text, fc.integer(), fc.boolean()] }), 100);
const bodies = json.map((each) => jsonLines(JSON.stringify(each)));
/** Bodies, and texts with what ends a literal of several lines, which JSON alone does not hold. */
const blocks = [...bodies, '"""', 'a """"b"', '"', '`${x}` \\', '{\n  "a": ""\n}'];

/** Runs a program, which must be installed: without it the test would prove nothing. */
function run(program: string, args: readonly string[], input: string): string {
  try {
    return execFileSync(program, args, { input, encoding: 'utf8', maxBuffer: 1e8 });
  } catch (cause) {
    throw new Error(`${program} is needed for this test and did not run: ${String(cause)}`, { cause });
  }
}

describe('literals of generated code', () => {
  it('indent JSON without changing its meaning', () => {
    bodies.forEach((body, index) =>
      assert.deepEqual(JSON.parse(body), JSON.parse(JSON.stringify(json[index]))),
    );
  });

  it('are read back by sh', () => {
    const all = [...texts((each) => !each.includes('\0') && !/\p{Cs}/u.test(each)), ...bodies];
    const script = all.map((each) => `printf '%s\\0' ${shellText(each)}`).join('\n');
    assert.deepEqual(run('sh', ['-s'], script).split('\0').slice(0, -1), all);
  });

  it('are read back by Python', () => {
    // JSON can hold halves of surrogate pairs, as escapes.
    const all = texts();
    const literals = [...all.map(pythonText), ...blocks.map(pythonBlock)].join(',\n');
    assert.deepEqual(JSON.parse(run('python3', ['-'], `import json\nprint(json.dumps([${literals}]))`)), [
      ...all,
      ...blocks,
    ]);
  });

  it('are read back by JavaScript', () => {
    const all = texts();
    const literals = [...all.map(javascriptText), ...blocks.map(javascriptBlock)].join(',\n');
    const output = run(
      process.execPath,
      ['--input-type=module', '-'],
      `console.log(JSON.stringify([${literals}]))`,
    );
    assert.deepEqual(JSON.parse(output), [...all, ...blocks]);
  });

  it('follow the grammar of C#', () => {
    for (const each of texts()) assert.equal(readCsharp(csharpText(each)), each);
    for (const each of blocks) assert.equal(readRawCsharp(csharpBlock(each, 4)), each);
  });

  it('follow the grammar of PowerShell', () => {
    for (const each of texts()) assert.equal(readPowershell(powershellText(each)), each);
    for (const each of bodies) {
      const [open, ...lines] = powershellBlock(each).split('\n');
      assert.equal(open, "@'");
      assert.equal(
        lines.findIndex((line) => line.startsWith("'@")),
        lines.length - 1,
      );
      assert.equal(lines.slice(0, -1).join('\n'), each);
    }
  });

  it('follow the grammar of Power Query M', () => {
    for (const each of texts()) assert.equal(readM(mText(each)), each);
  });

  it('write no ! in double quotes of a shell, where an interactive bash looks up its history', () =>
    assert.equal(shellText("it's !1"), String.raw`'it'\''s !1'`));

  it('write half a character of Power Query M as an escape', () =>
    assert.equal(mText('a\ud800'), '"a#(d800)"'));

  it('show what an editor would hide', () => {
    for (const write of [pythonText, javascriptText, csharpText, powershellText, mText])
      assert.doesNotMatch(write('a\u202eb\u200bc\u00add'), /[\u202e\u200b\u00ad]/);
    const shown = jsonLines('{"a":"b\u202ec\u200b"}');
    assert.equal(
      shown,
      String.raw`{
  "a": "b\u202ec\u200b"
}`,
    );
  });
});

/** Reads a regular literal (language reference, "String literals"). */
function readCsharp(literal: string): string {
  assert.match(literal, /^"(?:[^"\\\r\n\u0085\u2028\u2029]|\\["\\0abfnrtv]|\\u[0-9a-f]{4})*"$/i);
  const plain: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, code: string | undefined, char: string) =>
      code === undefined ? (plain[char] ?? char) : String.fromCharCode(parseInt(code, 16)),
    );
}

/** Reads a raw literal: between runs of quotes, longer than any inside, without the last line's indentation. */
function readRawCsharp(literal: string): string {
  const [, quotes = '', inner = '', depth = ''] = /^("{3,})\n([\s\S]*)\n( *)\1$/.exec(literal) ?? [];
  assert.ok(quotes.length >= 3 && !inner.includes(quotes));
  return inner
    .split('\n')
    .map((line) => {
      assert.ok(line.startsWith(depth));
      return line.slice(depth.length);
    })
    .join('\n');
}

/** By about_Quoting_Rules: ‘’‚‛ are single quotes, “”„ double ones; the backtick escapes; `$` begins an expression. */
function readPowershell(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("'")) {
    assert.ok(literal.endsWith("'"));
    assert.doesNotMatch(inner, /['‘’‚‛\r\n]/);
    return inner;
  }
  assert.ok(literal.startsWith('"') && literal.endsWith('"'));
  let result = '';
  for (let i = 0; i < inner.length; i++) {
    const code = /^\$\(\[char\]0x([0-9a-f]{4})\)/.exec(inner.slice(i, i + 20));
    if (code !== null) {
      result += String.fromCharCode(parseInt(code[1] ?? '', 16));
      i += code[0].length - 1;
    } else if (inner[i] === '`') {
      const next = inner[++i] ?? '';
      result += { n: '\n', r: '\r', t: '\t', '0': '\0' }[next] ?? next;
      assert.doesNotMatch(next, /[abefuv]/);
    } else {
      assert.doesNotMatch(inner[i] ?? '', /["“”„$]/);
      result += inner[i];
    }
  }
  return result;
}

/** By the M specification, "Text literals": `""` and `#(…)`. */
function readM(literal: string): string {
  assert.match(literal, /^"(?:[^"\r\n]|"")*"$/);
  return literal.slice(1, -1).replace(/""|#\(([^)]*)\)/g, (whole, escape: string | undefined) => {
    if (whole === '""') return '"';
    const names: Readonly<Record<string, string>> = { lf: '\n', cr: '\r', tab: '\t', '#': '#' };
    const named = names[escape ?? ''];
    if (named !== undefined) return named;
    assert.match(escape ?? '', /^[0-9a-f]{4}$/);
    return String.fromCharCode(parseInt(escape ?? '', 16));
  });
}
