/** Limits and rules of keeping that no fixture shows: each test fails when its guard is switched off. */
import assert from 'node:assert/strict';
import { LanguageService } from '#language';
import { serviceWith } from './support/language';
import { metadata } from './support/metadata';

const messages = (service: LanguageService, text: string) =>
  service.diagnose(service.parse(text)).map(({ message }) => message);

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

  it('refuses a date that no calendar reaches', () =>
    assert.match(
      messages(serviceWith(), "GET coursedate\n$filter = StartDate gt '{{$today + 100001d}}'\n").join(),
      /No date is that far away/,
    ));

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
});
