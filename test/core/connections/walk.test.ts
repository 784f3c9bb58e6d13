/** Going through questions, forwards and back. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { walk } from '#core/connections/walk';

type Step = 'platform' | 'site' | 'name' | 'key';
type Next = Step | 'back' | 'closed' | 'done';

describe('questions one after the other', () => {
  const asks = (title: string, trail: readonly [Step, ...Step[]], answers: readonly Next[], asked: string) =>
    it(title, async () => {
      const left = [...answers];
      const seen: string[] = [];
      const done = await walk(trail, (step, back) => {
        seen.push(`${step}${back ? '←' : ''}`);
        return Promise.resolve(left.shift() ?? 'closed');
      });
      assert.equal(`${seen.join(' ')} ${done ? 'done' : 'left'}`, asked);
    });
  asks('go forwards', ['platform'], ['site', 'name', 'done'], 'platform site← name← done');
  asks(
    'go back',
    ['platform'],
    ['site', 'back', 'name', 'back'],
    'platform site← platform name← platform left',
  );
  asks('stop where the user leaves', ['platform'], ['site', 'closed'], 'platform site← left');
  asks(
    'return to the first',
    ['platform'],
    ['site', 'key', 'platform', 'done'],
    'platform site← key← platform done',
  );
  asks(
    'return to one in between, and back from there',
    ['platform'],
    ['site', 'name', 'key', 'site', 'back'],
    'platform site← name← key← site← platform left',
  );
  asks('ask the same again', ['platform'], ['key', 'key', 'back'], 'platform key← key← platform left');
  asks('begin in the middle', ['platform', 'key'], ['back', 'closed'], 'key← platform left');
});
