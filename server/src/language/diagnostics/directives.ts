/** `unknown-directive`, `invalid-directive`, `unknown-connection`: the `# @name value` lines. */
import type { Check } from './check';
import { nearestFixes } from './check';

export const DIRECTIVES = {
  name: 'A name by which other requests take values from this one’s answer, for example upcoming.',
  connection: 'The name of the connection on which to run this request.',
  pages: 'How many pages to fetch: a number, or all.',
  description: 'What this request is for.',
  expect: 'What the answer has to be, for example status 200.',
} as const;

export const checkDirectives: Check = ({ model, report }) => {
  const seen = new Set<string>();
  const { connections } = model.platforms;
  for (const { name, value } of model.tree.directives) {
    if (!Object.hasOwn(DIRECTIVES, name.text)) {
      const { fixes, hint } = nearestFixes(name, Object.keys(DIRECTIVES));
      report(
        'unknown-directive',
        name.length > 0 ? name : { offset: name.offset - 1, length: 1 },
        `There is no directive “@${name.text}”.${
          hint === ''
            ? ` There are ${Object.keys(DIRECTIVES)
                .map((each) => `@${each}`)
                .join(', ')}.`
            : hint
        }`,
        { fixes },
      );
      continue;
    }
    const where = value.length > 0 ? value : name;
    if (value.length === 0)
      report(
        name.text === 'expect' ? 'invalid-expectation' : 'invalid-directive',
        name,
        name.text === 'expect'
          ? 'Write what is expected, for example # @expect status 200 or # @expect count >= 1.'
          : `Write a value after @${name.text}.`,
      );
    else if (name.text === 'name' && !/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value.text))
      report(
        'invalid-directive',
        where,
        'A name has letters, digits, “_” and “-”, without spaces: # @name upcoming.',
      );
    else if (name.text === 'pages' && !/^(all|[1-9]\d{0,5})$/i.test(value.text))
      report('invalid-directive', where, 'Write how many pages to fetch, or all: # @pages all.');
    else if (
      name.text === 'connection' &&
      connections !== undefined &&
      model.platforms.connection(value.text) === undefined
    ) {
      const { fixes, hint } = nearestFixes(
        value,
        connections.map((each) => each.name),
      );
      report(
        'unknown-connection',
        value,
        `There is no connection “${value.text}”, so this request can’t run.${hint === '' ? ' Add it (APQ: Add Connection), or remove this line.' : hint}`,
        { fixes },
      );
    }
    // An answer may have to meet several expectations.
    if (seen.has(name.text) && name.text !== 'expect')
      report('duplicate-name', name, `@${name.text} is there twice. Keep one.`);
    seen.add(name.text);
  }
};
