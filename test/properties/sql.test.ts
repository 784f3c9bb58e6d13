/** What the language says of names in statements is what the engine says: generated statements over generated tables. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SqlTable } from '#engine/types';
import type { Metadata } from '#language';
import { TestEngine } from '../engine/support/engine';
import { serviceWith } from '../language/support/language';
import { property } from './support/property';

const field = (name: string) => ({ name, type: 'string' as const, filterable: true, sortable: true });
const metadata: Metadata = {
  version: 1,
  root: 'https://demo.accessplanit.com/accessplan',
  fetchedAt: '2026-01-30T09:00:00Z',
  modules: [{ name: 'Thing', fields: ['ID', 'Label', 'Cost', 'Town'].map(field) }],
};

const TABLES: Readonly<Record<string, readonly string[]>> = {
  t: ['ID', 'Label', 'Cost'],
  u: ['ID', 'Town'],
  'my-things': ['Label', 'Town'],
};
const HEAD = Object.entries(TABLES)
  .map(
    ([name, columns]) => `# @name ${name}\n# @pages all\nGET Thing\n$select = ${columns.join(', ')}\n###\n`,
  )
  .join('');
const ENGINE_TABLES: SqlTable[] = Object.entries(TABLES).map(([name, columns]) => ({
  name,
  columns: columns.map((each) => ({ name: each, type: 'string' })),
}));

/** Writes a statement from a list of numbers: each decides something. */
class Writer {
  #at = 0;
  constructor(private readonly choices: readonly number[]) {}

  #number(below: number): number {
    const choice = this.choices[this.#at++ % this.choices.length] ?? 0;
    return (choice + this.#at) % below;
  }

  #one<T>(list: readonly T[], otherwise: T): T {
    return list[this.#number(list.length)] ?? otherwise;
  }

  statement(): string {
    const ctes =
      this.#number(3) === 0
        ? `with ${this.#cte('w')}${this.#number(2) === 0 ? `, ${this.#cte('t')}` : ''} `
        : '';
    const compound = this.#number(6) === 0 ? ' union all select 1' : '';
    const order =
      this.#number(3) === 0
        ? ` order by ${compound === '' ? this.#column() : this.#one(['1', 'x', 'nope'], '1')}`
        : '';
    return `${ctes}${this.select(2, compound !== '')}${compound}${order}${this.#number(4) === 0 ? ' limit 5' : ''}`;
  }

  #cte(name: string): string {
    return this.#number(2) === 0
      ? `${name}(x, Town) as (select 1, 2)`
      : `${name} as (select ID as x, Town from u)`;
  }

  select(depth: number, isOne = false): string {
    const results = isOne ? `${this.#expression(depth)} as x` : this.#results(depth);
    const from = this.#number(8) === 0 ? '' : ` from ${this.#from(depth)}`;
    const where =
      this.#number(2) === 0 ? ` where ${this.#expression(depth)} = ${this.#expression(depth)}` : '';
    const group = this.#number(4) === 0 ? ` group by ${this.#column()}` : '';
    return `select ${results}${from}${where}${group}`;
  }

  #results(depth: number): string {
    switch (this.#number(5)) {
      case 0:
        return '1';
      case 1:
        return `${this.#expression(depth)} as x, ${this.#expression(depth)}`;
      case 2:
        return `${this.#expression(depth)} "my name"`;
      default:
        return this.#expression(depth);
    }
  }

  #from(depth: number): string {
    const first = this.#source(depth, 'a');
    switch (this.#number(4)) {
      case 0:
        return `${first} join ${this.#source(depth, 'b')} on ${this.#column()} = ${this.#column()}`;
      case 1:
        return `${first}, ${this.#source(depth, 'b')}`;
      default:
        return first;
    }
  }

  #source(depth: number, alias: string): string {
    const kind = this.#number(10);
    const name = this.#number(2) === 0 ? ` ${alias}` : ` as "${alias}"`;
    if (kind === 0 && depth > 0) return `(${this.select(depth - 1)})${name}`;
    if (kind === 1) return `json_each('[]')${name}`;
    const table = this.#one(['t', 'T', 'u', '"my-things"', 'main.u', 'w', 'none'], 't');
    return this.#number(2) === 0 ? table : table + name;
  }

  #column(): string {
    const name = this.#one(
      ['ID', 'id', 'Label', 'Cost', 'Town', '"Town"', 'x', 'nope', 'rowid', 'value', '"my name"'],
      'ID',
    );
    const qualifier = this.#one(['', '', '', 'a.', 'b.', 't.', 'u.', '"a".'], '');
    return qualifier + name;
  }

  #expression(depth: number): string {
    switch (this.#number(10)) {
      case 0:
        return '1';
      case 1:
        return `upper(${this.#column()})`;
      case 2:
        return `${this.#one(['lower', 'lenght', 'coalesce', 'nope'], 'lower')}(${this.#column()}, 1)`.replace(
          'lower',
          'ifnull',
        );
      case 3:
        return depth > 0 ? `(${this.select(depth - 1, true)})` : '2';
      case 4:
        return `case when ${this.#column()} is null then 1 else ${this.#column()} end`;
      case 5:
        return depth > 0 ? `${this.#column()} in (${this.select(depth - 1, true)})` : this.#column();
      default:
        return this.#column();
    }
  }
}

const NAME_FAULT =
  /No table of the statement has a column|has no function|is no column|no such|ambiguous|several tables|No (?:request|table)/i;
const NAME_CODES: ReadonlySet<string> = new Set([
  'unknown-table',
  'unknown-column',
  'unknown-function',
  'ambiguous-column',
]);

describe('generated statements', () => {
  const engine = new TestEngine();
  const service = serviceWith(metadata);
  after(() => engine.engine.dispose());

  property(
    'SQL: the language finds the unknown names that the engine finds, and no others',
    1000,
    fc.array(fc.nat(1000), { minLength: 40, maxLength: 60 }),
    async (choices) => {
      const statement = new Writer(choices).statement();
      const document = service.parse(`${HEAD}SQL\n${statement}`);
      const found = service.diagnose(document).filter(({ code }) => NAME_CODES.has(code));
      const finding = await engine.engine.check(ENGINE_TABLES, statement);
      if (finding.ok)
        assert.deepEqual(
          found.map(({ message }) => message),
          [],
          `the engine takes ${statement}`,
        );
      else if (NAME_FAULT.test(finding.fault.message))
        assert.notEqual(found.length, 0, `${finding.fault.message} ${statement}`);
    },
  );
});
