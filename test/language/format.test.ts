/** Formatting: its result, that it is idempotent, and that it does not change what is sent. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '#language';
import { sent } from '../properties/support/sent';
import { serviceWith, withoutAnnotations } from './support/language';

const service = serviceWith();
const format = (text: string) => applyEdits(text, service.format(service.parse(text)));

const codes = (text: string) =>
  service
    .diagnose(service.parse(text))
    .map(({ code }) => code)
    .sort();

const folder = join(import.meta.dirname, 'diagnostics');
const fixtures = readdirSync(folder).flatMap((name) =>
  withoutAnnotations(readFileSync(join(folder, name), 'utf8'))
    .split(/^=== .*\n/m)
    .flatMap((each) => each.split('\n--- fixed\n')),
);

describe('format', () => {
  const tidies = (text: string, expected: string) =>
    it(JSON.stringify(text), () => assert.equal(format(text), expected));
  it('changes only the parts that a range touches', () => {
    const text = 'get coursedate\n$top=5\n$skip=1\n$count=true\n';
    const [top, end] = [text.indexOf('$top'), text.indexOf('$skip')];
    assert.equal(
      applyEdits(text, service.format(service.parse(text), { offset: top, length: end - top })),
      'get coursedate\n$top   = 5\n$skip=1\n$count=true\n',
    );
  });

  it('has no edit where a foreign command ends with an empty line', () => {
    assert.deepEqual(service.format(service.parse('GET user\n$x = irm y=\n\n### a\nGET user\n')), []);
  });

  tidies(
    "get coursedate\n$filter=ID  EQ '1'\n$orderby   =  ID   DESC ,Label\n$top=5",
    "GET coursedate\n$filter  = ID eq '1'\n$orderby = ID desc, Label\n$top     = 5",
  );
  tidies('###   Title\nGET user\n###x\n\n\n\nGET user\n\n\n', '### Title\nGET user\n\n### x\n\nGET user\n');
  tidies(
    '@a=1\n@b  =  {{a}} x\n#@name   one\nuser?$top={{a}}\n',
    '@a = 1\n@b = {{a}} x\n# @name one\nuser?$top={{a}}\n',
  );
  tidies(
    "GET coursedate\n$filter = StartDate ge '2025-01-01T00:00:00' and StartDate lt '2026-01-01T00:00:00' and VenueTown eq 'Lancaster' or contains(Label,'aid')\n",
    "GET coursedate\n$filter = StartDate ge '2025-01-01T00:00:00'\n      and StartDate lt '2026-01-01T00:00:00'\n      and VenueTown eq 'Lancaster'\n       or contains(Label,'aid')\n",
  );
  tidies(
    "GET coursedate\n$filter = ID eq '1'\n   and Label eq 'x'\n",
    "GET coursedate\n$filter = ID eq '1' and Label eq 'x'\n",
  );
  tidies(
    'PUT user/1\n{"Surname":"{{x}}","N":{{n}},// why\n"B":[1,2]}\n',
    'PUT user/1\n{\n  "Surname": "{{x}}",\n  "N": {{n}}, // why\n  "B": [\n    1,\n    2\n  ]\n}\n',
  );
  tidies(
    "#@expect   status   200\n//  @expect results[0].ID   ! exists\n# @expect count>=1\n# @expect a  ==  'x'\nGET user\n",
    "# @expect status 200\n# @expect results[0].ID !exists\n# @expect count >= 1\n# @expect a  ==  'x'\nGET user\n",
  );
  tidies('GET user\r\n$top=5\r\n', 'GET user\r\n$top = 5\r\n');
  tidies('GET user\r\n$nothing=a\r\n  b\r\n', 'GET user\r\n$nothing = a\r\n  b\r\n');
  tidies('### a\rGET user\r$top=5\r###b\r', '### a\rGET user\r$top = 5\r\r### b\r');
  tidies(
    'GET user\r\n$filter = ID eq\r\n   and (\r\n$top=5\r\n',
    'GET user\r\n$filter = ID eq\r\n   and (\r\n$top    = 5\r\n',
  );
  tidies(
    "GET user\n$filter = contains(ID in ('a')Surname,'y')\n",
    "GET user\n$filter = contains(ID in ('a')Surname,'y')\n",
  );
  tidies(
    "GET user\n$filter = Surname eq 'open\n$top=5\n",
    "GET user\n$filter = Surname eq 'open\n$top    = 5\n",
  );
  tidies('PUT user/1\n{ "Surname": }\n', 'PUT user/1\n{ "Surname": }\n');
  tidies(
    "GET user\n$filter = ID eq '1'\n# not this: and ID eq '2'\n   and ID eq '3'\n",
    "GET user\n$filter = ID eq '1'\n# not this: and ID eq '2'\n   and ID eq '3'\n",
  );
  tidies(
    "https://a.accessplanit.com/accessplan/api/v2/user?$filter=ID  eq '1'  \n",
    "https://a.accessplanit.com/accessplan/api/v2/user?$filter=ID  eq '1'\n",
  );
  // What can’t be printed again keeps its text, and its clause is aligned all the same.
  tidies(
    "GET user\n$filter=ID eq '1'\n# c\n   and ID eq '3'\n$top=5\n",
    "GET user\n$filter = ID eq '1'\n# c\n   and ID eq '3'\n$top    = 5\n",
  );
  tidies('GET user\n$filter=Surname  eq “x”\n$top=5\n', 'GET user\n$filter = Surname  eq “x”\n$top    = 5\n');
  tidies(
    "GET user\n$filter=DOB  gt datetime'2020-01-01'\n$top=5\n",
    "GET user\n$filter = DOB  gt datetime'2020-01-01'\n$top    = 5\n",
  );
  tidies(
    "GET user\n$filter =    {{ = null and Label eq 'x'\n",
    "GET user\n$filter = {{ = null and Label eq 'x'\n",
  );
  tidies('GET user\n$select=ID ,, Label\n', 'GET user\n$select = ID ,, Label\n');
  tidies('GET user\n$top=\n$filter=x\n', 'GET user\n$top=\n$filter = x\n');
  tidies('GET user\n$top=5\n&longer=\n', 'GET user\n$top = 5\n&longer=\n');
  tidies("GET user\n$filter＝ID  eq '1'\n", "GET user\n$filter＝ID  eq '1'\n");
  tidies('#@\n#@ name  x\nGET user\n', '#@\n#@ name  x\nGET user\n');
  tidies(' T }\n', ' T }\n');
  tidies('{ }\na\n', '{ }\na\n');
  tidies('\ufeff###   x\nGET user\n', '\ufeff### x\nGET user\n');
  tidies('\ufeffget user\n', '\ufeffGET user\n');
  tidies('\ufeff\n\nget user\n', '\ufeffGET user\n');
  tidies('\ufeff@a=1\nGET user\n', '\ufeff@a = 1\nGET user\n');
  tidies('', '');
  // SQL keeps its layout, but for the indentation that all lines share.
  tidies(
    'sql\n\n   select a  \n     from t\n   -- note  \n\n   where b = 1   \n',
    'SQL\n\nselect a\n  from t\n-- note\n\nwhere b = 1\n',
  );
  tidies('SQL\nselect a\n\t\tfrom t\n', 'SQL\nselect a\n\t\tfrom t\n');
  tidies('SQL\n  select a\n# note\n    from t\n', 'SQL\nselect a\n# note\n  from t\n');
  tidies('SQL\n  select a\n  #@name  x\n  from t\n', 'SQL\nselect a\n# @name x\nfrom t\n');
  tidies("SQL\n  select 'a  \n  # b  \n c'  \n  from t", "SQL\nselect 'a  \n  # b  \n c'\nfrom t");
  tidies(
    'SQL\n  select 1 /* a  \n   b  */  \n  from "t  \n"  ',
    'SQL\nselect 1 /* a  \n   b  */\nfrom "t  \n"',
  );
  tidies("SQL\n  select 'a  \n   open  \n", "SQL\nselect 'a  \n   open  \n");
  tidies("SQL\r\n  select 'a  \n b'  \n  from t\r\n", "SQL\r\nselect 'a  \n b'\r\nfrom t\r\n");
  tidies('SQL\nselect 1\n\n\n\n### a\nGET user\n', 'SQL\nselect 1\n\n### a\nGET user\n');
  it('moves the lines of a statement together, where a range touches one of them', () => {
    const text = 'SQL\n  select a\n# note\n    from t\n\n### b\nget user\n';
    assert.equal(
      applyEdits(text, service.format(service.parse(text), { offset: text.indexOf('from'), length: 1 })),
      'SQL\nselect a\n# note\n  from t\n\n### b\nget user\n',
    );
  });

  it('leaves a range alone where line ends of several kinds could join around it', () => {
    const text = 'GET user\n\n\rGET user';
    assert.deepEqual(service.format(service.parse(text), { offset: 9, length: 5 }), []);
  });

  it('is idempotent and keeps what is sent, for every fixture', () => {
    for (const text of fixtures) {
      const once = format(text);
      assert.equal(format(once), once, text);
      assert.deepEqual(sent(once), sent(text), text);
      const before = codes(text);
      assert.deepEqual(
        codes(once).filter((code) => !before.includes(code)),
        [],
        text,
      );
    }
  });
});
