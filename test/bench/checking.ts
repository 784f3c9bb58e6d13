/**
 * `npm run bench`: a repository of 1,000 query files through `apq check` and `apq format`, beside what ESLint and Prettier
 * take for as many JavaScript files of a like size. Each is a process, as in CI; its start is part of it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/lsp';

const FILES = 1000;
const ROUNDS = 3;

/** About 2.5 kB. Every tenth file has an error that is not mended, every fifth has two findings that are. */
function queries(index: number): string {
  const requests = Array.from(
    { length: 10 },
    (_, at) => `### Courses ${index} ${at}
# @name courses${at}
GET CourseDate
$select  = ID, Label, StartDate, SpacesLeft
$filter  = VenueTown eq 'Town ${index}' and StartDate ge '{{$today}}' and Status eq 'Available'
$orderby = StartDate desc
$top     = 20
`,
  );
  if (index % 10 === 0) requests.push("### Wrong\nGET User\n$filter = Surname eq 'x\n");
  if (index % 5 === 0) requests.push('### Fixable\nGET User\n$filter = Surname = "x"\n$select = ID, ID\n');
  return requests.join('\n');
}

const scripts = (index: number): string =>
  `${Array.from(
    { length: 10 },
    (_, at) => `/** Courses ${index} ${at} */
export function courses${at}(client, today) {
  const filter = [\`VenueTown eq 'Town ${index}'\`, \`StartDate ge '\${today}'\`].join(' and ');
  const wanted = { select: ['ID', 'Label', 'StartDate'], filter, top: 20 };
  return client.get('CourseDate', wanted).then((found) => found.records);
}
`,
  ).join('\n')}`;

/** As many rules as a usual configuration has of those that look for mistakes. */
const ESLINT = `const rules = ['no-undef', 'no-unused-vars', 'no-unreachable', 'no-const-assign', 'no-dupe-args', 'no-dupe-keys',
  'no-empty', 'no-fallthrough', 'no-func-assign', 'no-irregular-whitespace', 'no-loss-of-precision', 'no-redeclare',
  'no-self-assign', 'no-shadow', 'no-sparse-arrays', 'no-this-before-super', 'no-unsafe-finally', 'no-useless-escape',
  'no-useless-catch', 'prefer-const', 'eqeqeq', 'use-isnan', 'valid-typeof', 'getter-return', 'constructor-super'];
export default [{ rules: Object.fromEntries(rules.map((name) => [name, 'error'])) }];
`;

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The fastest of some rounds, each after `before`. */
function measure(folder: string, args: readonly string[], before: () => void): Measured {
  const memory = join(folder, 'memory');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));`,
  );
  const rounds = Array.from({ length: ROUNDS }, () => {
    before();
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: ${stderr}`);
    return { seconds, megabytes: Number(readFileSync(memory, 'utf8')) / 1024 };
  });
  return rounds.reduce((best, each) => (each.seconds < best.seconds ? each : best));
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'apq-bench-'));
  try {
    let bytes = [0, 0];
    const write = (): void => {
      bytes = [0, 0];
      for (let index = 0; index < FILES; index++) {
        const name = join(folder, 'repo', String(index % 50), `f${index}`);
        mkdirSync(join(name, '..'), { recursive: true });
        const [apq, js] = [queries(index), scripts(index)];
        writeFileSync(`${name}.apq`, apq);
        writeFileSync(`${name}.js`, js);
        bytes = [(bytes[0] ?? 0) + apq.length, (bytes[1] ?? 0) + js.length];
      }
    };
    write();
    writeFileSync(join(folder, 'eslint.config.mjs'), ESLINT);
    console.log(
      `${FILES} files: ${Math.round((bytes[0] ?? 0) / 1024)} kB of queries, ${Math.round((bytes[1] ?? 0) / 1024)} kB of JavaScript`,
    );
    const apq = join(ROOT, 'dist/apq.js');
    const nothing = () => undefined;
    const table: [title: string, args: readonly string[], before: () => void][] = [
      ['eslint', [join(ROOT, 'node_modules/eslint/bin/eslint.js'), 'repo'], nothing],
      [
        'prettier --check',
        [join(ROOT, 'node_modules/prettier/bin/prettier.cjs'), '--check', 'repo/**/*.js'],
        nothing,
      ],
      ['apq check', [apq, 'check', 'repo'], nothing],
      ...['json', 'github', 'sarif', 'junit'].map((format): [string, string[], () => void] => [
        `apq check -f ${format}`,
        [apq, 'check', 'repo', '-f', format],
        nothing,
      ]),
      ['apq check --fix (200 files)', [apq, 'check', 'repo', '--fix'], write],
      ['apq format --check', [apq, 'format', 'repo', '--check'], nothing],
      ['apq format --diff', [apq, 'format', 'repo', '--diff'], nothing],
    ];
    let eslint: Measured | undefined;
    for (const [title, args, before] of table) {
      const measured = measure(folder, args, before);
      eslint ??= measured;
      console.log(
        `${title.padEnd(30)} ${measured.seconds.toFixed(2).padStart(6)} s  ${(measured.seconds / eslint.seconds).toFixed(2).padStart(5)} × eslint  ${measured.megabytes.toFixed(0).padStart(5)} MB`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
