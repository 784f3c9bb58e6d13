/**
 * Completion never offers what would be an error: each item at every place of good requests, and of requests typed only
 * up to there, is taken, and the result is checked.
 */
import assert from 'node:assert/strict';
import { applyEdits, type CompletionItem, documentationOf, type Span } from '#language';
import { meets } from '#language/text/span';
import { serviceWith } from './support/language';

const TABLES =
  '@low = 5\n###\n# @name dates\nGET coursedate\n$select = ID, Status, StartDate, Cost\n###\n# @name users\nGET user\n$select = ID, Surname\n### S\n';

const REQUESTS: readonly string[] = [
  "GET CourseDate\n$select = ID, Label, StartDate\n$filter = Status eq 'Full' and Cost gt '5'\n$orderby = StartDate desc, Label\n$top = 20\n$skip = 1\n$count = true\n",
  "# @name one\n# @pages all\nGET coursedate\n$filter = contains(Label,'aid') or startswith( VenueTown , 'L' ) and Online eq true\n   and StartDate ge '{{$today}}'\n$select = id,label\n",
  "https://demo.accessplanit.com/accessplan/api/v2/coursedate?$filter=CourseID eq 'FirAid' and SpacesLeft gt 5&$orderby=StartDate desc&$top=20",
  'GET coursedate?$filter=Status%20eq%20%27Full%27&$select=ID,Label\n',
  "GET coursedate\n  ?$filter=ID eq '1'\n  &$top=20\n",
  "@site = Lancaster\n@soon = {{$today + 30d}}\n\n### One\nGET coursedate\n$filter = VenueTown eq '{{site}}' and StartDate lt '{{soon}}'\n\n### Two\nGET user\n",
  'PUT coursedate/2024\n{\n  "StartDate": "2025-03-01T09:00:00",\n  "Status": "Full", // why\n  "Online": true,\n  "SpacesLeft": 5,\n  "TagLabels": ["a", "b"]\n}\n',
  'POST user\n$upsert = Email eq \'a@b.c\'\n{ "Email": "a@b.c", "Surname": "O\'Neill" }\n',
  'DELETE coursedate/2024\n',
  "GET coursedate\r\n$select = ID, Label\r\n$filter = Status eq 'Full'\r\n       or Label eq 'it''s'\r\n$orderby = Label\r\n",
  "get\tCOURSEDATE\n$filter\t=\tLABEL EQ 'x' AND CONTAINS(label,'y')\n$orderby = label DESC\n",
  '/api/v2/user\n',
  'GET https://demo.accessplanit.com/accessplan/apihelp/v2/modules/coursedate',
  "GET coursedate\n$filter = Status eq 'Café 🎓'\n# comment\n   and Cost gt '5'\n$select =\n   ID,\n   Label\n",
  "@low = 5\n# @expect status 200\n# @expect results[*].Status != 'Full'\n# @expect results[0].Cost not exists\n# @expect body.results[0].ID exists\n# @expect count >= {{low}}\nGET coursedate\n$select = ID, Status, Cost\n",
  `${TABLES}SQL\nselect d.Status, count(*) as n, sum(Cost) filter (where Cost > 1) as s\nfrom dates d join users u on u.ID = d.ID\n# note\nwhere d.Status = 'Full' and StartDate < '{{$today}}' and Cost > {{low}}\ngroup by d.Status having n > 1 order by s desc, 1 limit 5\n`,
  `${TABLES}SQL\nwith late as (select "ID" as x, upper(Surname) from users), b(y) as (values (1))\nselect distinct l.x, case when y in (1, 2) then 'a' else null end\nfrom late l, b, (select ID from dates) t\nunion all select rank() over (partition by Surname order by ID), cast(ID as text) from users where exists (select 1 from dates where dates.ID = users.ID)\n`,
];

/** Codes that mean an error whatever is written next, unlike a value that does not fit another field or parameter. */
const WRONG = /^(?:unknown-|unsupported-|clause-not-allowed|field-not-|duplicate-|undefined-|invalid-)/;
/** Messages that only mean that a directive, or a condition on a field, is not finished. */
const UNFINISHED = /^(?:Write |A field is no condition by itself)/;
/** The codes that such messages have. */
const MAY_BE_UNFINISHED = /^(?:invalid-|unsupported-filter$)/;

const service = serviceWith();
/** What is wrong in the text, or at a part of it. */
const wrong = (text: string, at: Span = { offset: 0, length: text.length }) =>
  service
    .diagnose(service.parse(text))
    .filter((each) => meets(each, at))
    .filter(({ code, severity }) => WRONG.test(code) && severity !== 'information')
    .filter(({ code, message }) => !MAY_BE_UNFINISHED.test(code) || !UNFINISHED.test(message))
    .map(({ code, message }) => `${code}: ${message}`);

const taken = (text: string, item: CompletionItem) =>
  applyEdits(text, [...(item.also ?? []), { ...item.replace, text: item.insert }]);

describe('completion never offers an error', () => {
  for (const request of REQUESTS)
    it(JSON.stringify(request.slice(0, 60)), () => {
      const failures: string[] = [];
      const start = request.startsWith(TABLES) ? TABLES.length : 0;
      for (let at = start; at <= request.length; at++) {
        // In the middle of a statement, another word changes what the rest means: that is up to the user.
        for (const text of start > 0 ? [request.slice(0, at)] : [request, request.slice(0, at)]) {
          const known = wrong(text).length;
          const shown = `${JSON.stringify(`${text.slice(0, at)}|${text.slice(at)}`)}`;
          for (const item of service.complete(service.parse(text), at)) {
            const { replace } = item;
            if (item.detail === undefined || documentationOf(item) === '')
              failures.push(`${shown}: ${item.label} says nothing of itself`);
            const replaced = text.slice(replace.offset, replace.offset + replace.length);
            if (replace.offset > at || replace.offset + replace.length < at || /[\r\n]/.test(replaced))
              failures.push(`${shown}: ${item.label} replaces ${JSON.stringify(replaced)}`);
            // After another module or field is chosen, the rest need not fit: that is up to the user.
            const before = text.slice(0, at);
            const changed = item.kind === 'module' || /# @expect .*$/.test(before);
            if (item.snippet === true || (changed && text.length > at)) continue;
            if (item.kind === 'module' && before.includes('@expect')) continue;
            // Of a statement that is typed only up to there, what was written before may lack what is to come.
            const isPart = start > 0;
            const inserted = { offset: replace.offset + 1, length: item.insert.trimEnd().length - 2 };
            const after = wrong(taken(text, item), isPart ? inserted : undefined);
            if (after.length > (isPart ? 0 : known))
              failures.push(`${shown} with ${item.label}: ${after.join(' | ')}`);
          }
        }
      }
      assert.deepEqual(failures.slice(0, 5), [], `${failures.length} in all`);
    });
});
