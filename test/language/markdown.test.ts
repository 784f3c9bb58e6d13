/** What metadata, files and messages say is shown in hovers and completion, and is never Markdown. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Metadata } from '#language';
import { codeBlock, codeSpan, escapeMarkdown } from '#language/text/markdown';
import { at, completions } from './support/language';

const HOSTILE = '![x](https://evil.example/p.png) [click](command:apq.run) <img src=x> **b** \u202e';

const known: Metadata = {
  version: 1,
  root: 'https://acme.accessplanit.com/accessplan',
  fetchedAt: '2026-01-31T10:00:00Z',
  modules: [
    {
      name: 'Course',
      fields: [
        {
          name: 'Label',
          label: HOSTILE,
          description: `www.evil.example a@evil.example\n# ${HOSTILE}`,
          type: 'string',
          filterable: true,
          sortable: true,
          values: ['a`b', '``` ![x](y)'],
        },
      ],
    },
  ],
};

/** Every character of markup that no backslash precedes, outside code. */
const markup = (markdown: string): string[] =>
  [
    ...markdown
      .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
      .matchAll(/(?<!\\)(?:\\\\)*([[\]<>!]|\*(?!\*)(?<!\*\*)|https?:|www\.|@|\u202e)/g),
  ].map(([, found]) => found ?? '');

describe('Markdown from outside', () => {
  it('a label with an image is text in a hover', () => {
    const { service, document, offset } = at('GET course\n$select = La$0bel', known);
    const shown = service.hover(document, offset)?.markdown ?? '';
    assert.match(shown, /\\!\\\[x\\\]\(https\\:\/\/evil\.example\/p\.png\)/);
    assert.deepEqual(markup(shown), []);
  });

  it('and in completion', () => {
    const item = completions('GET course\n$select = $0', known).find(({ label }) => label === 'Label');
    assert.deepEqual(markup(item?.documentation ?? '![none]'), []);
  });

  it('a variable’s value ends no code', () => {
    const { service, document, offset } = at(
      "@v = a`![x](y)\nGET course\n$filter = Label eq '{{v$0}}'",
      known,
    );
    assert.match(service.hover(document, offset)?.markdown ?? '', /``a`!\[x\]\(y\)``/);
  });

  it('names show what can’t be seen', () => {
    const [module] = known.modules;
    const odd = { ...known, modules: [{ ...module, name: 'Cou\u202erse' }] };
    const item = completions('GET $0', odd).find(({ kind }) => kind === 'module');
    assert.equal(item?.label, 'Cou[U+202E]rse');
    assert.deepEqual([item.filter, item.insert.includes('\u202e')], ['Cou\u202erse', true]);
  });

  it('words stay what they were', () => {
    assert.equal(
      escapeMarkdown('Start date (local): 10:00, 50% - “ok”.'),
      'Start date (local): 10:00, 50% - “ok”.',
    );
    assert.equal(escapeMarkdown('- a'), '\\- a');
    assert.equal(escapeMarkdown('1. a'), '1\\. a');
    assert.equal(codeSpan('a'), '`a`');
    assert.equal(codeSpan('`'), '`` ` ``');
    assert.equal(codeBlock('a\n```\nb'), '````apq\na\n```\nb\n````');
  });

  it('at random, nothing is left of markup', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 6 }),
          fc.constantFrom(...HOSTILE, 'www.', '://', '`', '\\'),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const shown = escapeMarkdown(given);
        assert.doesNotMatch(shown.replace(/\\[\s\S]/g, ''), /[\\`*_[\]<>#|!~&@]/);
        assert.doesNotMatch(`${shown}${codeSpan(given)}`, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
