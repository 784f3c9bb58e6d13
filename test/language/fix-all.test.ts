/** What *fix all* makes of a text: sure fixes only, until nothing changes. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits } from '#language';
import { serviceWith } from './support/language';

const CASES: readonly (readonly [text: string, fixed: string])[] = [
  ['GET coursedate\n$top = 5 # five\n', 'GET coursedate\n# five\n$top = 5\n'],
  [
    "GET coursedate // all\n$filter = Status = 'Full' # full\n",
    "# all\nGET coursedate\n# full\n$filter = Status eq 'Full'\n",
  ],
  // It would become a directive.
  ['GET coursedate\n$top = 5 # @pages all\n', undefined],
  ["GET coursedate(Label='x')\n", "GET coursedate\n$filter = Label eq 'x'\n"],
  ['DELETE coursedate/2024/Label\n', undefined],
  [
    "GET coursedate\n$filter = Status eq 'Full','Open'\n",
    "GET coursedate\n$filter = Status eq 'Full' or Status eq 'Open'\n",
  ],
  ['GET coursdate\n$select = Lable\n', 'GET CourseDate\n$select = Label\n'],
  // In a change, a wrong guess would do harm.
  ['DELETE Usr/1\n', undefined],
  ['POST Usr\n{ "Emal": "a@b.c" }\n', undefined],
  ['PUT User/1\n{ "Emal": "a@b.c" }\n', undefined],
  ['@one = 1\nDELETE User/{{oen}}\n', undefined],
  ['@one = 1\n@two = {{oen}}\nDELETE User/{{two}}\n', undefined],
  // Two that are as near.
  ["@one = 1\n@ore = 2\nGET User\n$filter = ID eq '{{oe}}' or ID eq '{{one}}{{ore}}'\n", undefined],
  ["@one = 1\nGET User\n$filter = ID eq '{{oen}}'\n", "@one = 1\nGET User\n$filter = ID eq '{{one}}'\n"],
  // Guesses: what is meant, only the user knows.
  ['GET coursedate\n$filter = Status eq Full, Open\n', undefined],
  ["GET coursedate\n$filter = Label =~ 'aid'\n", undefined],
  ["GET coursedate\n$filter = Status eq 'Full' or 'Open'\n", undefined],
  ["GET coursedate\n$filter = StartDate ne '2025-01-01' and Status eq 'Full'\n", undefined],
  ["@a = 1\n@a = 2\nGET coursedate\n$filter = ID eq '{{a}}'\n", undefined],
].map(([text = '', fixed]) => [text, fixed ?? text]);

describe('fix all', () => {
  for (const [text, fixed] of CASES)
    it(fixed === text ? `leaves ${JSON.stringify(text)}` : JSON.stringify(text), () => {
      const service = serviceWith();
      assert.equal(applyEdits(text, service.fixAll(service.parse(text))), fixed);
    });
});
