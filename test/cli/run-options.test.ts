/** The options of `apq run`: values that the language also knows are read alike. */
import assert from 'node:assert/strict';
import { run } from '#cli/commands/run';
import { ago } from '#cli/duration';
import { readArguments } from '#cli/frame/arguments';
import { valuesOf } from '#cli/frame/command';
import { outputNames } from '#cli/output-names';
import { readRunOptions, RUN_OPTIONS, type RunOptions } from '#cli/run-options';
import { hasFileForEach } from '#cli/run-output';
import { LanguageService } from '#language';

/** Returns the value of `# @pages`; undefined where it can't be read. */
function pagesOfFile(written: string): number | 'all' | undefined {
  const service = new LanguageService();
  return service.requests(service.parse(`# @pages ${written}\nGET coursedate\n`))[0]?.pages;
}

/** Reads what stands behind `apq run FILE`. */
const read = (...words: readonly string[]): RunOptions =>
  readRunOptions(valuesOf(RUN_OPTIONS, readArguments(run, ['x.apq', ...words]).written));

describe('options of apq run', () => {
  for (const written of ['1', '25', '1234567', 'all', 'ALL', 'All'])
    it(`reads --pages ${written} like # @pages ${written}`, () => {
      const { pages } = read('--pages', written);
      assert.notEqual(pages, undefined);
      assert.equal(pages, pagesOfFile(written));
    });

  for (const written of ['0', '-1', '1.5', 'many', '12345678'])
    it(`refuses --pages ${written}, and so does # @pages`, () => {
      assert.throws(() => read(`--pages=${written}`), /--pages must be a number from 1, or all/);
      assert.equal(pagesOfFile(written), undefined);
    });

  for (const [output, format] of [
    [undefined, 'table'],
    ['-', 'table'],
    ['out', 'table'],
    ['.csv', 'table'],
    ['out.txt', 'table'],
    ['out.csv', 'csv'],
    ['out.CSV', 'csv'],
    ['a.b/out.json', 'json'],
    ['out.x.ndjson', 'ndjson'],
  ] as const)
    it(`writes ${output ?? 'standard output'} as ${format}`, () =>
      assert.equal(read(...(output === undefined ? [] : ['--output', output])).format, format));

  for (const [output, format] of [
    ['out', 'csv'],
    ['out.txt', 'csv'],
    ['out.dat', 'ndjson'],
    ['out.csv', 'csv'],
    ['-', 'json'],
  ] as const)
    it(`writes ${output} as --format ${format} says`, () =>
      assert.equal(read('--output', output, '-f', format).format, format));

  for (const [options, message] of [
    ['--format xlsx', /^--format xlsx needs a file: name it with --output FILE\.xlsx\.$/],
    ['--format parquet --output -', /^--format parquet needs a file/],
    ['--output out.parquet --format csv', /contradict each other/],
    ['--output out.pdf', /Let the name of the file end in|let the name end in/],
    ['--output out.dat', /No format belongs to the name out\.dat\. Name one with --format/],
    ['--output out.csv --format json', /--format json and --output out\.csv contradict each other/],
    ['--output out.json --format table', /contradict each other/],
    ['--format json --null NULL', /^--null is for --format csv\.$/],
    ['--no-formula-guard', /^--no-formula-guard is for --format csv\.$/],
    ['--format csv --lists xml', /--lists must be text or json, not “xml”/],
    ['--resume-within 6h', /--resume-within is for --resume/],
    ['--line 3 --request all', /^--line and --request both choose the request/],
    ['--line 0', /^--line must be a number from 1: the line of the cursor\.$/],
    ['--line 3:1', /^--line must be a number from 1/],
    ['--resume --resume-within 6', /--resume-within must be a time such as 30m, 6h or 2d/],
  ] as const)
    it(`refuses ${options}`, () => assert.throws(() => read(...options.split(' ')), { code: 2, message }));

  it('reads how cells are written', () => {
    const { csv } = read('-o', 'out.csv', '--no-formula-guard', '--null=', '--lists', 'json');
    assert.deepEqual(csv, { formulaGuard: false, nullText: '', lists: 'json' });
    assert.deepEqual(read().csv, { formulaGuard: true, lists: 'text' });
  });

  for (const [written, ms] of [
    ['30m', 1_800_000],
    ['6h', 21_600_000],
    ['2D', 172_800_000],
    [undefined, 86_400_000],
  ] as const)
    it(`reads --resume-within ${written ?? '(absent)'}`, () =>
      assert.equal(
        read('--resume', ...(written === undefined ? [] : ['--resume-within', written])).resumeWithin,
        ms,
      ));

  for (const [age, words] of [
    [0, 'less than a minute ago'],
    [-5, 'less than a minute ago'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [90_000_000, '1 day ago'],
  ] as const)
    it(`calls an age ${words}`, () => assert.equal(ago(1e12 - age, 1e12), words));
});

describe('files of apq run', () => {
  const requests = (text: string) => {
    const service = new LanguageService();
    return service.requests(service.parse(text));
  };
  const FILE =
    '### Courses, 2026!\nGET course\n###\n# @name people\nGET user\n###\nGET venue\n### courses 2026\nGET course\n### Ärzte\nGET user\n';
  const names = (given: string) => {
    const options = read(...given.split(' '));
    const chosen = requests(FILE);
    return [...outputNames(options.output, hasFileForEach(options, chosen), chosen).values()];
  };
  for (const [given, expected] of [
    [
      '--output a/out.csv --request all',
      'a/out-courses-2026.csv a/out-people.csv a/out-2.csv a/out-courses-2026-2.csv a/out-ärzte.csv',
    ],
    [
      '--output out --format ndjson --request all',
      'out-courses-2026 out-people out-2 out-courses-2026-2 out-ärzte',
    ],
    ['--output out.json --request all', 'out.json out.json out.json out.json out.json'],
    ['--output out.txt --request all', 'out.txt out.txt out.txt out.txt out.txt'],
    ['--output out.csv --request all --dry-run', ''],
    ['--output out.xlsx --request all', 'out.xlsx out.xlsx out.xlsx out.xlsx out.xlsx'],
    [
      '--output out.parquet --request all',
      'out-courses-2026.parquet out-people.parquet out-2.parquet out-courses-2026-2.parquet out-ärzte.parquet',
    ],
    ['--format csv --request all', ''],
  ] as const)
    it(`are, for ${given}: ${expected}`, () => assert.equal(names(given).join(' '), expected));
});
