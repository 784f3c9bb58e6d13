/**
 * `npm run bench`: reading answers whose numbers a double holds, and others, against `JSON.parse`, which rounds them; alone
 * and with all that is done to an answer from its bytes to its records. In CPU time, as the machine may be busy.
 */
import { decoded } from '#core/remote/decode';
import { isNestedDeeply } from '#core/remote/nesting';
import { readPage } from '#core/results/read-page';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';

const RECORDS = 40_000;
const ROUNDS = 10;

const answerOf = (id: (number: number) => string): string => {
  const records = Array.from(
    { length: RECORDS },
    (_, at) =>
      `{"ID":${id(at)},"Label":"First Aid at Work (${at})","StartDate":"2026-05-01T09:00:00","EndDate":"2026-05-01T17:00:00","Cost":125.5,"SpacesLeft":${at % 20},"Status":"Full","Notes":"The room is opposite the library, telephone 01632 960000","CourseID":"${5000 + (at % 100)}","Email":"some.one@example.org"}`,
  );
  return `{"results":[${records.join(',')}],"total":${RECORDS}}`;
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

const ANSWERS = {
  'short numbers': answerOf((at) => `"${100_000 + at}"`),
  'texts of 19 digits': answerOf((at) => `"92233720368547${10_000 + at}"`),
  'numbers of 19 digits': answerOf((at) => `92233720368547${10_000 + at}`),
};

const rows = Object.entries(ANSWERS).map(([title, json]) => {
  const bytes = Buffer.from(json);
  const whole = (read: (text: string) => unknown) => () => {
    const text = decoded(bytes, 'application/json; charset=utf-8');
    if (isNestedDeeply(text) || readPage(read(text)).records.length !== RECORDS) throw new Error(title);
  };
  const rounding = (text: string): unknown => JSON.parse(text);
  const [rounded, exact] = [rounding(json), readJson(json)];
  const cells = [
    [cpu(() => void rounding(json)), cpu(() => void readJson(json))],
    [cpu(whole(rounding)), cpu(whole(readJson))],
    [cpu(() => void JSON.stringify(rounded)), cpu(() => void writeJson(exact))],
  ].flatMap(([floor = 0, ours = 0]) => [floor.toFixed(0), ours.toFixed(0), (ours / floor).toFixed(2)]);
  const what = `${title}, ${(bytes.length / 1e6).toFixed(0)} MB`;
  return `${what.padEnd(32)}${cells.map((cell) => cell.padStart(9)).join('')}`;
});
const heads = ['read', 'whole', 'write'].flatMap((what) => [what, 'APQ', 'ratio']);
process.stdout.write(
  `\n${'answers, milliseconds of CPU'.padEnd(32)}${heads.map((head) => head.padStart(9)).join('')}\n${rows.join('\n')}\n`,
);
