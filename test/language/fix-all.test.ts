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
  ['GET coursedate\n$filter = Status eq not Full\n', undefined],
  ['GET coursedate\n$filter = Status eq neither Full nor Open\n', undefined],
  // One part that is a matter of guessing leaves the others to be mended.
  [
    'GET course date\n$select = Label; Venue town\n$filter = Status = Full\n',
    "GET CourseDate\n$select = Label; Venue town\n$filter = Status eq 'Full'\n",
  ],
  [
    "GET coursedate\n$filter = Status = 'Full'\nor 'Open'\n",
    "GET coursedate\n$filter = Status eq 'Full'\nor 'Open'\n",
  ],
  // A day is the whole day, as in the light bulb; one end of a range is not mended without the other.
  [
    'GET coursedate\n$filter = StartDate = 31.12.2026\n',
    "GET coursedate\n$filter = StartDate ge '2026-12-31T00:00:00' and StartDate lt '2027-01-01T00:00:00'\n",
  ],
  [
    'GET coursedate\n$filter = StartDate <= 26/11/2026\n',
    "GET coursedate\n$filter = StartDate lt '2026-11-27T00:00:00'\n",
  ],
  [
    'GET coursedate\n$filter = StartDate > 13/06/2026\n',
    "GET coursedate\n$filter = StartDate ge '2026-06-14T00:00:00'\n",
  ],
  [
    'GET coursedate\n$filter = StartDate <= today\n',
    "GET coursedate\n$filter = StartDate lt '{{$tomorrow}}'\n",
  ],
  ['GET coursedate\n$filter = StartDate between 1/5/2026 and 31/5/2026\n', undefined],
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
