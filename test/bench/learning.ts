/**
 * `npm run bench`: what it costs that answers are learnt from as they pass: 200,000 records of 20 fields in pages, against
 * reading them, which is done anyway. In CPU time, as the machine may be busy.
 */
import { AnswerLearner } from '#core/known/learn';
import { readPage } from '#core/results/read-page';
import { readJson } from '#core/values/read-json';

const RECORDS = 200_000;
const PAGE = 1000;
const ROUNDS = 5;

/** Five fields of each kind: they repeat, they don't, they are personal, they are numbers. */
const pageAt = (page: number): string => {
  const records = Array.from({ length: PAGE }, (_, index) => {
    const at = page * PAGE + index;
    const fields = Array.from({ length: 5 }, (__, each) => [
      [`Status${each}Type`, `Status ${at % (each * 20 + 5)}`],
      [`Reference${each}`, `INV-${at}-${each}`],
      [`Surname${each}`, `Person ${at % 500}`],
      [`Places${each}`, at % 25],
    ]).flat();
    return Object.fromEntries(fields) as unknown;
  });
  return JSON.stringify({ results: records });
};

/** The least CPU time of some rounds, in milliseconds. */
function cpu(work: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const texts = Array.from({ length: 10 }, (_, page) => pageAt(page));
const pages = texts.map((text) => readPage(readJson(text)).records);
const all = Array.from({ length: RECORDS / PAGE }, (_, page) => page % pages.length);

const reading = cpu(() => {
  for (const page of all) readPage(readJson(texts[page] ?? ''));
});
const learning = cpu(() => {
  const learner = new AnswerLearner({ module: 'CourseDate', query: [] });
  for (const page of all) learner.take(pages[page] ?? []);
  if (learner.learnt(new Date()).length === 0) throw new Error('nothing was learnt');
});
process.stdout.write(
  `\n200,000 records of 20 fields, milliseconds of CPU: reading ${reading.toFixed(0)}, learning ${learning.toFixed(0)}, ratio ${(learning / reading).toFixed(3)}\n`,
);
