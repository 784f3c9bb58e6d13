/** Limits and rules of keeping that no fixture shows: each test fails when its guard is switched off. */
import assert from 'node:assert/strict';
import { LanguageService } from '#language';
import { serviceWith } from './support/language';
import { metadata } from './support/metadata';

const messages = (service: LanguageService, text: string) =>
  service.diagnose(service.parse(text)).map(({ message }) => message);

/** The filter that the first request sends, or why it can’t be sent. */
function built(text: string): string {
  const service = serviceWith();
  const document = service.parse(text);
  const [request] = service.requests(document);
  assert.ok(request);
  const result = service.build(document, request);
  return result.ok ? (result.request.query[0]?.value ?? '') : (result.problems[0]?.message ?? '');
}

describe('limits', () => {
  it('checks again on another day what depends on the day, in a file that did not change', () => {
    let now = new Date(2026, 0, 31, 12);
    const service = new LanguageService(() => ({ now }));
    service.setMetadata(metadata);
    const document = service.parse("GET coursedate\n$filter = Cost gt '{{$today}}'\n");
    assert.match(service.diagnose(document)[0]?.message ?? '', /“2026-01-31T/);
    now = new Date(2026, 1, 3, 12);
    assert.match(service.diagnose(document)[0]?.message ?? '', /“2026-02-03T/);
    const [request] = service.requests(document);
    assert.ok(request);
    now = new Date(2026, 1, 5, 12);
    assert.match(service.diagnoseRequest(document, request)[0]?.message ?? '', /“2026-02-05T/);
  });

  it('checks again with other metadata, in a file that did not change', () => {
    const service = serviceWith();
    const document = service.parse('GET nothing\n');
    const codes = () => service.diagnose(document).map(({ code }) => code);
    assert.deepEqual(codes(), ['unknown-module']);
    service.setMetadata(undefined);
    assert.ok(!codes().includes('unknown-module'));
    const [request] = service.requests(document);
    assert.ok(request);
    service.setMetadata(metadata);
    assert.deepEqual(
      service.diagnoseRequest(document, request).map(({ code }) => code),
      ['unknown-module'],
    );
  });

  for (const date of [
    '$today + 100001d',
    '$today + 8000y',
    '$now - 5000y',
    '$today - 2030y',
    '$now + 99999m',
  ])
    it(`refuses a date that no calendar reaches: ${date}`, () =>
      assert.match(
        messages(serviceWith(), `GET coursedate\n$filter = StartDate gt '{{${date}}}'\n`).join(),
        /No date is that far away/,
      ));

  it('knows the dates at the ends of their reach', () => {
    const dates = ['h 100000', 'd 100000', 'w 50000', 'm 10000', 'y 1000'].flatMap((each) => {
      const [unit, amount] = each.split(' ');
      return [`{{$yearstart + ${amount}${unit}}}`, `{{$now - ${amount}${unit}}}`];
    });
    const service = serviceWith();
    for (const date of dates)
      assert.deepEqual(messages(service, `GET coursedate\n$filter = StartDate ge '${date}'\n`), [], date);
  });

  it('refuses an escape that no regular expression has', () =>
    assert.match(
      messages(serviceWith(), "# @expect results[0].Label matches '\\q'\nGET coursedate\n").join(),
      /invalid escape sequence/,
    ));

  it('splits a filter into at most 20 requests', () => {
    const service = serviceWith();
    const alternatives = (count: number) =>
      `GET coursedate\n$filter = (${Array.from({ length: count }, (_, i) => `ID eq '${i}'`).join(' or ')}) and ${Array.from({ length: 39 }, (_, i) => `Label ne '${i}'`).join(' and ')}\n`;
    const fixes = (text: string) =>
      service.fixes(service.parse(text), { offset: 0, length: text.length }).map(({ title }) => title);
    assert.equal(fixes(alternatives(20)).length > 0, true);
    assert.deepEqual(fixes(alternatives(21)), []);
  });

  describe('of a body', () => {
    /** As many brackets as that, one within the other. */
    const nested = (depth: number, inner = '1') =>
      `PUT coursedate/1\n${'{"Label":'.repeat(depth)}${inner}${'}'.repeat(depth)}\n`;
    const tooDeep = /nested too deeply/;

    it('are 200 objects in one another, whatever a text in it holds', () => {
      const told = (text: string) => messages(serviceWith(), text).join();
      assert.doesNotMatch(told(nested(200)), tooDeep);
      assert.match(told(nested(201)), tooDeep);
      assert.doesNotMatch(told(nested(1, `"${'{['.repeat(300)}"`)), tooDeep);
    });

    it('keep everything that reads JSON from it where it is deeper', () => {
      const service = serviceWith();
      const text = nested(10_000);
      const document = service.parse(text);
      const [request] = service.requests(document);
      assert.ok(request);
      const inside = text.indexOf('Label') + 2;
      assert.match(messages(service, text).join(), tooDeep);
      assert.deepEqual(service.format(document), []);
      assert.deepEqual(service.complete(document, inside), []);
      assert.equal(
        service.selections(document, inside).at(0)?.length,
        text.trimEnd().length - 'PUT coursedate/1\n'.length,
      );
      assert.deepEqual(service.fieldWords(request), []);
    });
  });

  it('take a body of any number of texts in time proportional to it', () => {
    const text = `PUT coursedate/1\n{"Label":"{{x}}",${'"Label":"x",'.repeat(40_000)}"Cost":1}\n`;
    const started = performance.now();
    serviceWith().parse(text);
    assert.ok(performance.now() - started < 2000);
  });

  describe('of variables', () => {
    const chain = (count: number) =>
      `${Array.from({ length: count }, (_, i) => `@v${i} = {{v${i + 1}}}`).join('\n')}\n@v${count} = x\nGET user\n$filter = Surname eq '{{v0}}'\n`;

    it('are 50 that use one another', () => {
      assert.equal(built(chain(50)), "Surname eq 'x'");
      assert.equal(
        built(chain(51)),
        'The variables use each other too deeply. Give one of them a value of its own.',
      );
    });

    it('are 100,000 characters', () => {
      const doubled = (times: number) =>
        `@v0 = 0123456789\n${Array.from({ length: times }, (_, i) => `@v${i + 1} = {{v${i}}}{{v${i}}}`).join('\n')}\nGET user\n$filter = Surname eq '{{v${times}}}'\n`;
      assert.equal(built(doubled(13)).length, "Surname eq ''".length + 81_920);
      assert.equal(built(doubled(14)), 'The variables expand to a text that is too long. Shorten them.');
    });
  });
});
