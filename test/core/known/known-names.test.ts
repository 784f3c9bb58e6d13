/** Names of records that are remembered while the window is open. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bothLearning, KnownNames, nameLearning, readNaming } from '#core/known/known-names';
import type { Learning } from '#core/remote/api';
import type { ModuleInfo } from '#language';

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i): [string, string] => [`${from + i}`, `Name ${from + i}`]);

describe('known names of records', () => {
  it('are those of one connection, by module in any case', () => {
    const names = new KnownNames();
    names.add('a', 'User', [['7', 'Carol Byrne']]);
    assert.equal(names.of('a', 'user').get('7'), 'Carol Byrne');
    assert.equal(names.of('b', 'User').size, 0);
    names.forget('b');
    assert.deepEqual(names.all('a'), [{ module: 'User', names: [['7', 'Carol Byrne']] }]);
    names.forget('a');
    assert.deepEqual(names.all('a'), []);
  });

  it('are 5,000 of a module and 20,000 of a connection, the latest', () => {
    const names = new KnownNames();
    names.add('a', 'User', many(6000));
    assert.equal(names.of('a', 'User').size, 5000);
    assert.equal(names.of('a', 'User').has('999'), false);
    for (const module of ['A', 'B', 'C']) names.add('a', module, many(5000));
    names.add('a', 'D', many(3000));
    assert.equal(names.of('a', 'User').size, 2000);
    assert.equal(names.of('a', 'User').has('5999'), true);
    assert.equal(names.of('a', 'D').size, 3000);
  });
});

describe('names learnt from an answer', () => {
  const field = (name: string) => ({ name, type: 'string', filterable: true, sortable: true }) as const;
  const USER: ModuleInfo = { name: 'User', fields: [field('ID'), field('Fullname')] };
  const learn = (module: ModuleInfo | undefined, method: 'GET' | 'PUT' = 'GET') => {
    const told: string[] = [];
    const learning = nameLearning({ method }, module, (names) => {
      for (const [id, name] of names) told.push(`${id} ${name}`);
    });
    return { learning, told };
  };

  it('are told at its end, of records that have an ID and a name', () => {
    const { learning, told } = learn(USER);
    learning?.take([{ ID: '7', Fullname: 'Carol Byrne' }, { ID: '8' }]);
    assert.deepEqual(told, []);
    learning?.take([{ ID: 9, Fullname: 'Oscar Vega' }]);
    learning?.end();
    assert.deepEqual(told.sort(), ['7 Carol Byrne', '9 Oscar Vega']);
  });

  it('are none where nothing names a record, and of a change', () => {
    assert.equal(learn({ name: 'User', fields: [field('ID')] }).learning, undefined);
    assert.equal(learn({ name: 'User' }).learning, undefined);
    assert.equal(learn(undefined).learning, undefined);
    assert.equal(learn(USER, 'PUT').learning, undefined);
    const { learning, told } = learn(USER);
    learning?.end();
    assert.deepEqual(told, []);
  });

  it('are learnt beside values', () => {
    const calls: string[] = [];
    const noting = (name: string): Learning => ({
      take: (records) => calls.push(`${name} ${records.length}`),
      end: () => calls.push(`${name} end`),
    });
    const both = bothLearning(noting('a'), noting('b'));
    both?.take([{}]);
    both?.end();
    bothLearning(undefined, noting('c'))?.end();
    bothLearning(noting('d'), undefined)?.end();
    assert.equal(bothLearning(undefined, undefined), undefined);
    assert.deepEqual(calls, ['a 1', 'b 1', 'a end', 'b end', 'c end', 'd end']);
  });
});

it('the setting of label fields may hold anything', () => {
  assert.deepEqual(readNaming({ CourseID: 'Course.Label', UserID: 5 }), {
    CourseID: 'Course.Label',
    UserID: '5',
  });
  for (const value of [null, 'x', 3, undefined]) assert.deepEqual(readNaming(value), {});
});
