/** An address means the same in a file, imported as an address, as a cURL command, and in a Postman collection. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { importText } from '#core/sharing/import/import-text';
import { LanguageService, pathOf } from '#language';

const ROOT = 'https://acme.accessplanit.com/accessplan/api/v2/';

/** Addresses below the root, and the path that is sent. */
const ADDRESSES: readonly (readonly [address: string, sent: string])[] = [
  ['coursedate?$orderby=StartDate+asc', 'coursedate?$orderby=StartDate%20asc'],
  ['coursedate?$filter=CourseID+eq+%27FirAid%27', `coursedate?$filter=CourseID%20eq%20'FirAid'`],
  ["coursedate?$filter=Label+eq+'a+b'&$top=5", `coursedate?$filter=Label%20eq%20'a%20b'&$top=5`],
  ["coursedate?$filter=Label eq 'C++'&$top=5", `coursedate?$filter=Label%20eq%20'C%2B%2B'&$top=5`],
  ["coursedate?$filter=Label%20eq%20'a+b'", `coursedate?$filter=Label%20eq%20'a%2Bb'`],
  ["coursedate?$filter=Label+eq+'a%2Bb'", `coursedate?$filter=Label%20eq%20'a%2Bb'`],
  ["coursedate?$filter=Label+eq 'a+b'", `coursedate?$filter=Label%20eq%20'a%2Bb'`],
  ["coursedate?$filter=Name eq 'C# 7.0'&$top=5", `coursedate?$filter=Name%20eq%20'C%23%207.0'&$top=5`],
  ["coursedate?$filter=Label eq 'Caf%E9%27", `coursedate?$filter=Label%20eq%20'Caf%25E9'`],
  ["coursedate?$filter=Label eq 'Caf%C3%A9'", `coursedate?$filter=Label%20eq%20'Caf%C3%A9'`],
  ['coursedate/', 'coursedate'],
  ['coursedate/?$top=5', 'coursedate?$top=5'],
  ['coursedate?$top=5 HTTP/1.1', 'coursedate?$top=5'],
  ["coursedate?$filter=Label eq 'x' HTTP/1.1", `coursedate?$filter=Label%20eq%20'x'`],
  ['coursedate HTTP/1.1', 'coursedate'],
  ['coursedate?$top=5#top', 'coursedate?$top=5'],
  ['coursedate#top', 'coursedate'],
  ['coursedate?$top=5&&$skip=1', 'coursedate?$top=5&$skip=1'],
  [
    "coursedate?$filter=Label eq 'Fish & Chips'&$top=5",
    `coursedate?$filter=Label%20eq%20'Fish%20%26%20Chips'&$top=5`,
  ],
  ["coursedate?$filter=Label eq '50%'", `coursedate?$filter=Label%20eq%20'50%25'`],
  ['coursedate?%24top=5&%24skip=1', 'coursedate?$top=5&$skip=1'],
];

const sent = (text: string): string => {
  const language = new LanguageService();
  const document = language.parse(text);
  const [request] = language.requests(document);
  assert.ok(request, text);
  const built = language.build(document, request);
  assert.ok(built.ok, text);
  return `${built.request.method} ${pathOf(built.request).replace('/api/v2/', '')}`;
};

const imported = (text: string): string => {
  const result = importText(text);
  assert.ok(result.ok, text);
  return sent(result.text);
};

const collection = (url: unknown, method = 'GET') =>
  JSON.stringify({
    info: { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: 'x', request: { method, url } }],
  });

/** Returns an address as Postman keeps it: its query split, but not decoded. */
const inParts = (address: string) => {
  const [path = '', query] = address.split(/\?(.*)/s);
  const pairs = (query ?? '').match(/(?:'[^']*'|[^&])+/g) ?? [];
  return {
    raw: ROOT + address,
    host: ['acme', 'accessplanit', 'com'],
    path: ['accessplan', 'api', 'v2', ...path.split('/')],
    query: pairs.map((pair) => {
      const [key = '', value = ''] = pair.split(/=(.*)/s);
      return { key, value };
    }),
  };
};

describe('an address', () => {
  for (const [address, expected] of ADDRESSES) {
    describe(address, () => {
      const right = `GET ${expected}`;
      it('is read in a file', () => {
        assert.equal(sent(`GET ${ROOT}${address}\n`), right);
      });
      if (!address.includes('#top'))
        it('is read in a file without its host', () => {
          assert.equal(sent(`GET ${address}\n`), right);
        });
      it('is imported as an address', () => {
        assert.equal(imported(ROOT + address), right);
      });
      if (!address.includes('HTTP/'))
        it('is imported in a cURL command', () => {
          assert.equal(imported(`curl "${ROOT}${address.replaceAll('$', '\\$')}"`), right);
        });
      if (!address.includes('HTTP/'))
        it('is imported in a collection, as text', () => {
          assert.equal(imported(collection(ROOT + address)), right);
        });
      if (!/HTTP\/|#top|%27$/.test(address))
        it('is imported in a collection, in parts', () => {
          assert.equal(imported(collection(inParts(address))), right);
        });
    });
  }

  it('loses the slash after an ID', () => {
    assert.equal(sent(`PUT ${ROOT}coursedate/2024/\n{"Label": "x"}\n`), 'PUT coursedate/2024');
    assert.equal(sent('PUT coursedate/2024/\n{"Label": "x"}\n'), 'PUT coursedate/2024');
    assert.equal(imported(`curl -X PUT ${ROOT}coursedate/2024/ -d '{"Label": "x"}'`), 'PUT coursedate/2024');
    assert.equal(imported(collection(`${ROOT}coursedate/2024/`, 'DELETE')), 'DELETE coursedate/2024');
    assert.equal(imported(`DELETE ${ROOT}coursedate/2024/`), 'DELETE coursedate/2024');
  });

  it('keeps the plus of a date that is calculated', () => {
    const language = new LanguageService(() => ({ now: new Date(2026, 0, 1) }));
    const document = language.parse("GET coursedate?$filter=StartDate+ge+'{{$today+1d}}'\n");
    const [request] = language.requests(document);
    assert.ok(request);
    const built = language.build(document, request);
    assert.deepEqual(built.ok && built.request.query, [
      { name: '$filter', value: "StartDate ge '2026-01-02T00:00:00'" },
    ]);
  });
});
