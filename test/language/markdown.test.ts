/** Text from metadata, files and messages is shown in hovers and completion, and is never Markdown. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { documentationOf, type Metadata } from '#language';
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

/** Every character of markup outside code that no backslash precedes. */
const markup = (markdown: string): string[] =>
  [
    ...markdown
      .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
      .matchAll(/(?<!\\)(?:\\\\)*([[\]<>!]|\*(?!\*)(?<!\*\*)|https?:|www\.|@|\u202e)/g),
  ].map(([, found]) => found ?? '');

describe('text from outside in Markdown', () => {
  it('shows a label with an image as text in a hover', () => {
    const { service, document, offset } = at('GET course\n$select = La$0bel', known);
    const shown = service.hover(document, offset)?.markdown ?? '';
    assert.match(shown, /\\!\\\[x\\\]\(https\\:\/\/evil\.example\/p\.png\)/);
    assert.deepEqual(markup(shown), []);
  });

  it('shows it as text in completion', () => {
    const item = completions('GET course\n$select = $0', known).find(({ label }) => label === 'Label');
    assert.deepEqual(markup(item === undefined ? '![none]' : documentationOf(item)), []);
  });

  it('keeps a variable’s value inside its code span', () => {
    const { service, document, offset } = at(
      "@v = a`![x](y)\nGET course\n$filter = Label eq '{{v$0}}'",
      known,
    );
    assert.match(service.hover(document, offset)?.markdown ?? '', /``a`!\[x\]\(y\)``/);
  });

  it('shows the invisible characters of names', () => {
    const [module] = known.modules;
    const odd = { ...known, modules: [{ ...module, name: 'Cou\u202erse' }] };
    const item = completions('GET $0', odd).find(({ kind }) => kind === 'module');
    assert.equal(item?.label, 'Cou[U+202E]rse');
    assert.deepEqual([item.filter, item.insert.includes('\u202e')], ['Cou\u202erse', true]);
  });

  it('leaves ordinary words unchanged', () => {
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

  it('leaves no markup in random texts', () => {
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
