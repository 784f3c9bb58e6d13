/** What a refused run offers. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { Connections } from '#editor/connections/connections';
import { tellRefusal } from '#editor/running/tell-refusal';
import { Output } from '#editor/workbench/output';
import { serviceWith } from '../language/support/language';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';

describe('a run that is refused for its errors', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  for (const [text, buttons, actions] of [
    [
      "GET CourseDate\n$filter = Status = 'Full' and Venue Town = Lancaster",
      ['Fix All', 'Show Problem'],
      [{}],
    ],
    // The server has nothing that is sure.
    ['GET CourseDate\n$filter = Status = Full, Open', ['Show Problem'], []],
    ['GET CourseDate\n$filter = Status', ['Show Problem'], undefined],
    ['GET CourseDate\n$filter = Cost gt', ['Show Problem'], new Promise(() => undefined)],
  ] as const)
    it(`offers ${buttons.join(' and ')}${actions instanceof Promise ? ', though the server does not answer' : ''}`, async () => {
      const file = readQueryFile('file:///a.apq', text);
      const [request] = file.requests;
      const service = serviceWith();
      const [first, ...more] = service
        .diagnose(service.parse(text))
        .filter(({ severity }) => severity === 'error');
      assert.ok(request !== undefined && first !== undefined);
      fake.open.push(file.id);
      fake.returned.set('vscode.executeCodeActionProvider', actions);
      fake.answers.push(buttons.find((button) => button === 'Fix All'));
      await tellRefusal(
        new Refusal(request, { kind: 'errors', errors: [first, ...more] }),
        file,
        new Connections(fakeContext(), new Output()),
      );
      assert.deepEqual(fake.shown.at(-1)?.buttons, buttons);
      assert.deepEqual(fake.commands.slice(1), buttons[0] === 'Fix All' ? [['editor.action.fixAll']] : []);
    });
});
