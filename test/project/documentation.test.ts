/** README and docs match the code. test/project/diagnostics-docs.test.ts checks docs/diagnostics.md. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { COMMANDS } from '#cli/commands/all';
import { longName } from '#cli/frame/command';
import { COPY_FORMATS, EXPORT_FORMATS, FORMATS } from '#core/results/formats';
import { CODES, CONCURRENCY, LanguageService, MAX_CONCURRENCY } from '#language';
import { BUILTINS } from '#language/vocabulary/builtins';
import { DIRECTIVE_NAMES } from '#language/vocabulary/directives';
import { EXPECTATION_OPERATOR_NAMES, SUBJECT_KINDS } from '#language/vocabulary/expectation-words';
import { COMPARISON_NAMES, FUNCTION_NAMES } from '#language/vocabulary/filter-words';
import { METHOD_NAMES } from '#language/vocabulary/methods';
import { PARAMETER_NAMES } from '#language/vocabulary/parameters';
import { completions } from '../language/support/language';
import { metadataOfSample } from '../support/sample-metadata';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const GENERATED = 'docs/diagnostics.md';
const PAGES = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const FOR_USERS = ['README.md', ...PAGES];
const MARKDOWN = [...FOR_USERS, 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];

const MAX_README_WORDS = 700;

interface Setting {
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}
const { contributes } = JSON.parse(read('package.json')) as Manifest;

/** Returns the cells of each table row, without the spaces around them. */
const rowsOf = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

/** Returns a page without its blocks of code, in which a line may look like a heading. */
const withoutCode = (markdown: string): string => markdown.replace(/^ *```.*?^ *```/gms, '');

/** Returns the anchors that GitHub makes for the headings of a page. */
const anchorsOf = (markdown: string): Set<string> =>
  new Set(
    [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );

/** Returns the links of a page to other pages, pictures and headings, except those in code. */
const linksOf = (markdown: string): string[] =>
  [
    ...withoutCode(markdown)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** Returns the `apq` examples of a page, without the indentation of a list. */
const examplesOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^( *)```apq\n(.*?)^ *```/gms)].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

describe('README', () => {
  it(`has at most ${MAX_README_WORDS} words`, () => {
    const words = read('README.md').split(/\s+/).filter(Boolean).length;
    assert.ok(words <= MAX_README_WORDS, String(words));
  });

  it('links to every page', () => {
    const links = linksOf(read('README.md'));
    assert.deepEqual(
      PAGES.filter((page) => !links.includes(page)),
      [],
    );
  });
});

describe('documentation', () => {
  for (const page of MARKDOWN)
    it(`${page} has only links with a target`, () => {
      for (const link of linksOf(read(page))) {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : relative(root, join(root, dirname(page), path));
        assert.ok(existsSync(join(root, target)), link);
        if (anchor !== undefined) assert.ok(anchorsOf(read(target)).has(anchor), link);
      }
    });

  for (const page of MARKDOWN)
    it(`${page} names only files and folders that exist`, () => {
      const named = [
        ...read(page).matchAll(/`((?:client|platform|samples|scripts|server|test)\/[\w./-]+)`/g),
      ];
      const missing = named.flatMap(([, path = '']) => (existsSync(join(root, path)) ? [] : [path]));
      // A pattern: each room has such a file.
      assert.deepEqual(
        missing.filter((path) => !path.includes('/ROOM/')),
        [],
      );
    });

  it('has a section for every diagnostic, with its severity', () => {
    const sections = new Map(
      [...withoutCode(read(GENERATED)).matchAll(/^### ([a-z-]+)\n+(\w+)/gm)].map(([, code, severity]) => [
        code,
        severity?.toLowerCase(),
      ]),
    );
    assert.deepEqual(Object.fromEntries(sections), { ...CODES });
  });

  it('lists every setting with its default, and no other', () => {
    const inWords = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    const listed = rowsOf(read('docs/settings.md'))
      .filter(([name]) => name?.startsWith('`apq.') === true)
      .map((cells) => [cells[0], cells.at(-1)]);
    const settings = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      listed.sort(),
      settings.map(([name, setting]) => [`\`${name}\``, `\`${inWords(setting.default)}\``]).sort(),
    );
  });

  it('gives the limits of every setting', () => {
    const page = rowsOf(read('docs/settings.md'));
    for (const [name, { minimum, maximum }] of Object.entries(contributes.configuration.properties)) {
      const [, meaning = ''] = page.find(([cell]) => cell === `\`${name}\``) ?? [];
      if (minimum !== undefined && maximum !== undefined)
        assert.ok(meaning.includes(`(${minimum} to ${maximum})`), name);
    }
  });

  it('names every command by its title', () => {
    const text = FOR_USERS.map(read).join('\n');
    const missing = contributes.commands.filter(({ title }) => !text.includes(title));
    assert.deepEqual(missing, []);
  });

  it('names no command and no option that the command line does not have', () => {
    const [whole = ''] = read('docs/command-line.md').split('## The sample platform');
    // Other programs have options of their own.
    const page = whole.replace(/\bgit [^|&\n]*/g, '');
    const commands = [...page.matchAll(/^(?:.*&& )?apq ([a-z]+)/gm)].map(([, name]) => name);
    assert.ok(commands.length > 5, commands.join());
    const known = COMMANDS.flatMap(({ options }) => Object.keys(options).map(longName));
    const others = ['--help', '--version', '--check', '--global', '--package'];
    const options = [...page.matchAll(/(?<![\w-])--[a-z]+(?:-[a-z]+)*/g)].map(([option]) => option);
    assert.deepEqual(
      [
        ...commands.filter((name) => !COMMANDS.some((each) => each.name === name)),
        ...options.filter((option) => !known.includes(option) && !others.includes(option)),
      ],
      [],
    );
  });

  it('names every format in which records leave', () => {
    const results = read('docs/results.md');
    const names = [
      ...EXPORT_FORMATS.map((format) => FORMATS[format].name),
      ...COPY_FORMATS.map((format) => FORMATS[format].label),
    ];
    assert.deepEqual(
      names.filter((name) => !results.includes(name)),
      [],
    );
  });

  it('names every parameter and function of the API, and the manifest has our limits', () => {
    const page = read('docs/language.md');
    assert.deepEqual(
      [
        ...METHOD_NAMES,
        ...PARAMETER_NAMES,
        ...COMPARISON_NAMES.map((name) => `\`${name}\``),
        ...FUNCTION_NAMES,
        ...DIRECTIVE_NAMES,
        ...BUILTINS,
      ].filter((word) => !page.includes(word)),
      [],
    );
    const { properties } = contributes.configuration;
    for (const each of [properties['apq.fetch.concurrency'], properties['apq.changes.concurrency']])
      assert.deepEqual([each?.default, each?.maximum], [CONCURRENCY, MAX_CONCURRENCY]);
  });

  it('names every directive, built-in, subject and operator of the language', () => {
    const page = read('docs/language.md');
    const offered = (marked: string, kind: string) =>
      completions(marked)
        .filter((item) => item.kind === kind)
        .map(({ label }) => label);
    const directives = offered('### Title\n# @$0\nGET CourseDate\n', 'directive');
    assert.ok(directives.includes('pages'), String(directives));
    for (const directive of directives) assert.ok(page.includes(`\`# @${directive} `), directive);
    const builtins = offered("GET CourseDate\n$filter = StartDate ge '{{$0}}'\n", 'variable');
    assert.ok(builtins.includes('$today'), String(builtins));
    for (const builtin of builtins) assert.ok(page.includes(`\`{{${builtin}`), builtin);
    for (const subject of SUBJECT_KINDS) assert.match(page, new RegExp(`^\\| \`${subject}\\b`, 'm'));
    for (const operator of EXPECTATION_OPERATOR_NAMES) assert.ok(page.includes(`\`${operator}\``), operator);
  });

  /** Returns the errors and warnings of a query file on the sample platform. */
  const mistakesIn = (text: string) => {
    const now = new Date();
    const service = new LanguageService(() => ({ now }));
    service.setMetadata(metadataOfSample(now));
    return service
      .diagnose(service.parse(text))
      .filter(({ severity }) => severity === 'error' || severity === 'warning');
  };

  for (const page of FOR_USERS.filter((each) => each !== GENERATED))
    for (const [index, example] of examplesOf(read(page)).entries())
      it(`${page}: example ${index + 1} has no error and no warning on the sample platform`, () => {
        assert.deepEqual(mistakesIn(example), []);
      });

  for (const name of readdirSync(join(root, 'samples')))
    it(`samples/${name} has no error and no warning on the sample platform`, () => {
      assert.deepEqual(mistakesIn(read(`samples/${name}`)), []);
    });
});
