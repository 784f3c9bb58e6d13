/**
 * What people write who know spreadsheets. A line of newcomers/*.txt is what is written (filters: as `$filter`), and the
 * request after its first fix, `⏎` being a line end; `none: …` says why there is no fix. Those of sample.txt are written on
 * the sample platform, whose modules have all their fields. `UPDATE=1` rewrites the lines: read
 * the difference before you keep it.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '#language';
import { metadataOfSample } from '../support/sample-metadata';
import { serviceWith } from './support/language';
import { NOW } from './support/metadata';

const folder = join(import.meta.dirname, 'newcomers');
const ARROW = '  →  ';
const HEAD = 'GET CourseDate\n$filter = ';
const small = serviceWith();
const sample = serviceWith(metadataOfSample(NOW));

const errorsIn = (service: typeof small, text: string) =>
  service.diagnose(service.parse(text)).filter(({ severity }) => severity === 'error');

/** The fixes that are offered for the errors of a text. */
const offeredBy = (service: typeof small, text: string) =>
  service
    .fixes(service.parse(text), { offset: 0, length: text.length })
    .filter(({ diagnostic }) => diagnostic.severity === 'error');

describe('what newcomers write', () => {
  for (const name of readdirSync(folder)) {
    const head = name === 'filters.txt' ? HEAD : '';
    const service = name === 'sample.txt' ? sample : small;
    const errorsOf = (text: string) => errorsIn(service, text);
    const offered = (text: string) => offeredBy(service, text);
    const whole = (written: string) => head + written.replaceAll('⏎', '\n');
    const render = (line: string): string => {
      const [written = '', known = ''] = line.split(ARROW);
      const text = whole(written);
      const [first] = offered(text);
      if (first === undefined || known.startsWith('none:')) return [written, known].join(ARROW);
      const fixed = applyEdits(text, first.edits).replace(head, '').trimEnd().replaceAll('\n', '⏎');
      return [written, fixed].join(ARROW);
    };
    const path = join(folder, name);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    if (process.env['UPDATE'] === '1') {
      writeFileSync(
        path,
        `${lines.map((line) => (line.startsWith('---') ? line : render(line))).join('\n')}\n`,
      );
      continue;
    }
    describe(name, () => {
      for (const line of lines.filter((each) => !each.startsWith('---')))
        it(line, () => {
          const [written = '', fixed = ''] = line.split(ARROW);
          const text = whole(written);
          const fixes = offered(text);
          if (fixed.startsWith('none:')) {
            assert.equal(fixes.filter(({ preferred }) => preferred).length, 0, 'a guess is preferred');
            return;
          }
          assert.equal(render(line), line);
          for (const { message } of errorsOf(text).slice(0, 1)) {
            // What a message proposes is what the fix writes.
            const [, asked] = / As a request, it is: (.*)$/s.exec(message) ?? [];
            if (asked !== undefined) assert.equal(fixed.replaceAll('⏎', ' '), asked);
            if (message.includes('a line “SQL”')) assert.match(fixed, /⏎SQL⏎/);
          }
          const [first, ...others] = fixes;
          assert.ok(first !== undefined && errorsOf(text).length > 0, 'no message with a fix');
          assert.deepEqual(
            others.filter(({ preferred }) => preferred).map(({ title }) => title),
            [],
          );
          assert.deepEqual(
            errorsOf(applyEdits(text, first.edits)).map(({ message }) => message),
            [],
          );
        });
    });
  }
});
