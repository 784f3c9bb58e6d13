/** The sentences for well-known modules and fields: of names that exist, short, whole, each said once. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { COMMON_MODULES } from '#language/vocabulary/module-sentences';
import {
  commonModulesFirst,
  DESCRIBED,
  describeField,
  describeModule,
} from '#language/vocabulary/plain-words';
import { findModule, moduleNames } from '#platform/catalog';

const { MODULES, FIELDS, IN_MODULE } = DESCRIBED;
const modules: ReadonlySet<string> = new Set(moduleNames);
const fields: ReadonlySet<string> = new Set(
  moduleNames.flatMap((name) => findModule(name)?.fields.map((field) => field.name) ?? []),
);

/** What a word of a name is called otherwise. */
const SAME: Readonly<Record<string, string>> = {
  ...{ email: 'e mail address', phone: 'telephone number', fax: 'number', dob: 'date birth', label: 'name' },
  ...{ type: 'kind', forenames: 'first names', surname: 'last name', count: 'number', status: 'state' },
};
/** Words that tell nothing by themselves. */
const EMPTY = new Set(
  (
    'a an the of it its that which is are was there this one in to for by and or with at on how many much what when ' +
    'whether where who record id'
  ).split(' '),
);
const wordsOf = (text: string) =>
  (text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());

/** The words of a sentence that its name does not have, each once. */
function newWords(name: string, sentence: string): string[] {
  const stem = (word: string) => word.replace(/s$/, '');
  const known = new Set(wordsOf(name).flatMap((word) => [word, ...(SAME[word] ?? '').split(' ')].map(stem)));
  return [...new Set(wordsOf(sentence))].filter((word) => !EMPTY.has(word) && !known.has(stem(word)));
}

/** What a sentence names behind its first word: `Status in UserCourseDate`, `SpacesLeft`; no names of values. */
const namedIn = (sentence: string): { field: string; of?: string }[] =>
  [...sentence.slice(1).matchAll(/\b([A-Z]\w+)(?: in ([A-Z]\w+))?(?! elsewhere)\b/g)]
    .filter(([, word = '']) => fields.has(word) || /[a-z][A-Z]/.test(word))
    .filter(([, word = '']) => word !== 'ELearning')
    .map(([, field = '', of]) => (of === undefined ? { field } : { field, of }));

/** Whether it says where there is more. */
const leadsOn = (sentence: string): boolean =>
  [...sentence.slice(1).matchAll(/\b[A-Z]\w+/g)].some(([word]) => modules.has(word) || fields.has(word));

describe('sentences for modules and fields', () => {
  for (const [what, rows] of Object.entries({ MODULES, FIELDS, IN_MODULE }))
    it(`are short, whole, and none is said twice: ${what}`, () => {
      const sentences = Object.entries(rows);
      for (const [name, sentence] of sentences) {
        assert.ok(sentence.length <= 110, `${name}: ${sentence.length}`);
        assert.match(sentence, /^[A-Z].*[^.]\.$/, name);
        assert.doesNotMatch(sentence, /['"]|\s\s/, name);
      }
      const said = sentences.map(([, sentence]) => sentence);
      assert.equal(new Set(said).size, said.length);
    });
  it('are of modules that exist', () => {
    assert.deepEqual(
      [...Object.keys(MODULES), ...COMMON_MODULES].filter((name) => !modules.has(name)),
      [],
    );
    assert.deepEqual(
      COMMON_MODULES.filter((name) => describeModule(name) === undefined),
      [],
    );
  });
  it('are of fields that exist', () => {
    assert.deepEqual(
      Object.keys(FIELDS).filter((name) => !fields.has(name)),
      [],
    );
    for (const name of Object.keys(IN_MODULE)) {
      const [module = '', field = ''] = name.split('.');
      assert.ok(findModule(module)?.field(field), name);
    }
  });
  it('tell more than the words of the name, or where more is', () => {
    const dull = [...Object.entries(MODULES), ...Object.entries(FIELDS), ...Object.entries(IN_MODULE)].filter(
      ([name, sentence]) => newWords(name, sentence).length < 2 && !leadsOn(sentence),
    );
    assert.deepEqual(dull, []);
  });
  for (const [name, sentence, expected] of [
    ['Amount', 'The amount of money.', 'money'],
    ['Name', 'The name of the record.', ''],
    ['AgentName', 'The name of the agent.', ''],
    ['CourseDateSession', 'One session of a course date.', ''],
    ['BookingType', 'The kind of booking.', ''],
    ['Email', 'The e-mail address.', ''],
    ['SpacesLeft', FIELDS.SpacesLeft, 'places still free all'],
  ] as const)
    it(`${name}, “${sentence}”, tells ${expected || 'nothing'}`, () => {
      assert.equal(newWords(name, sentence).join(' '), expected);
    });
  it('name only fields that stand beside, or in the module that they say', () => {
    const wrong = moduleNames.flatMap((module) =>
      (findModule(module)?.fields ?? []).flatMap(({ name }) => {
        const sentence = describeField(module, { name }) ?? '';
        return namedIn(sentence)
          .filter(
            ({ field, of }) =>
              (field === '' ? undefined : findModule(of ?? module)?.field(field)) === undefined,
          )
          .filter(({ field, of }) => of !== undefined || !modules.has(field))
          .map(({ field, of }) => `${module}.${name}: ${of ?? module}.${field}`);
      }),
    );
    assert.deepEqual(wrong, []);
  });
  it('name only modules and fields that exist', () => {
    const wrong = Object.entries(MODULES).flatMap(([name, sentence]) =>
      namedIn(sentence)
        .filter(({ field, of }) => (of === undefined ? !modules.has(field) && !fields.has(field) : false))
        .map(({ field }) => `${name}: ${field}`),
    );
    assert.deepEqual(wrong, []);
  });

  for (const [name, expected] of [
    ['CourseDate', /when and where it runs/],
    ['course', /when and where it runs is in CourseDate/],
    ['Wombat', undefined],
    ['constructor', undefined],
  ] as const)
    it(`${name} is ${expected === undefined ? 'not described' : String(expected)}`, () => {
      if (expected === undefined) assert.equal(describeModule(name), undefined);
      else assert.match(describeModule(name) ?? '', expected);
    });
  for (const [module, field, expected] of [
    ['CourseDate', { name: 'spacesleft' }, FIELDS.SpacesLeft],
    ['User', { name: 'Title' }, IN_MODULE['User.Title']],
    ['Wombat', { name: 'Title' }, FIELDS.Title],
    ['Course', { name: 'Label', description: 'Course name.' }, 'Course name.'],
    ['Course', { name: 'Label', description: ' ' }, IN_MODULE['Course.Label']],
    ['Course', { name: 'CF_RegionCode' }, undefined],
  ] as const)
    it(`${module}.${JSON.stringify(field)}: ${expected ?? 'nothing'}`, () => {
      assert.equal(describeField(module, field), expected);
    });
  it('puts common modules first', () => {
    const names = ['Zebra', 'Award', 'Venue', 'coursedate', 'UserCourseDate'];
    const sorted = commonModulesFirst(names.map((name) => ({ name })));
    assert.equal(sorted.map(({ name }) => name).join(' '), 'UserCourseDate coursedate Venue Zebra Award');
  });
});
