/** What is told about the API is true of the user's platform: on one with every assumption turned round, nobody hears of the assumed rule. */
import assert from 'node:assert/strict';
import { documentationOf, type PlatformTraits, TRAIT_NAMES } from '#language';
import { ASSUMED } from '#language/catalog/traits';
import { FIXTURES } from '../properties/support/files';
import { serviceWith } from './support/language';
import { metadata } from './support/metadata';

/** Each that is not a list of names or a limit says the opposite of what is assumed. */
const TURNED: PlatformTraits = {
  parentheses: true,
  precedence: 'left-to-right',
  not: true,
  in: true,
  quotes: 'backslash',
  bareNumbers: true,
  bareBooleans: true,
  keywordCase: 'lower',
  textCase: 'matters',
  unknownSelect: 'ignored',
  largestTop: 20,
  everyRecord: true,
  skip: 'records',
  plus: 'plus',
  longestAddress: 1000,
};

const turned = serviceWith({
  ...metadata,
  platform: { checkedAt: '2026-01-31T12:00:00Z', traits: TURNED },
});

/** The words of the assumed rules. */
const ASSUMED_RULES = [
  /(?:no|without) parentheses(?! after a module)(?<!stands without parentheses)/i,
  /by the guide/i,
  /counts? pages|number of the page/i,
  /binds tighter|read before or/i,
  /has no “(?:in|not)”/i,
  /quoted when sent/i,
  /ignoring case|in any case/i,
];

const check = (told: string, where: string) => {
  for (const rule of ASSUMED_RULES) assert.doesNotMatch(told, rule, `${told} — for ${where}`);
};

describe('messages on a platform with every assumption turned round', () => {
  it('turns every question round that has two answers', () => {
    for (const name of TRAIT_NAMES)
      if (name !== 'countNames' && name !== 'rateLimit') assert.notDeepEqual(TURNED[name], ASSUMED[name]);
  });

  it('don’t tell the assumed rule: diagnostics and their fixes', () => {
    for (const text of FIXTURES)
      for (const { message, fixes } of turned.diagnose(turned.parse(text)))
        for (const told of [message, ...fixes.map(({ title }) => title)]) check(told, text);
  });

  it('don’t tell the assumed rule: hovers, and what completion says', () => {
    for (const text of new Set(FIXTURES.flatMap((fixture) => fixture.split(/^(?=###)/m)))) {
      if (text.length > 300) continue;
      const document = turned.parse(text);
      for (const { index } of text.matchAll(/[$\w]+/g)) {
        check(turned.hover(document, index + 1)?.markdown ?? '', `${text} at ${index}`);
        for (const item of turned.complete(document, index))
          check(`${item.detail ?? ''} ${documentationOf(item)}`, `${text} at ${index}`);
      }
    }
  });

  for (const [filter, told] of [
    ["Status in 'Full','Open'", /^The values after “in” stand in parentheses\./],
    ["Status eq ('Full')", /^One value stands without parentheses\./],
    ["(Status) eq 'Full'", /^A field stands without parentheses\.|^A condition/],
    ["Status eq 'Full' limit 5 offset 10", /leave out|\$top/],
  ] as const)
    it(filter, () => {
      const messages = turned.diagnose(turned.parse(`GET coursedate\n$filter = ${filter}\n`));
      assert.ok(
        messages.some(({ message }) => told.test(message)),
        messages.map(({ message }) => message).join(' | '),
      );
    });

  it('tells the number of records where $skip counts them, and that of the page elsewhere', () => {
    const text = "GET coursedate\n$filter = Status eq 'Full' offset 10\n";
    const messages = (service: typeof turned) =>
      service
        .diagnose(service.parse(text))
        .map(({ message }) => message)
        .join();
    assert.match(messages(turned), /number of records to leave out/);
    assert.match(messages(serviceWith()), /it counts pages, not records/);
  });
});
