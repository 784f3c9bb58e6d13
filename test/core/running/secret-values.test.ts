/** What is written down of a request, and not sent, has no secret, however the request gets it. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keptRequest, withoutSecrets } from '#core/history/kept-request';
import { prepare, type PreparePort } from '#core/running/prepare';
import { previewOf } from '#core/running/preview';
import { readQueryFile } from '#core/running/query-file';
import { languagesFor, programFor } from '#core/sharing/code/languages';
import { previewOfSql } from '#core/sql/preview';
import { HiddenForNow, mask } from '#core/text/mask';
import { LanguageService, pathOf } from '#language';
import { answerWith, CONNECTION } from '../support/runs';

const DECLARED = `@apiToken = CANARY-1 it's
@base = CANARY-2
@accessKey = {{base}}
@partnerPassword = ?Password
`;
const VALUES = ['{{apiToken}}', '{{accessKey}}', '{{partnerPassword}}', '{{login.results[0].AccessToken}}'];
const LOGIN = '### Sign in\n# @name login\nGET user\n';
const FILES = {
  read: `${DECLARED}${LOGIN}### Wanted\nGET course\n$filter = ${VALUES.map((value, at) => `F${at} eq '${value}'`).join(' or ')}\n`,
  list: `${DECLARED}${LOGIN}### Wanted\nGET course\n$filter = Code eq '{{login.results[*].AccessToken}}'\n`,
  write: `${DECLARED}${LOGIN}### Wanted\nPOST course\n{ ${VALUES.map((value, at) => `"F${at}": "${value}"`).join(', ')} }\n`,
  sql: `${DECLARED}${LOGIN}### Wanted\nSQL\nselect * from login where ${VALUES.map((value) => `ID <> '${value}'`).join(' and ')}\n`,
};

/** Prepares the request, whose password a user types, where one is asked. */
async function prepared(
  text: string,
  masksSecrets: boolean,
  asked: string[] = [],
  hide?: PreparePort['hide'],
) {
  const file = readQueryFile('a.apq', text);
  const request = file.requests.find(({ title }) => title === 'Wanted');
  assert.ok(request);
  const results = [{ ID: '1', AccessToken: 'CANARY-4' }];
  const port: PreparePort = {
    connection: () => Promise.resolve(CONNECTION),
    language: () => Promise.resolve(new LanguageService()),
    answer: () => ({
      ...answerWith({ results }, { records: results, count: 1 }),
      at: new Date(0),
      order: 0,
      key: '',
    }),
    ask: (_file, _request, name) => {
      asked.push(name);
      return Promise.resolve('CANARY-3 "');
    },
    masksSecrets,
    hide,
  };
  return prepare(file, request, port);
}

describe('secrets of variables', () => {
  for (const [kind, text] of Object.entries(FILES)) {
    it(`are sent: ${kind}`, async () => {
      const ready = await prepared(text, false);
      const sent = ready.kind === 'sql' ? ready.query.values.join() : JSON.stringify(ready.wire);
      for (const number of kind === 'list' ? [4] : [1, 2, 3, 4]) assert.ok(sent.includes(`CANARY-${number}`));
    });
    it(`stand in no preview, copy and program, and are not asked for: ${kind}`, async () => {
      const asked: string[] = [];
      const ready = await prepared(text, true, asked);
      const shown =
        ready.kind === 'sql'
          ? [previewOfSql(ready), ready.query.values.join()]
          : [
              JSON.stringify(ready.wire),
              previewOf(ready.wire, [pathOf(ready.wire)], 'the API key'),
              ...languagesFor(ready.wire).map((language) => programFor(ready, language, undefined)),
            ];
      for (const each of shown) {
        assert.doesNotMatch(each, /CANARY/);
        assert.match(each, /\*\*\*/);
      }
      assert.deepEqual(asked, []);
    });
    it(`stand neither in a preview before sending nor in the history: ${kind}`, async () => {
      const ready = await prepared(text, false);
      if (ready.kind === 'sql') return;
      const shown = [
        previewOf(ready.wire, [pathOf(ready.wire)], 'the API key'),
        JSON.stringify(keptRequest(withoutSecrets(ready.wire))),
      ];
      for (const each of shown) assert.doesNotMatch(each, /CANARY/);
    });
  }

  it('are hidden for good, but while somebody types them only as long as their texts are not out', async () => {
    const typed = ['Hali', 'Halifax', 'HalifaxTown77'];
    const shown = () => typed.map((each) => mask(each));
    const type = async (text: string, hide?: PreparePort['hide']) =>
      prepared(
        `@pass_word = ${text}\n### Wanted\nGET course\n$filter = A eq '{{pass_word}}'\n`,
        false,
        [],
        hide,
      );
    const [before, last] = [new HiddenForNow(), new HiddenForNow()];
    for (const text of typed.slice(0, 2)) await type(text, before.hide);
    await type('HalifaxTown77', last.hide);
    assert.deepEqual(shown(), ['***', '***', '***']);
    before.end();
    assert.deepEqual(shown(), ['Hali', 'Halifax', '***']);
    // The same is run.
    await type('HalifaxTown77');
    last.end();
    last.end();
    assert.deepEqual(shown(), ['Hali', 'Halifax', '***']);
  });

  it('of one that needs the environment through another are asked for once', async () => {
    const text = "@b = {{$env PATH}}\n@a = {{b}}\n### Wanted\nGET course\n$filter = A eq '{{a}}'\n";
    assert.equal((await prepared(text, false)).kind, 'request');
  });
});
