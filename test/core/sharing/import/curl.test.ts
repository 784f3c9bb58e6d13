/** Imports of cURL commands and addresses. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addressToApq } from '#core/sharing/import/address';
import { curlToApq } from '#core/sharing/import/curl';
import { importText, isImportable } from '#core/sharing/import/import-text';
import type { Imported } from '#core/sharing/import/imported';
import { LanguageService } from '#language';

const ROOT = 'https://acme.accessplanit.com/accessplan';
/** Without the notes, which are comments. */
const textOf = (imported: Imported): string =>
  imported.ok
    ? imported.text.replace(/^# (?!@|---- ).*\n/gm, '').replace(/^\n+/, '')
    : `NOT: ${imported.message}`;
const notesOf = (imported: Imported): string => (imported.ok ? imported.notes.join(' ') : '');
/** Returns the errors that don't come from missing metadata. */
const errorsOf = (text: string) => {
  const language = new LanguageService();
  return language.diagnose(language.parse(text)).filter(({ severity }) => severity === 'error');
};
describe('import of cURL', () => {
  it('takes a command for sh, without its key', () => {
    const imported = curlToApq(
      `curl -sS 'https://acme.accessplanit.com/accessplan/api/v2/coursedate?$select=ID,Label&$filter=Status%20eq%20%27Full%27&$top=20' \\\n  -H "Authorization: Bearer abcdefgh12345678" -H 'Accept: application/json'`,
    );
    assert.equal(
      textOf(imported),
      "###\nGET coursedate\n$select = ID, Label\n$filter = Status eq 'Full'\n$top    = 20\n",
    );
    assert.match(notesOf(imported), /acme\.accessplanit\.com.*Authorization was left out/);
  });

  for (const [name, command] of [
    [
      'Windows prompt',
      `curl -X PUT "${ROOT}/api/v2/coursedate/2024" ^\r\n -H "Content-Type: application/json" ^\r\n -d "{\\"Label\\": \\"a b\\"}"`,
    ],
    [
      'browser for cmd',
      `curl ^"${ROOT}/api/v2/coursedate/2024^" ^\r\n  -X ^"PUT^" ^\r\n  --data-raw ^"^{^\\^"Label^\\^": ^\\^"a b^\\^"^}^"`,
    ],
    [
      'PowerShell',
      `curl.exe -X PUT '${ROOT}/api/v2/coursedate/2024' \`\n  -H 'Content-Type: application/json' \`\n  -d '{\\"Label\\": \\"a b\\"}'`,
    ],
    ['sh', `$ curl --request PUT --url ${ROOT}/api/v2/coursedate/2024 --data '{"Label": "a b"}'`],
    [
      'browser for bash',
      `curl '${ROOT}/api/v2/coursedate/2024' -X 'PUT' --data-raw $'{"Label": "a\\u0020b"}' --compressed`,
    ],
    ['--json', `curl -XPUT --json '{"Label": "a b"}' ${ROOT}/api/v2/coursedate/2024 | jq . > out.json`],
  ] as const)
    it(`takes a change, for ${name}`, () =>
      assert.equal(textOf(curlToApq(command)), '###\nPUT coursedate/2024\n{\n  "Label": "a b"\n}\n'));

  for (const [address, note] of [
    [`${ROOT}sandbox/api/v2/user/1`, 'a request for the site “accessplansandbox”'],
    ['$BASE/accessplansandbox/api/v2/user/1', 'a request for the site “accessplansandbox”'],
    [`${ROOT}/api/v2/user/1`, undefined],
    ['$BASE/api/v2/user/1', undefined],
  ] as const)
    it(`says for which site ${address} is, unless it is production`, () => {
      const imported = curlToApq(`curl -X DELETE "${address}"`);
      assert.equal(/a request for the site “.*”/.exec(notesOf(imported))?.[0], note);
      assert.match(textOf(imported), /^DELETE user\/1$/m);
    });

  it('takes parameters of -G, several addresses, and several commands', () => {
    const imported = curlToApq(
      `curl -G ${ROOT}/api/v2/user --data-urlencode "\\$filter=Surname eq 'O''Brien & Söhne'" -d '$top=5' -u me:secretpassword\n` +
        `curl ${ROOT}/api/v2/course ${ROOT}/apihelp/v2/modules/course --next -X DELETE ${ROOT}/api/v2/user/7%2F1`,
    );
    assert.equal(
      textOf(imported),
      "### GET user\nGET user\n$filter = Surname eq 'O''Brien & Söhne'\n$top    = 5\n\n### GET course\nGET course\n\n### GET /apihelp/v2/modules/course\nGET /apihelp/v2/modules/course\n\n### DELETE user/7/1\nDELETE user/7%2F1\n",
    );
    assert.doesNotMatch(textOf(imported) + notesOf(imported), /secretpassword/);
  });

  it('leaves out the request for a token', () => {
    const imported = curlToApq(
      `curl ${ROOT}/api/v2/token -d 'grant_type=password&username=me&password=hunter2hunter2'`,
    );
    assert.ok(!imported.ok && /signs in by itself/.test(imported.message));
  });

  it('leaves out secrets in an address, a cookie and a body', () => {
    const imported = curlToApq(
      `curl 'https://me:pa55word99@acme.accessplanit.com/accessplan/api/v2/user?api_key=K3yK3yK3yK3y&_=1' -b 'session=s3ss10n1234' -X POST -d '{"Email":"a@b.c","Password":"n3wpassw0rd","Notes":"pa55word99"}'`,
    );
    const text = textOf(imported);
    assert.doesNotMatch(text + notesOf(imported), /pa55word99|K3yK3y|s3ss10n|n3wpassw0rd/);
    assert.match(text, /@Password = \?Value for Password\n/);
    assert.match(text, /"Password": ?"\{\{Password\}\}"/);
    assert.deepEqual(errorsOf(text), []);
  });

  it('explains why there is no request', () => {
    for (const text of ['curl https://example.com/x', 'curl', 'curl -X OPTIONS ' + ROOT + '/api/v2/user'])
      assert.match(textOf(curlToApq(text)), /^NOT: .*\.$/);
  });
});

describe('import of addresses', () => {
  it('takes encoded ones, hand-written ones, and several', () => {
    const imported = addressToApq(
      `${ROOT}/api/v2/coursedate?%24filter=Label%20eq%20%27a%26b%27&$top=5\n\nGET ${ROOT}/api/v2/user?$filter=Label eq 'Fish & Chips + Peas'&$skip=1#x`,
    );
    assert.equal(
      textOf(imported),
      "### GET coursedate\nGET coursedate\n$filter = Label eq 'a&b'\n$top    = 5\n\n### GET user\nGET user\n$filter = Label eq 'Fish & Chips + Peas'\n$skip   = 1\n",
    );
  });

  for (const text of [
    `<${ROOT}/api/v2/user/1>`,
    `"${ROOT}/api/v2/user/1"`,
    `GET '${ROOT}/api/v2/user/1'`,
    `\ufeff  GET <${ROOT}/api/v2/user/1>\r\n`,
  ])
    it(`takes what people put around one: ${text.trim()}`, () =>
      assert.equal(textOf(importText(text)), '###\nGET user/1\n'));

  it('takes addresses of the API only', () => {
    assert.ok(isImportable(`${ROOT}/api/v2/user`));
    assert.ok(isImportable(`  curl ${ROOT}/api/v2/user`));
    for (const text of ['GET user', 'https://example.com/', '', 'see curling', '$filter = x'])
      assert.ok(!isImportable(text), text);
    assert.match(textOf(importText('hello')), /^NOT: This is not a cURL command/);
  });
});

describe('import of anything', () => {
  const part = fc.constantFrom(
    ...[
      'curl ',
      ' -X ',
      ' -d ',
      ' -H ',
      "'",
      '"',
      '\\',
      '^',
      '`',
      '\n',
      '\r\n',
      '{',
      '}',
      '{{',
      '}}',
      '###',
      '?',
      '&',
      '=',
    ],
    ...[
      '$filter',
      ' eq ',
      `${ROOT}/api/v2/user`,
      '/api/v2/',
      '%27',
      '%',
      '#',
      '@',
      ' --json ',
      ' -G ',
      ' --next ',
      ':id',
      "$'",
      '-u a:b',
    ],
    ...['\ud800', '🎓', '"Password":"x"', '{"a":1}', '\u2028'],
  );
  const text = fc.oneof(
    fc.array(fc.oneof(part, fc.string({ maxLength: 5 })), { maxLength: 20 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  it('never throws', () => {
    fc.assert(
      fc.property(text, (each) => {
        for (const read of [importText, curlToApq, addressToApq]) {
          const imported = read(each);
          if (imported.ok) assert.ok(new LanguageService().parse(imported.text).text === imported.text);
          else assert.match(imported.message, /\S/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is quick with hostile text', function () {
    this.timeout(120_000);
    const api = `${ROOT}/api/v2/`;
    for (const each of [
      `curl ${'/'.repeat(200_000)}`,
      `curl '${api}${'a/'.repeat(100_000)}'`,
      `curl "${api}user?${"'&".repeat(100_000)}"`,
      `curl ${'"'.repeat(200_001)}`,
      `curl ${'{{'.repeat(100_000)}${api}user`,
      `${'a=1  '.repeat(2_000)}x`,
      `${api}user?$filter=${"a eq '{{".repeat(5_000)}`,
      `${`curl ${api}user\n`.repeat(2_000)}`,
      `{"info":${'['.repeat(100_000)}`,
      `${api}user?$filter=Label eq '${'%E9'.repeat(50_000)}`,
      `${api}user?$filter=${"'+".repeat(50_000)}#`,
    ]) {
      const started = performance.now();
      importText(each);
      isImportable(each);
      // Where time grew with the square of the length, it would be minutes.
      assert.ok(performance.now() - started < 15_000, each.slice(0, 100));
    }
  });

  it('leaves out a secret wherever it appears', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/);
    fc.assert(
      fc.property(secret, fc.nat(7), (key, form) => {
        const url = `${ROOT}/api/v2/user`;
        const command = [
          `curl ${url} -H 'Authorization: Bearer ${key}'`,
          `curl ${url} -H "X-Api-Key:${key}" -d '{"Token":"${key}"}'`,
          `curl ${url} -u 'name:${key}'`,
          `curl '${url}?access_token=${key}'`,
          `curl https://name:${key}@acme.accessplanit.com/accessplan/api/v2/user`,
          `curl ${url} --oauth2-bearer ${key}`,
          `curl ${url} -b 'auth=${key}'`,
          `curl ${url} -d '{"password":"${key}","Notes":"my ${key}"}'`,
        ][form];
        const imported = curlToApq(command ?? '');
        assert.ok(imported.ok, textOf(imported));
        assert.ok(!(imported.text + imported.notes.join('')).includes(key), imported.text);
      }),
    );
  });
});
