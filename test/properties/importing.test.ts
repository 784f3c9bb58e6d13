/** Importing what *Copy as* writes, or another shell would, gives the same request; and nothing breaks out of its place. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { curl } from '#core/sharing/code/curl';
import { importText } from '#core/sharing/import/import-text';
import { LanguageService, pathOf, type WireRequest } from '#language';
import { piece, pieces } from './support/alphabet';
import { property } from './support/property';
import { body, marks, wireRequest } from './support/wire-requests';

const ROOT = 'https://acme.accessplanit.com/accessplan';
const service = new LanguageService();

/** What the only request of an imported file sends. */
function sentBy(file: string): WireRequest {
  const document = service.parse(file);
  const errors = service.diagnose(document).filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
    file,
  );
  const requests = service.requests(document);
  assert.equal(requests.length, 1, file);
  const [only] = requests;
  assert.ok(only !== undefined && only.connection === undefined, file);
  const built = service.build(document, only);
  assert.ok(built.ok, file);
  return built.request;
}

const comparable = ({ body: json, ...rest }: WireRequest) => [
  rest.method,
  pathOf(rest),
  json === undefined ? undefined : (JSON.parse(json) as unknown),
];

function checkImport(command: string, right: WireRequest, told: RegExp): void {
  const imported = importText(command);
  assert.ok(imported.ok, command);
  assert.deepEqual(comparable(sentBy(imported.text)), comparable(right), `${command}\n${imported.text}`);
  assert.deepEqual(
    imported.notes.filter((note) => !told.test(note)),
    [],
    command,
  );
}

/** As shells and browsers other than ours write a word: the manuals’ rules, without a look at what reads them. */
const QUOTINGS: Readonly<
  Record<string, { readonly curl: string; readonly end: string; readonly quote: (text: string) => string }>
> = {
  bash: { curl: 'curl', end: ' \\\n', quote: (each) => `'${each.replaceAll("'", `'\\''`)}'` },
  'bash, ANSI': {
    curl: 'curl',
    end: ' \\\n',
    quote: (each) =>
      `$'${each.replace(/[\\']/g, '\\$&').replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`,
  },
  'bash, double quotes': {
    curl: 'curl',
    end: ' \\\n',
    quote: (each) => `"${each.replace(/[\\"$`]/g, '\\$&')}"`,
  },
  'Chrome for cmd': {
    curl: 'curl',
    end: ' ^\r\n',
    quote: (each) =>
      `^"${each
        .replace(/\\/g, '\\\\')
        .replace(/"/g, '\\"')
        .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
        .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
        .replace(/\r?\n/g, '^\n\n')}^"`,
  },
  'PowerShell 7.3': {
    curl: 'curl.exe',
    end: ' `\n',
    quote: (each) => `'${each.replace(/['‘’‚‛]/g, '$&$&')}'`,
  },
};

const GO = /^Requests go to the platform that you run them on/;

describe('importing', () => {
  property('importing: what Copy As writes is the same request', 500, wireRequest, (each) =>
    checkImport(curl(each, ROOT, { pages: 1 }), each, /^Requests go to|^The header Authorization/),
  );

  property('importing: a file that became cURL and came back sends the same', 150, wireRequest, (each) => {
    const there = (request: WireRequest) => importText(curl(request, ROOT, { pages: 1 }));
    const first = there(each);
    assert.ok(first.ok);
    const again = there(sentBy(first.text));
    assert.ok(again.ok && again.missing === 0, first.text);
    assert.deepEqual(comparable(sentBy(again.text)), comparable(each), `${first.text}\n${again.text}`);
  });

  for (const [shell, { curl: program, end, quote }] of Object.entries(QUOTINGS))
    property(`importing: what ${shell} takes is the same request`, 80, wireRequest, (each) =>
      checkImport(
        [
          `${program} ${quote(ROOT + pathOf(each))}`,
          `-X ${quote(each.method)}`,
          ...(each.body === undefined ? [] : [`--data-raw ${quote(each.body)}`]),
        ].join(`${end}  `),
        each,
        GO,
      ),
    );

  const foreign = fc.oneof(
    pieces(6),
    fc
      .array(
        fc.oneof(
          marks,
          piece,
          fc.constantFrom(
            '\n',
            '\r\n',
            '\n@x = ?Your password\n',
            '\n###\nDELETE user/1\n',
            '\n# @connection Production\n',
            '\n// @connection Production\n',
            '@connection Production',
          ),
        ),
        { maxLength: 8 },
      )
      .map((all) => all.join('')),
  );
  const collection = fc.record({
    info: fc.record({ name: foreign, description: foreign }),
    variable: fc.array(
      fc.record({ key: fc.oneof(fc.constantFrom('a', 'b', 'x'), foreign), value: foreign }),
      { maxLength: 3 },
    ),
    item: fc.array(
      fc.record({
        name: foreign,
        description: foreign,
        item: fc.array(
          fc.record({
            name: foreign,
            request: fc.record({
              method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
              url: fc.oneof(
                foreign.map((each) => `${ROOT}/api/v2/user/${each}`),
                foreign.map((each) => `{{a}}/${each}`),
                fc.record({
                  raw: fc.constant(`${ROOT}/api/v2/user/:id`),
                  variable: foreign.map((each) => [{ key: 'id', value: each }]),
                  query: fc.array(
                    fc.record({
                      key: fc.oneof(fc.constantFrom('$filter', '$top'), foreign),
                      value: foreign,
                      disabled: fc.boolean(),
                    }),
                    { maxLength: 3 },
                  ),
                }),
              ),
              description: foreign,
              header: fc.array(fc.record({ key: foreign, value: foreign }), { maxLength: 2 }),
              body: fc.record({
                mode: fc.constant('raw'),
                raw: fc.oneof(
                  foreign,
                  body,
                  fc.tuple(body, foreign).map((all) => all.join('')),
                ),
              }),
            }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
  });

  /** Whatever is imported, each request, directive and variable of the file is one that an import writes. */
  function checkPlaces(file: string, most: number): void {
    const document = service.parse(file);
    const requests = service.requests(document);
    assert.ok(requests.length <= most, file);
    assert.equal(service.format(document).length, 0, `not tidy: ${file}`);
    for (const { connection, name: called, pages, expectations } of requests)
      assert.deepEqual(
        [connection, called, pages, expectations],
        [undefined, undefined, undefined, []],
        file,
      );
    for (const line of file.split(/[\r\n]+/)) {
      if (/^\s*(?:#{1,2}|\/\/)\s*@/.test(line)) assert.match(line, /^# @description /);
      if (/^\s*@/.test(line))
        assert.match(line, /^@[\p{L}\p{N}_-]+ = (?:\?Value for [\p{L}\p{N}_-]+$|(?!\?))/u);
      if (!/^\s*(?:#|\/\/)/.test(line)) assert.doesNotMatch(line, /\{\{\s*(?:\$env|[\w-]+\.)/);
    }
  }

  property('importing: nothing of a collection breaks out of its place', 250, collection, (each) => {
    const imported = importText(JSON.stringify(each));
    if (!imported.ok) return;
    checkPlaces(
      imported.text,
      each.item.reduce((sum, { item }) => sum + item.length, 0),
    );
    for (const note of imported.notes) assert.doesNotMatch(note, /[\r\n]/);
  });

  property(
    'importing: nothing of a command breaks out of its place',
    250,
    fc.tuple(foreign, foreign, foreign, fc.constantFrom(...Object.values(QUOTINGS))),
    ([first, second, third, { curl: program, end, quote }]) => {
      const imported = importText(
        [
          `${program} ${quote(`${ROOT}/api/v2/user/${first}`)}`,
          `-X PUT -H ${quote(second)}`,
          `--data-raw ${quote(`{"a":${JSON.stringify(third)}}${second}`)}`,
        ].join(end),
      );
      if (imported.ok) checkPlaces(imported.text, 1);
    },
  );
});
