/** Imports of Postman collections. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { importText } from '#core/sharing/import/import-text';
import type { Imported } from '#core/sharing/import/imported';
import { postmanToApq } from '#core/sharing/import/postman';
import { LanguageService } from '#language';

/** Without the notes, which are comments. */
const textOf = (imported: Imported): string =>
  imported.ok
    ? imported.text.replace(/^# (?!@|---- ).*\n/gm, '').replace(/^\n+/, '')
    : `NOT: ${imported.message}`;
const notesOf = (imported: Imported): string => (imported.ok ? imported.notes.join('\n') : '');
const errorsOf = (text: string) => {
  const language = new LanguageService();
  return language.diagnose(language.parse(text)).filter(({ severity }) => severity === 'error');
};

const V21 = {
  info: { name: 'Acme', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: 'abcdefgh12345678', type: 'string' }] },
  event: [{ listen: 'test', script: { exec: ['pm.test()'] } }],
  variable: [
    { key: 'baseUrl', value: '{{site}}/api/' },
    { key: 'site', value: 'https://acme.accessplanit.com/accessplan' },
    { key: 'town', value: 'Lancaster' },
    { key: 'course code', value: 'FirAid' },
    { key: 'course_code', value: 'Other' },
    { key: 'apiKey', value: 'abcdefgh12345678' },
    { key: 'hidden', value: 'zyxwvuts87654321', type: 'secret' },
  ],
  item: [
    {
      name: 'Courses',
      item: [
        {
          name: 'Upcoming',
          request: {
            method: 'GET',
            description: 'What is on\nin {{town}}',
            header: [
              { key: 'Authorization', value: 'Bearer {{apiKey}}' },
              { key: 'X-Trace', value: '1', disabled: true },
            ],
            url: {
              raw: "{{baseUrl}}/v2/coursedate?$filter=VenueTown eq '{{town}}' and CourseID ne '{{course code}}'&$top=5",
              host: ['{{baseUrl}}'],
              path: ['coursedate'],
              query: [
                { key: '$filter', value: "VenueTown eq '{{town}}' and CourseID ne '{{course code}}'" },
                { key: '$orderby', value: 'StartDate%20desc' },
                { key: '$top', value: '5', disabled: true },
              ],
            },
          },
        },
        {
          name: 'Change',
          request: {
            method: 'PUT',
            url: { raw: '{{baseUrl}}/v2/coursedate/:id', variable: [{ key: 'id', value: '20/24' }] },
            body: { mode: 'raw', raw: '{\n\t"Label": "{{course_code}}",\n\t"MaxPlaces": {{places}}\n}' },
          },
        },
      ],
    },
    {
      name: 'Change',
      request: {
        method: 'DELETE',
        url: 'https://acme.accessplanit.com/accessplan/api/v2/user/{{hidden}}',
        body: { mode: 'urlencoded', urlencoded: [] },
      },
    },
    { name: 'Sign in', request: { method: 'POST', url: '{{unknown}}/token' } },
    { name: 'Elsewhere', request: { method: 'GET', url: 'https://example.com/a' } },
  ],
};

describe('import of Postman collections', () => {
  it('takes folders, variables, paths and bodies of 2.1, but no secrets', () => {
    const imported = importText(JSON.stringify(V21));
    assert.equal(
      textOf(imported),
      `@town = Lancaster
@course_code = FirAid
@course_code_2 = Other
@places = ?Value for places
@hidden = ?Value for hidden

# ---- Courses ----

### Upcoming
# @description What is on in {{town}}
GET coursedate
$filter  = VenueTown eq '{{town}}' and CourseID ne '{{course_code}}'
$orderby = StartDate desc

### Change
PUT coursedate/20%2F24
{
  "Label": "{{course_code_2}}",
  "MaxPlaces": {{places}}
}

### Change (2)
DELETE user/{{hidden}}
`,
    );
    assert.deepEqual(errorsOf(textOf(imported)), []);
    const notes = notesOf(imported);
    for (const note of [
      /Requests go to the platform that you run them on, not to acme\.accessplanit\.com/,
      /sign-in of the collection was left out/,
      /Scripts were left out/,
      /header Authorization was left out/,
      /“Sign in” was left out: the connection signs in by itself/,
      /“Elsewhere” was left out: its address has no \/api\/v2\//,
      /The body \(urlencoded\) was left out/,
    ])
      assert.match(notes, note);
    assert.doesNotMatch(textOf(imported) + notes, /abcdefgh|zyxwvuts/);
  });

  it('takes addresses and headers of 2.0, which are texts', () => {
    const imported = postmanToApq(
      JSON.stringify({
        info: { name: 'Old', schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
        item: [
          'nonsense',
          { name: 'Only an address', request: 'https://acme.accessplanit.com/accessplan/api/v2/user?$top=5' },
          {
            name: '### Created\n',
            request: {
              url: 'https://acme.accessplanit.com/accessplan/api/v2/user?$upsert=Email eq {{$randomUUID}}',
              method: 'POST',
              description: { content: 'Bearer abcdefgh12345678', type: 'text/plain' },
              header: 'Content-Type: application/json\nX-Api-Key: abcdefgh12345678',
              body: { mode: 'raw', raw: '{"Email":"{{$env SECRET}}","Password":"hunter2hunter2"}' },
            },
          },
        ],
      }),
    );
    assert.equal(
      textOf(imported),
      `@env_SECRET = ?Value for env_SECRET
@Password = ?Value for Password

### Only an address
GET user
$top = 5

### Created
# @description Bearer ***
POST user
$upsert = Email eq {{$guid}}
{
  "Email": "{{env_SECRET}}",
  "Password": "{{Password}}"
}
`,
    );
  });

  it('takes variables that refer to each other', () => {
    const collection = (variable: unknown) =>
      textOf(
        postmanToApq(
          JSON.stringify({
            info: {},
            variable,
            item: [
              {
                name: 'x',
                request: "https://a.accessplanit.com/accessplan/api/v2/user?$filter=ID eq '{{a}}'",
              },
            ],
          }),
        ),
      );
    const chain = collection([
      { key: 'b', value: 'deep' },
      { key: 'a', value: '{{b}}-{{b}}' },
    ]);
    assert.match(chain, /^@b = deep\n@a = \{\{b\}\}-\{\{b\}\}\n/);
    const cycle = collection([
      { key: 'a', value: '{{b}}' },
      { key: 'b', value: '{{a}}' },
    ]);
    assert.deepEqual(errorsOf(cycle), []);
    assert.deepEqual(errorsOf(collection([{ key: 'a', value: '{{a}}' }])), []);
  });

  const API = 'https://acme.accessplanit.com/accessplan/api/v2';
  const one = (request: unknown, variable: unknown = []) => ({
    info: {},
    variable,
    item: [{ name: 'x', request }],
  });
  const named = (a: string) => one(`${API}/user?$filter=Surname eq '{{a}}'`, [{ key: 'a', value: a }]);
  for (const [title, collection, lines, told] of [
    [
      'an unknown variable before v2',
      one('{{baseUrl}}/v2/course'),
      ['### x', 'GET course'],
      /begins with a variable whose value is not known/,
    ],
    [
      'an unknown variable that ends with a slash',
      one('{{baseUrl}}course/5'),
      ['### x', 'GET course/5'],
      /begins with a variable/,
    ],
    ['a value that looks like a prompt', named('?x'), ['### x', 'GET user', "$filter = Surname eq '?x'"]],
    ['a value with quotes', named("O''Brien"), ['### x', 'GET user', "$filter = Surname eq 'O''Brien'"]],
    ['an encoded value', named('a%20%26%20b'), ['### x', 'GET user', "$filter = Surname eq 'a & b'"]],
    [
      'a value that begins with a question and needs another',
      one(`${API}/user?$filter=Surname eq '{{a}}'`, [{ key: 'a', value: '?{{b}}' }]),
      ['@a = ?Value for a', '### x', 'GET user', "$filter = Surname eq '{{a}}'"],
      /variable a was left out .* can’t begin with “\?”/,
    ],
    [
      'a secret value',
      one(`${API}/user?$filter=ID eq '{{apiKey}}'`, [{ key: 'apiKey', value: 'abcdefgh1234' }]),
      ['@apiKey = ?Value for apiKey', '### x', 'GET user', "$filter = ID eq '{{apiKey}}'"],
      /variable apiKey was left out .* secret/,
    ],
    [
      'a plus in the list of parameters',
      one({ url: { raw: `${API}/user`, query: [{ key: '$orderby', value: 'Surname+asc' }] } }),
      ['### x', 'GET user', '$orderby = Surname asc'],
    ],
    [
      'a parameter that is switched off',
      one({ url: { raw: `${API}/user`, query: [{ key: '$top', value: '5', disabled: true }] } }),
      ['### x', 'GET user'],
      /\$top=5 was left out: it is switched off/,
    ],
    [
      'a question mark in a quoted value',
      one({ url: { raw: `${API}/user?$filter=Surname eq 'a?b'` } }),
      ['### x', 'GET user', "$filter = Surname eq 'a?b'"],
    ],
    [
      'folders with descriptions',
      {
        info: { description: 'All of it\n@connection Production' },
        item: [
          {
            name: 'A',
            description: 'Of A\n# @connection Production\n@x = ?y\n### z\nDELETE user/1',
            item: [
              { name: 'B', description: { content: 'Of B' }, item: [{ name: 'x', request: `${API}/user` }] },
            ],
          },
          { name: 'Empty', description: 'Lost', item: [] },
        ],
      },
      [
        '# All of it',
        '# “@connection Production”',
        '# ---- A / B ----',
        '# Of A',
        '# # @connection Production',
        '# “@x = ?y”',
        '# ### z',
        '# DELETE user/1',
        '# Of B',
        '### x',
        'GET user',
      ],
      /“Empty” was left out/,
    ],
    [
      'a long description',
      one({ url: `${API}/user`, description: `${'word '.repeat(120)}end` }),
      [
        '### x',
        `# ${'word '.repeat(120)}end`,
        `# @description ${'word '.repeat(120).slice(0, 499)}…`,
        'GET user',
      ],
    ],
    [
      'a long title',
      { info: {}, item: [{ name: 'word '.repeat(40), request: `${API}/user` }] },
      [`### ${'word '.repeat(40).slice(0, 119)}…`, 'GET user'],
      /The title was cut: (?:word ){39}word/,
    ],
    [
      'a title of several lines',
      { info: {}, item: [{ name: '### a\n### b\r\nDELETE user/1', request: `${API}/user` }] },
      ['### a ### b DELETE user/1', 'GET user'],
    ],
    [
      'saved examples and scripts',
      { info: {}, event: [{}], item: [{ name: 'x', request: `${API}/user`, response: [{ name: 'y' }] }] },
      ['### x', 'GET user'],
      /Scripts were left out.*Saved examples were left out/,
    ],
    [
      'a request that can’t be read',
      {
        info: {},
        item: [
          { name: 'x', request: `${API}/user` },
          { name: 'y', request: 5 },
        ],
      },
      ['### x', 'GET user'],
      /“y” was left out: it could not be read/,
    ],
    [
      'a body that is switched off',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: '{}', disabled: true } }),
      ['### x', 'PUT user/1'],
      /body was left out: it is switched off/,
    ],
    [
      'sign-in',
      one({ url: `${API}/user`, auth: { type: 'basic' } }),
      ['### x', 'GET user'],
      /sign-in of the collection was left out/,
    ],
    [
      'variables of a folder',
      {
        info: {},
        variable: [{ key: 'a', value: 'one' }],
        item: [
          {
            name: 'F',
            variable: [
              { key: 'a', value: 'two' },
              { key: 'b', value: 'three' },
            ],
            item: [{ name: 'x', request: `${API}/user?$filter=A eq '{{a}}' and B eq '{{b}}'` }],
          },
        ],
      },
      [
        '@a = one',
        '@b = three',
        '# ---- F ----',
        '### x',
        'GET user',
        "$filter = A eq '{{a}}' and B eq '{{b}}'",
      ],
      /variable a has several values/,
    ],
    [
      'braces that are no variable',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: `{"a":"{{it's}} {{{b}}}"}` } }),
      ['@b = ?Value for b', '### x', 'PUT user/1', '{', `  "a": "\\u007b{it's}} \\u007b{{b}}}"`, '}'],
    ],
    [
      'an empty value',
      one(`${API}/user?$top=&$skip=1`),
      ['### x', 'GET user', '$skip = 1'],
      /\$top was left out: it has no value/,
    ],
    [
      'a line break in a value',
      one({ url: { raw: `${API}/user`, query: [{ key: '$filter', value: "Surname eq 'a\nb'" }] } }),
      ['### x', 'GET user', "$filter = Surname eq 'a b'"],
      /Line breaks in \$filter became spaces/,
    ],
    [
      'a secret parameter',
      one(`${API}/user?pin=12345678&$filter=ID eq '12345678'`),
      ['### x', 'GET user', "$filter = ID eq '***'"],
      /“\*\*\*” stands.*The parameter pin was left out: the connection signs in/,
    ],
    [
      'a key as a user name',
      one({
        method: 'PUT',
        url: `https://abcdefgh1234@acme.accessplanit.com/accessplan/api/v2/user/1`,
        body: { mode: 'raw', raw: '{"a":"abcdefgh1234"}' },
      }),
      ['### x', 'PUT user/1', '{', '  "a": "***"', '}'],
      /user name and password in the address/,
    ],
    [
      'a name of a parameter with a line break',
      one({ url: { raw: `${API}/user`, query: [{ key: 'a\n@connection X', value: '1' }] } }),
      ['### x', 'GET user'],
      /The parameter a @connection X=1 was left out/,
    ],
    [
      'a folder with a key in its name',
      {
        info: {},
        item: [{ name: 'Bearer abcdefgh12345678', item: [{ name: 'x', request: `${API}/user` }] }],
      },
      ['# ---- Bearer *** ----', '### x', 'GET user'],
    ],
    [
      'a folder without a request of the API',
      {
        info: {},
        item: [
          { name: 'F', description: 'Of F', item: [{ name: 'y', request: 'https://example.com/' }] },
          { name: 'x', request: `${API}/user` },
        ],
      },
      ['### x', 'GET user'],
      /description of the folder “F” was left out/,
    ],
    [
      'a description that would be shown in another order',
      { info: { description: 'a\u202eb' }, item: [{ name: 'x', request: `${API}/user` }] },
      ['# a[U+202E]b', '### x', 'GET user'],
    ],
    [
      'a value that refers to itself',
      one(`${API}/user?$filter=ID eq '{{a}}'`, [
        { key: 'a', value: '{{b}}' },
        { key: 'b', value: '{{a}}' },
      ]),
      ['@a = ?Value for a', '@b = {{a}}', '### x', 'GET user', "$filter = ID eq '{{a}}'"],
      /variable a was left out .* refers to itself/,
    ],
    [
      'a password that is a variable',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: '{"Password":"{{pw}}"}' } }),
      ['@pw = ?Value for pw', '### x', 'PUT user/1', '{', '  "Password": "{{pw}}"', '}'],
    ],
    [
      'a password whose name is escaped',
      one({
        method: 'PUT',
        url: `${API}/user/1`,
        body: { mode: 'raw', raw: '{"Pass\\u0077ord":"hunter2hunter2","a":"hunter2hunter2"}' },
      }),
      [
        '@Password = ?Value for Password',
        '### x',
        'PUT user/1',
        '{',
        '  "Pass\\u0077ord": "{{Password}}",',
        '  "a": "***"',
        '}',
      ],
      /value of Password was left out/,
    ],
    [
      'a body that is a list',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: '[1]' } }),
      ['### x', 'PUT user/1'],
      /The body was left out: it is not a JSON object/,
    ],
    ['an address on two lines', one(`${API}/user\n?$top=5`), ['### x', 'GET user', '$top = 5']],
    [
      'a secret value that stands elsewhere, too',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: '{"a":"abcdefgh1234"}' } }, [
        { key: 'apiKey', value: 'abcdefgh1234' },
      ]),
      ['### x', 'PUT user/1', '{', '  "a": "***"', '}'],
      /“\*\*\*” stands/,
    ],
    [
      'a variable that is switched off, or has no name',
      one(`${API}/user?$filter=A eq '{{a}}' and B eq '{{}}'`, [
        { key: 'a', value: 'one', disabled: true },
        { key: '', value: 'two' },
      ]),
      [
        '@a = ?Value for a',
        '@value = ?Value for value',
        '### x',
        'GET user',
        "$filter = A eq '{{a}}' and B eq '{{value}}'",
      ],
    ],
    [
      'a variable that is there twice with the same value',
      one(`${API}/user?$filter=A eq '{{a}}'`, [
        { key: 'a', value: 'one' },
        { key: 'a', value: 'one' },
      ]),
      ['@a = one', '### x', 'GET user', "$filter = A eq '{{a}}'"],
    ],
    [
      'parts of a path',
      {
        info: {},
        item: [
          [':id', 'a?$top=1#b'],
          [':id', 'a\ud800b'],
          [':id', '{{id}}'],
          [':id', ''],
          [':apiKey', 'abcdefgh1234'],
          [':id.x', 'abc'],
        ].map(([segment, value], index) => ({
          name: String(index + 1),
          request: {
            method: 'DELETE',
            url: {
              raw: `${API}/user/${segment ?? ''}`,
              variable: [{ key: segment?.replace(/^:|\.x$/g, ''), value }],
            },
          },
        })),
      },
      [
        '@id = ?Value for id',
        '@apiKey = ?Value for apiKey',
        ...[
          ['### 1', 'DELETE user/a%3F%24top%3D1%23b'],
          ['### 2', 'DELETE user/ab'],
          ['### 3', 'DELETE user/{{id}}'],
          ['### 4', 'DELETE user/{{id}}'],
          ['### 5', 'DELETE user/{{apiKey}}'],
          ['### 6', 'DELETE user/%3Aid.x'],
        ].flat(),
      ],
    ],
    [
      'a secret parameter that is switched off, without its value',
      one({ url: { raw: `${API}/user`, query: [{ key: 'api_key', value: 'abc', disabled: true }] } }),
      ['### x', 'GET user'],
      /^The parameter api_key was left out: it is switched off\.$/,
    ],
    [
      'headers and a body that are not sent',
      one({
        url: `${API}/user`,
        header: [
          { key: 'X-Trace', value: '1', disabled: true },
          { key: '', value: '1' },
        ],
        body: { mode: 'none' },
      }),
      ['### x', 'GET user'],
    ],
    [
      'an empty body that is switched off',
      one({ url: `${API}/user`, body: { mode: 'raw', raw: '', disabled: true } }),
      ['### x', 'GET user'],
    ],
    ['what Postman’s API returns', { collection: one(`${API}/user`) }, ['### x', 'GET user']],
    ['a collection that has values, too', { ...one(`${API}/user`), values: [] }, ['### x', 'GET user']],
    [
      'folders in folders, to a limit',
      {
        info: {},
        item: [50, 51].map((depth) =>
          Array.from({ length: depth }).reduce<unknown>((inner) => ({ name: '', item: [inner] }), {
            name: String(depth),
            request: `${API}/user`,
          }),
        ),
      },
      ['### 50', 'GET user'],
      /^Folders that nest too deep were left out\./,
    ],
    [
      'what is neither a folder nor a request, and sign-in and scripts of one',
      {
        info: {},
        item: [
          5,
          { name: 'x', request: `${API}/user`, auth: { type: 'basic' }, event: [{ listen: 'test' }] },
        ],
      },
      ['### x', 'GET user'],
      /^An entry .* was left out\. The sign-in .* was left out: .*\. Scripts were left out\.$/,
    ],
    [
      'a blank value',
      one(`${API}/user?$filter=A eq '{{a}}'`, [{ key: 'a', value: ' ' }]),
      ['@a = ?Value for a', '### x', 'GET user', "$filter = A eq '{{a}}'"],
    ],
    [
      'an address that refers to itself',
      {
        info: {},
        variable: [{ key: 'a', value: '{{a}}/x' }],
        item: [
          { name: 'x', request: `${API}/user` },
          { name: 'y', request: '{{a}}' },
        ],
      },
      ['### x', 'GET user'],
      /“y” was left out: its address/,
    ],
    ['half a character in an ID', one(`${API}/user/a\ud800b`), ['### x', 'GET user/a%EF%BF%BDb']],
    [
      'what stands for a reference in our own texts',
      one({ method: 'PUT', url: `${API}/user/1`, body: { mode: 'raw', raw: '{"a":"\ufdd0b\ufdd1"}' } }),
      ['### x', 'PUT user/1', '{', '  "a": "\ufdd0b\ufdd1"', '}'],
    ],
    [
      'a known variable that is no address',
      {
        info: {},
        variable: [{ key: 'm', value: 'course' }],
        item: [
          { name: 'y', request: '{{m}}/5' },
          { name: 'x', request: `${API}/user` },
        ],
      },
      ['### x', 'GET user'],
      /“y” was left out: its address/,
    ],
  ] as readonly (readonly [string, unknown, readonly string[], RegExp?])[])
    it(`takes ${title}`, () => {
      const imported = importText(JSON.stringify(collection));
      assert.ok(imported.ok, textOf(imported));
      const notes = imported.notes.filter((note) => !note.startsWith('Requests go to'));
      const comments = new Set(imported.notes.map((note) => `# ${note}`));
      assert.deepEqual(
        imported.text.split('\n').filter((line) => line !== '' && !comments.has(line)),
        lines,
      );
      for (const comment of comments) assert.ok(imported.text.includes(`${comment}\n`), comment);
      if (told === undefined) assert.deepEqual(notes, []);
      else assert.match(notes.join(' '), told);
      const language = new LanguageService();
      for (const { connection, pages } of language.requests(language.parse(imported.text)))
        assert.deepEqual([connection, pages], [undefined, undefined]);
    });

  it('takes a file with a byte order mark', () =>
    assert.equal(textOf(importText(`\ufeff${JSON.stringify(one(`${API}/user`))}`)), '### x\nGET user\n'));

  it('says which requests were left out, and why', () => {
    for (const [request, why] of [
      ['{{baseUrl}}/v2', /“x” was left out: its address/],
      ['{{url}}', /“x” was left out: its address/],
      [{ url: `${API}/user`, method: 'COPY' }, /“x” was left out: the API knows/],
    ] as const)
      assert.match(textOf(importText(JSON.stringify(one(request)))), why);
  });

  it('takes long chains of variables, and does not repeat long values', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => ({ key: `v${at}`, value: `{{v${at + 1}}}` }));
    const chained = importText(JSON.stringify(one(`${API}/user?$filter=ID eq '{{v0}}'`, chain)));
    assert.match(notesOf(chained), /refers to too many others/);
    const long = "x'".repeat(1500);
    const repeated = one(`${API}/user?$filter=${"ID eq '{{a}}' or ".repeat(50)}ID eq '1'`, [
      { key: 'a', value: long },
    ]);
    assert.ok(textOf(importText(JSON.stringify(repeated))).length < 10_000);
  });

  it('shows no secret of what it leaves out', () => {
    for (const request of [
      { url: 'https://me:pw12345@example.com/a?key=abc123' },
      { url: `${API}/user`, method: 'COPY', header: [{ key: 'X-Api-Key', value: 'abc123abc123' }] },
    ])
      assert.doesNotMatch(
        textOf(importText(JSON.stringify({ info: {}, item: [{ name: '', request }] }))),
        /pw12345|abc123/,
      );
    const header = [{ key: 'X-Api-Key', value: 'abc123abc123' }];
    const titled = (name: string, others: unknown[] = []) =>
      importText(
        JSON.stringify({
          info: {},
          item: [{ name, request: { url: `${API}/x`, method: 'COPY', header } }, ...others],
        }),
      );
    assert.doesNotMatch(textOf(titled('abc123abc123')), /abc123/);
    const kept = titled('abc123abc123', [{ name: 'x', request: `${API}/user` }]);
    assert.doesNotMatch(textOf(kept) + notesOf(kept), /abc123/);
  });

  it('takes environments as variables, without secrets', () => {
    const environment = (values: unknown[]) => importText(JSON.stringify({ name: 'Test', values }));
    const imported = environment([
      { key: 'town', value: 'Lancaster', enabled: true },
      { key: 'off', value: 'x', enabled: false },
      { key: 'apiKey', value: 'abcdefgh12345678', type: 'default' },
      { key: 'hidden', value: 'zyxwvuts87654321', type: 'secret' },
    ]);
    assert.equal(
      textOf(imported),
      '@town = Lancaster\n@off = ?Value for off\n@apiKey = ?Value for apiKey\n@hidden = ?Value for hidden\n',
    );
    assert.match(notesOf(imported), /apiKey was left out.*hidden was left out/s);
    assert.match(textOf(environment([])), /^NOT: The environment has no variables/);
  });

  it('says where something is the same as a secret', () => {
    const imported = importText(
      JSON.stringify(
        one({
          url: `${API}/user/abcdefgh1234`,
          method: 'DELETE',
          header: [{ key: 'X-Api-Key', value: 'abcdefgh1234' }],
        }),
      ),
    );
    assert.doesNotMatch(textOf(imported), /abcdefgh/);
    assert.match(notesOf(imported), /“\*\*\*” stands where/);
  });

  it('explains why there is no request', () => {
    for (const text of [
      '{',
      '{}',
      '[]',
      'null',
      '{"item":[]}',
      '{"info":{},"item":[{"request":null},{"item":[]}]}',
    ])
      assert.match(textOf(postmanToApq(text)), /^NOT: .*\.$/);
  });

  it('never throws, however deep and odd', () => {
    let deep: unknown = { request: 'https://a.accessplanit.com/accessplan/api/v2/user' };
    for (let level = 0; level < 2000; level++) deep = { item: [deep] };
    assert.match(textOf(postmanToApq(JSON.stringify({ info: {}, item: [deep] }))), /too deep/);

    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '{{a}}',
        '###',
        'https://a.accessplanit.com/accessplan/api/v2/user',
        '/:id',
        null,
        1,
        [],
        {},
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const maybe = (keys: readonly string[], each: fc.Arbitrary<unknown>) =>
      fc.dictionary(fc.constantFrom(...keys), each, { maxKeys: 6 });
    const pairs = fc.oneof(
      odd,
      fc.array(maybe(['key', 'value', 'disabled', 'id', 'type'], odd), { maxLength: 3 }),
    );
    const url = fc.oneof(odd, maybe(['raw', 'host', 'path', 'query', 'variable'], fc.oneof(odd, pairs)));
    const request = fc.record({
      method: fc.oneof(odd, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'patch')),
      url,
      header: pairs,
      description: odd,
      body: maybe(['mode', 'raw'], fc.oneof(odd, fc.constantFrom('raw', '{"a":1}', '{"Password":"x"}'))),
    });
    const item = fc.record(
      { name: odd, request: fc.oneof(odd, request), item: fc.option(odd) },
      { requiredKeys: [] },
    );
    const collection = fc.record({
      info: fc.constant({}),
      variable: pairs,
      item: fc.array(item, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(collection, (each) => {
        const imported = postmanToApq(JSON.stringify(each));
        if (!imported.ok) assert.match(imported.message, /\S/);
        else {
          const language = new LanguageService();
          const document = language.parse(imported.text);
          // It is tidy, and nothing broke out of its request.
          assert.equal(language.format(document).length, 0, imported.text);
          assert.ok(language.requests(document).length <= each.item.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
