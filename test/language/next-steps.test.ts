/** What to do next is said for the program in which it is read. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Catalog,
  CLIENT_KINDS,
  type ClientKind,
  documentationOf,
  LanguageService,
  NEXT_STEPS,
  type NextStep,
  nextStep,
  Platforms,
} from '#language';
import { FOREIGN_WORDS } from '../support/client-words';
import { serviceWith, withoutAnnotations } from './support/language';
import { metadata, NOW } from './support/metadata';

const folder = join(import.meta.dirname, 'diagnostics');
const FIXTURES = readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8').split(/^=== .*$|^--- fixed$/m),
);

const OLD = { ...metadata, fetchedAt: '2020-01-01T00:00:00Z' };
const PLATFORMS: readonly Platforms[] = [
  new Platforms(new Catalog(metadata)),
  new Platforms(new Catalog(OLD), [{ name: 'Demo', root: metadata.root, catalog: undefined }]),
  Platforms.none,
];

/** Every message about the text, and every explanation in what is offered at its beginning and its end. */
function* messagesOf(client: ClientKind, text: string): Generator<string> {
  for (const platforms of PLATFORMS) {
    const service = new LanguageService(() => ({ now: NOW }));
    service.client = client;
    service.setPlatforms(platforms);
    const document = service.parse(text);
    for (const { message, fixes } of service.diagnose(document)) {
      yield message;
      for (const { title } of fixes) yield title;
    }
    for (const offset of [0, text.length])
      for (const item of service.complete(document, offset))
        if (item.kind === 'note') yield `${item.label}: ${documentationOf(item)}`;
  }
}

describe('what to do next', () => {
  for (const client of CLIENT_KINDS)
    it(`has no word of another client for: ${client}`, () => {
      const steps = Object.keys(NEXT_STEPS) as NextStep[];
      const places = ['GET ', 'GET nowhere\n$select = ', 'GET venue\n$select = ', '# @connection '];
      for (const text of [...FIXTURES.map(withoutAnnotations), ...places])
        for (const message of messagesOf(client, text)) {
          assert.doesNotMatch(message, FOREIGN_WORDS[client]);
          assert.doesNotMatch(message, /undefined| {2}$|\.\./);
        }
      for (const step of steps) {
        const advice = nextStep(client, step, 'X');
        assert.doesNotMatch(advice, FOREIGN_WORDS[client], step);
        assert.match(advice, /^[A-Z].*[.…]$/, step);
      }
    });

  for (const [client, text, expected] of [
    ['terminal', 'GET coursedate\n$select = Zebra', 'CourseDate has no field “Zebra”. Check its spelling'],
    [
      'editor',
      'GET coursedate\n$select = Zebra',
      'CourseDate has no field “Zebra”. Completion lists the fields.',
    ],
    [
      'vscode',
      'GET coursedate\n$select = Zebra',
      'CourseDate has no field “Zebra”. Press Ctrl+Space to list',
    ],
    ['terminal', 'DELETE user', 'DELETE needs the ID of the record: DELETE user/ID'],
  ] as const)
    it(`says to ${client}: ${expected}`, () => {
      const service = serviceWith();
      service.client = client;
      const [found] = service.diagnose(service.parse(text));
      assert.ok(found?.message.startsWith(expected), found?.message);
    });

  it('never names an ID in an address that removes or changes a record', () => {
    const service = serviceWith();
    for (const text of ['', 'GET coursedate\n\n###\n'])
      for (const { insert } of service.complete(service.parse(text), text.length))
        assert.doesNotMatch(insert, /(DELETE|PUT) [^\n]*\/[^\n]*\d{2,}/);
  });
});
