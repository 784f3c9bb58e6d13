/** `apq convert`: from other tools and to programs, as a process. Core's tests have what each input becomes. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq } from '../support/apq-process';

const ROOT = 'https://acme.accessplanit.com/accessplan';
const API = `${ROOT}/api/v2`;
const postman = (...addresses: readonly string[]) =>
  JSON.stringify({ info: {}, item: addresses.map((url) => ({ name: url.slice(-4), request: { url } })) });

const FILES: Readonly<Record<string, string>> = {
  'one.txt': `curl '${API}/user?$top=5' -H 'Authorization: Bearer SECRET12345'`,
  'cmd.txt': `curl ^"${API}/user?^$top=5^" ^\r\n  -H ^"Cookie: SECRET12345^"\r\n`,
  'powershell.txt': `curl.exe -X PUT "${API}/user/5" \`\n  --data-raw '{\\"password\\": \\"SECRET12345\\"}'`,
  'two.sh': `#!/bin/sh\ncurl ${API}/user\ncurl -u me:SECRET12345 ${API}/venue\n`,
  'trace.txt': `curl ${API}/user\ncurl -X TRACE ${API}/venue`,
  'wget.txt': `curl ${API}/user\nwget ${API}/venue`,
  'only-wget.txt': `wget ${API}/venue`,
  'empty-curl.txt': `curl ${API}/user\ncurl --silent`,
  'sign-in.txt': `curl ${API}/user\ncurl ${API.toLowerCase()}/token -d 'password=SECRET12345'`,
  'address.txt': `${API}/user?$top=5`,
  'postman.json': postman(`${API}/user`, `${API}/venue`),
  'half.json': postman(`${API}/user`, 'https://example.com/x'),
  'none.json': postman('https://example.com/x'),
  'environment.json': JSON.stringify({
    name: 'Test',
    values: [
      { key: 'site', value: 'Lancaster' },
      { key: 'apiKey', value: 'SECRET12345' },
    ],
  }),
  'words.txt': 'Dear all,',
  'empty.txt': '',
  'known.txt': `curl '${API}/user?sig=KEY-OF-ENVIRONMENT'`,
  'pasted.apq': `###\ncurl '${API}/user?$top=5'\n`,
  'mixed.apq': `### A\nGET venue\n### B\ncurl ${API}/user\n`,
  'queries.apq': `### People
# @name people
GET user
$top = 2
### By ID
GET user?$filter=ID eq '{{people.results[0].ID}}'
### Broken
GET user
$filter = Surname = 'x'
### Change
PUT user/5
{ "Surname": "x" }
### Asks
@who = ?Whose surname?
GET user
$filter = Surname eq '{{who}}'
### Named
# @connection Prod
PUT user/6
{ "Surname": "x" }
### Secret
@password = ?Password
PUT user/7
{ "Password": "{{password}}" }
### Pages
# @pages 2
GET user
### Sign in
GET /api/v2/token
`,
  'good.apq': '### One\nGET user\n### Two\nGET venue\n',
  'named.apq': 'GET usr\n',
  'metadata.json': JSON.stringify({
    version: 1,
    root: ROOT,
    fetchedAt: '2026-01-31T12:00:00Z',
    modules: [{ name: 'User' }],
    platform: { checkedAt: '2026-01-31T12:00:00Z', traits: { skip: 'records' } },
  }),
};

type Case = readonly [line: string, status: number, out: RegExp, err: RegExp, input?: string | undefined];

const NOTHING = /^$/;
const TOP = /^###\n(?:#.*\n)*GET user\n\$top = 5\n$/;
const TO_REQUESTS: readonly Case[] = [
  [
    'one.txt',
    0,
    TOP,
    /^Requests go to .*\nThe header Authorization was left out: the connection signs in\.\n$/,
  ],
  ['-', 0, TOP, /Authorization/, FILES['one.txt']],
  ['cmd.txt', 0, TOP, /^Requests go to .*\nCookies|The header Cookie was left out/],
  [
    'powershell.txt',
    0,
    /PUT user\/5\n\{\n {2}"password": "\{\{password\}\}"\n\}/,
    /value of password was left/,
  ],
  ['two.sh', 0, /GET user\n[\s\S]*GET venue\n/, /The sign-in of the command was left out/],
  ['trace.txt', 1, /GET user\n$/, /“TRACE https:.*” was left out: the API knows GET/],
  ['wget.txt', 1, /GET user\n$/, /^Only cURL commands are imported\. Left out: “wget…”\.$/m],
  ['only-wget.txt', 1, NOTHING, /^only-wget\.txt can’t be converted\. This is a command of wget\. Only cURL/],
  [
    'empty-curl.txt',
    1,
    /GET user\n$/,
    /Left out: “a cURL command without an address”|a cURL command without an/,
  ],
  ['sign-in.txt', 0, /GET user\n$/, /was left out: the connection signs in by itself\./],
  ['address.txt', 0, TOP, /^Requests go to the platform that you run them on/],
  ['postman.json', 0, /GET user\n[\s\S]*GET venue\n/, /^Requests go to the platform that you run them on/],
  ['half.json', 1, /GET user\n$/, /was left out: its address has no \/api\/v2\//],
  [
    'none.json',
    1,
    NOTHING,
    /^none\.json can’t be converted\. The collection has no request of the accessplanit/,
  ],
  [
    'environment.json',
    0,
    /^@site = Lancaster\n@apiKey = \?Value for apiKey\n$/m,
    /The value of the variable apiKey/,
  ],
  ['words.txt', 1, NOTHING, /^words\.txt can’t be converted\. This is not a cURL command, an address/],
  ['empty.txt', 1, NOTHING, /^empty\.txt can’t be converted\./],
  ['-', 1, NOTHING, /can’t be converted\./, '{"a":1}'],
  ['known.txt', 0, /sig=\*\*\*/, /sig=\*\*\*/],
  ['pasted.apq', 0, TOP, /^Requests go to/],
  ['mixed.apq', 2, NOTHING, /^mixed\.apq holds requests already\. To make programs of them, name a language/],
  ['gone.txt', 2, NOTHING, /gone\.txt can’t be read: /],
  ['one.txt --request 0', 2, NOTHING, /^--request is for programs: name a language with --as\.$/m],
  ['one.txt --var a=b', 2, NOTHING, /^--var is for programs/],
  ['one.txt -o one.txt', 2, NOTHING, /^--output would write over one\.txt, which it reads\./],
];

const AT = `--root ${ROOT}`;
const TO_PROGRAMS: readonly Case[] = [
  [
    `queries.apq --as curl ${AT}`,
    0,
    /'https:\/\/acme\S*\/api\/v2\/user\?\$top=2'/,
    /^cURL written\. It reads your key/,
  ],
  [`- --as curl ${AT}`, 0, /\/api\/v2\/venue'/, /APQ_API_KEY/, 'GET venue'],
  [`queries.apq --as python ${AT}`, 0, /^# GET user[\s\S]*"\$top": "2"/, /^Python written\./],
  [`queries.apq --as powershell ${AT}`, 0, /'\$top' = "2"|'\$top' = '2'/, /^PowerShell written\./],
  [`queries.apq --as csharp ${AT}`, 0, /\["\$top"\] = "2"/, /^C# written\./],
  [`queries.apq --as javascript ${AT}`, 0, /\$top/, /^JavaScript written\./],
  [
    `queries.apq --as m ${AT}`,
    0,
    /#"\$top" = "2"/,
    /^Power Query M written\. Put your key into its parameter\.$/m,
  ],
  [`queries.apq --as python --request pages ${AT}`, 0, /while page < 2:/, /^Python written\./],
  [`queries.apq --as m --request change ${AT}`, 2, NOTHING, /Power Query M only reads, and this is a PUT\./],
  [
    `queries.apq --as curl --request 1 ${AT}`,
    1,
    NOTHING,
    /“By ID” was not converted: it takes a value from the answer of “People”/,
  ],
  [
    `queries.apq --as curl --request Broken ${AT}`,
    1,
    NOTHING,
    /^queries\.apq:9:19: error unknown-operator: .*\nThe request was not converted: correct the file first\.$/m,
  ],
  [`queries.apq --as curl --request Asks ${AT}`, 2, NOTHING, /Give it with --var who=value\.$/m],
  [`queries.apq --as curl --request Asks --var who=O'Neill ${AT}`, 0, /'O''Neill'/, /^cURL written/],
  [`queries.apq --as curl --var nobody=x ${AT}`, 2, NOTHING, /queries\.apq has no variable “nobody”\./],
  [`queries.apq --as curl --request Named ${AT}`, 2, NOTHING, /--connection "Prod=https:/],
  [
    `queries.apq --as curl --request Named --connection Prod=https://prod.accessplanit.com/accessplan ${AT}`,
    0,
    /prod\.accessplanit\.com/,
    /^cURL written/,
  ],
  [
    `queries.apq --as python --request Secret --var password=SECRET12345 ${AT}`,
    0,
    /"Password": "\*\*\*"/,
    /^“\*\*\*” stands in the program in place of the value of password/,
  ],
  [
    `queries.apq --as curl --request sign ${AT}`,
    1,
    NOTHING,
    /This address signs in, which the connection does by itself\./,
  ],
  [`queries.apq --as curl --request nobody ${AT}`, 2, NOTHING, /^No request is called “nobody”/],
  [`good.apq --as curl --request all ${AT}`, 0, /\/user'[\s\S]*\/venue'/, /^cURL written/],
  [
    `good.apq --as python --request all ${AT}`,
    2,
    NOTHING,
    /^A program is for one request, and there are 2\./,
  ],
  [`named.apq --as curl --metadata metadata.json ${AT}`, 1, NOTHING, /unknown-module/],
  [
    `queries.apq --as python --request pages --metadata metadata.json ${AT}`,
    0,
    /\$skip is a number of records/,
    /^Python written/,
  ],
  ['good.apq --as curl', 2, NOTHING, /^Name the platform: --root/],
  [
    `good.apq --as ruby ${AT}`,
    2,
    NOTHING,
    /^--as must be curl, powershell, python, csharp, javascript or m, not “ruby”\.$/m,
  ],
  ['', 2, NOTHING, /^Name the file: apq convert FILE\|-\.$/m],
];

describe('apq convert', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-convert-'));
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
  });
  after(() => rmSync(folder, { recursive: true }));

  const convert = async (line: string, input?: string) =>
    apq(['convert', ...line.split(' ').filter((word) => word !== '')], {
      cwd: folder,
      env: { APQ_API_KEY: 'KEY-OF-ENVIRONMENT' },
      ...(input === undefined ? {} : { input }),
    });

  for (const [line, status, out, err, input] of [...TO_REQUESTS, ...TO_PROGRAMS])
    it(`${line} ends with ${status}`, async () => {
      const ended = await convert(line, input);
      assert.equal(ended.code, status, ended.err);
      assert.match(ended.out, out);
      assert.match(ended.err, err);
      assert.doesNotMatch(ended.out + ended.err, /SECRET12345|KEY-OF-ENVIRONMENT/);
    });

  it('takes its own cURL commands back', async () => {
    const { out } = await convert(`good.apq --as curl --request all ${AT}`);
    const back = await convert('-', out);
    assert.equal(back.code, 0);
    assert.match(back.out, /GET user\n[\s\S]*GET venue\n/);
  });

  it('writes a file, and none where nothing can be converted', async () => {
    assert.equal((await convert('one.txt --output new.apq')).out, '');
    assert.match(readFileSync(join(folder, 'new.apq'), 'utf8'), TOP);
    await convert('words.txt --output words.apq');
    assert.ok(!existsSync(join(folder, 'words.apq')));
  });

  it('writes a file for each program, or none', async () => {
    assert.equal((await convert(`good.apq --as python --request all -o all.py ${AT}`)).code, 0);
    assert.match(readFileSync(join(folder, 'all-two.py'), 'utf8'), /^# GET venue/);
    assert.equal((await convert(`queries.apq --as python --request all -o bad.py ${AT}`)).code, 1);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.py')),
      ['all-one.py', 'all-two.py'],
    );
  });
});
