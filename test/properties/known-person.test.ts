/** Whatever a person is called and however they can be reached: nothing of them is learnt, wherever a platform holds it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe } from 'mocha';
import { AnswerLearner } from '#core/known/learn';
import type { LearntField } from '#core/known/learnt-field';
import type { People } from '#core/known/people';
import { property } from './support/property';

const pick = (...texts: readonly string[]) => fc.constantFrom(...texts);
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const word = (least = 3) =>
  fc
    .array(pick(...'abcdefghijklmnoprstuvwyzéöñłø'), { minLength: least, maxLength: 9 })
    .map((letters) => letters.join(''));
const capitalised = word().map((text) => text.charAt(0).toUpperCase() + text.slice(1));

/** A name that is in no list. */
const name = fc.oneof(
  fc.tuple(capitalised, capitalised).map((parts) => `Q${parts.join(' X')}`),
  fc.tuple(capitalised, capitalised).map(([one, two]) => `Xq${one}, Zq${two}`),
  fc.tuple(pick('Mr', 'Mrs', 'Dr', 'Ms.'), capitalised).map(([title, one]) => `${title} Xq${one}`),
  fc.tuple(capitalised, capitalised, capitalised).map(([one, two, three]) => `Xq${one} ${two} O’Zq${three}`),
);
const email = fc
  .tuple(word(), word(), pick('example.com', 'mail.example', 'x.co.uk'))
  .map(([one, two, host]) => `${one}.${two}@${host}`);
const telephone = fc.oneof(
  digits(9).map((rest) => `07${rest}`),
  digits(6).map((rest) => `01632 ${rest}`),
  fc.tuple(digits(4), digits(4)).map(([one, two]) => `+44 (0)20 ${one} ${two}`),
  fc.tuple(digits(3), digits(3), digits(4)).map((parts) => `(${parts[0]}) ${parts[1]}-${parts[2]}`),
);
const born = fc
  .tuple(
    fc.integer({ min: 1930, max: 2010 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([year, month, day]) =>
    pick(
      `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      `${day}/${month}/${year}`,
      `${day}.${month}.${year}`,
      `${day}-${month}-${String(year).slice(2)}`,
    ),
  );
const postcode = fc
  .tuple(
    pick('SW', 'M', 'YO', 'LS', 'B'),
    fc.integer({ min: 1, max: 29 }),
    fc.integer({ min: 0, max: 9 }),
    pick('AA', 'QX', 'ZB'),
  )
  .map(([area, district, sector, unit]) => `${area}${district} ${sector}${unit}`);
const note = fc.array(word(2), { minLength: 5, maxLength: 12 }).map((words) => `${words.join(' ')}.`);

const person = fc.record({ name, email, telephone, born, postcode, note });

/** Fields that hold any of it: their names say it, or say nothing. */
const PERSONAL = [
  'Surname',
  'UserFullName',
  'TrainerName',
  'BookedBy',
  'Email',
  'Mobile',
  'DOB',
  'Postcode',
  'Notes',
  'CF_NextOfKin',
];
const SILENT = ['CF_Extra', 'Reference', 'TargetLabel', 'Thingummy'];
const NAMED = ['CF_Team', 'VenueName', 'CancellationReason', 'CompanyName', 'JobTitle'];
const OF_THINGS = ['Status', 'VenueTown', 'CourseName', 'CF_RegionCode'];

const listed = (text: string): readonly string[] =>
  text
    .split(/[|\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Names of many languages, and as people write them. */
const UNUSUAL = listed(`
  Zorblax Quindle|Ngozi Adichie-Okwu|Ludovicus van der Meulen|Xóchitl Quetzal|Jean-Luc D’Arcangelo
  Þórunn Ásgeirsdóttir|Wojciech Brzęczyszczykiewicz|Nguyễn Thị Ánh|Mary-Zorb Smythe-Tatlock|J. R. Ptolemy
  JR Ptolemy|Ptolemy J|Ptolemy, J.R.|ZORBLAX QUINDLE|Quindle III|Quindle Jr|李 小龙|李小龙|欧阳 娜娜|山田 太郎|さくら やまだ
  김 민수|김민수|محمد العلي|שרה לוי|Иван Петров|Ольга Нескажу|Αλέξανδρος Παπαδόπουλος|प्रिया शर्मा|สมชาย ใจดี
  Zé dos Quindles|MacQuindle Zor|O’Tatlock Brón|Abu Bakr al-Zorblaxi|Fatma bint Quindle|Maria del Quindle
  Lord Quindle|Prof. Quindle|Quindle (née Zorb)|“Zed” Quindle|Ó Zorblaigh|Mz Quindle|Tàng Ó
`);
/** The same of names that look like those of things: they are known only by those who have them. */
const PLAIN = listed(`
  Sukarno|Plato|Björk|Madonna|quindle|Wu|Ng|Zed Young|Zed Banks|Ebba Lake|Nwachukwu|de la Quindle
  Zed Preston
`);

const EVERY_FIELD = listed(`
  Status|CourseType|VenueTown|VenueName|CF_Region|Country|CF_Team|CF_Group|CF_Source|CancellationReason
  JobTitle|CourseName|CategoryLabels|Alias|CompanyName
`);
const SAYING_NOTHING = listed(`
  CF_Extra|Custom3|Ref|Notes1|Reference|TargetLabel|Thingummy|CF_Shift
`);

/** How a name stands in the fields that hold people. */
const OWN: readonly ((name: string) => Readonly<Record<string, string>>)[] = [
  (name) => ({ TrainerName: name }),
  (name) => ({ BookedBy: name.toUpperCase() }),
  (name) => ({ UserFullName: `Dr ${name}` }),
  (name) => {
    const [first = '', ...rest] = name.split(' ');
    return { Forenames: first, Surname: rest.join(' ') };
  },
];

describe('a person in the answers', () => {
  const learntOf = (
    records: readonly Readonly<Record<string, unknown>>[],
    module: string,
    known?: People,
  ) => {
    const learner = new AnswerLearner({ module, query: [] }, [], known);
    learner.take(records);
    return { learnt: learner.learnt(new Date(0)), people: learner.people };
  };
  const othersOf = (field: string): readonly string[] =>
    ({ VenueTown: ['Leeds', 'York'], Country: ['France', 'Spain'] })[field] ?? [
      'Red Team',
      'Late',
      'Available',
    ];
  /** Records of a field in which the person stands as often as others, and of those who are in it. */
  const records = (field: string, name: string, often: number, own: Readonly<Record<string, string>> = {}) =>
    Array.from({ length: 60 }, (_, index) => {
      const others = othersOf(field);
      return { [field]: index % often === 0 ? name : others[index % others.length], ...own };
    });
  const assertLeftOut = (name: string, learnt: readonly LearntField[]) => {
    const values = learnt.flatMap((field) => field.values.map(({ value }) => value));
    assert.ok(!values.includes(name), values.join(', '));
  };
  const often = fc.integer({ min: 1, max: 12 });

  property(
    'no unusual name is learnt of any field, where nothing else tells who it is',
    600,
    fc.tuple(pick(...UNUSUAL), pick(...EVERY_FIELD, ...SAYING_NOTHING), often),
    ([name, field, each]) => assertLeftOut(name, learntOf(records(field, name, each), 'CourseDate').learnt),
  );

  property(
    'none that could be anything is learnt of a field whose name says nothing',
    300,
    fc.tuple(pick(...PLAIN), pick(...SAYING_NOTHING), often),
    ([name, field, each]) => assertLeftOut(name, learntOf(records(field, name, each), 'CourseDate').learnt),
  );

  property(
    'no name at all is learnt where the answer, or one before, says whose it is',
    600,
    fc.tuple(
      pick(...UNUSUAL, ...PLAIN),
      pick(...EVERY_FIELD, ...SAYING_NOTHING),
      often,
      fc.constantFrom(...OWN),
      fc.boolean(),
    ),
    ([name, field, each, own, before]) => {
      const { people } = learntOf([own(name)], 'User');
      const { learnt } = before
        ? learntOf(records(field, name, each), 'CourseDate', people)
        : learntOf(records(field, name, each, own(name)), 'CourseDate');
      assertLeftOut(name, learnt);
    },
  );

  property(
    'nothing of a person is learnt, by name or by shape',
    300,
    fc.tuple(person, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 60 })),
    ([who, times, others]) => {
      const all = Object.values(who);
      const { name: called, ...reached } = who;
      const records = Array.from({ length: times * all.length + others }, (_, index) => {
        const any = all[index % all.length] ?? called;
        const shaped = Object.values(reached)[index % 5] ?? any;
        const mine = index < times * all.length;
        return Object.fromEntries([
          ...PERSONAL.map((field) => [field, any]),
          ...SILENT.map((field, at) => [`${field}${at}`, mine ? called : 'Other']),
          ...SILENT.map((field) => [field, mine ? any : 'Other']),
          ...OF_THINGS.map((field) => [field, mine ? shaped : 'Other']),
          ...NAMED.map((field) => [field, mine ? called : 'Other']),
        ]) as Readonly<Record<string, unknown>>;
      });
      const learner = new AnswerLearner({ module: 'UserCourseDate', query: [] });
      learner.take(records);
      const learnt = JSON.stringify(learner.learnt(new Date(0)));
      for (const text of all) assert.ok(!learnt.includes(text), `${text} in ${learnt}`);
    },
  );
});
