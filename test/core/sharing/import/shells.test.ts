/** Commands as wikis, chats, word processors, browsers and other shells leave them: what is sent, and what is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { importText } from '#core/sharing/import/import-text';
import { LanguageService, pathOf } from '#language';

const ROOT = 'https://acme.accessplanit.com/accessplan/api/v2';

/** What each request of a file sends: `PUT user/1 {"a":1}`; a variable that is asked for has the value `<name>`. */
function sent(text: string): string[] {
  const language = new LanguageService(() => ({ now: new Date(), prompt: () => undefined }));
  const answered = text.replace(/^(@[^ ]+ = )\?Value for (.*)$/gm, '$1<$2>');
  const document = language.parse(answered);
  const errors = language
    .diagnose(document)
    .filter(({ severity, code }) => severity === 'error' && code !== 'body-required');
  assert.deepEqual(errors, [], text);
  return language.requests(document).map((request) => {
    const built = language.build(document, request);
    assert.ok(built.ok, text);
    const { method, body } = built.request;
    const path = decodeURIComponent(pathOf(built.request).replace('/api/v2/', ''));
    return [method, path, ...(body === undefined ? [] : [body])].join(' ');
  });
}

/** Imports a text; checks that what is told stands in the file, too. */
function imported(text: string): { requests: string[]; told: string } {
  const found = importText(text);
  if (!found.ok) return { requests: [], told: found.message };
  for (const note of found.notes) assert.ok(found.text.includes(`# ${note}\n`), `${note}\n\n${found.text}`);
  return {
    requests: sent(found.text),
    told: found.notes.filter((note) => !note.startsWith('Requests go to')).join(' '),
  };
}

/** Without `told`, nothing is told. */
type Row = readonly [name: string, command: string, requests: readonly string[], told?: RegExp];
const NOT_READ = /Left out/;

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'what a program prints': [
    [
      'in backticks',
      `curl ${ROOT}/user/\`cat id\` -X DELETE`,
      ['DELETE user/<output>'],
      /value of `cat id` is asked/,
    ],
    [
      'in backticks and quotes',
      `curl "${ROOT}/user/\`cat id\`" -X DELETE`,
      ['DELETE user/<output>'],
      /`cat id`/,
    ],
    ['in parentheses', `curl -X DELETE ${ROOT}/user/$(cat id)`, ['DELETE user/<output>'], /\$\(cat id\)/],
    [
      'of two programs',
      `curl -X DELETE ${ROOT}/user/$(cat a)\ncurl -X DELETE ${ROOT}/user/$(cat b)\ncurl -X DELETE ${ROOT}/user/$(cat a)`,
      ['DELETE user/<output>', 'DELETE user/<output_2>', 'DELETE user/<output>'],
      /\$\(cat b\)/,
    ],
  ],
  'the source of a web page': [
    ['in tags', `<p><code>curl -X DELETE ${ROOT}/user/5</code></p>`, ['DELETE user/5'], /web page/],
    [
      'with entities',
      `curl &quot;${ROOT}/user?$top=5&amp;$skip=1&quot;`,
      ['GET user?$top=5&$skip=1'],
      /web page/,
    ],
    ['with apostrophes', `curl -X DELETE &#39;${ROOT}/user/5&#39;`, ['DELETE user/5'], /web page/],
    ['in an address', `curl '${ROOT}/user?$top=5&amp;$skip=1'`, ['GET user?$top=5&$skip=1'], /web page/],
    [
      'not in a body',
      `curl -X PUT ${ROOT}/user/5 -d '{"a":"<b>&amp;</b>"}'`,
      ['PUT user/5 {"a":"<b>&amp;</b>"}'],
    ],
  ],
  'a command of another tool': [
    [
      'PowerShell',
      `$p = @{ Uri = '${ROOT}/user/5'; Method = 'Delete' }\nInvoke-RestMethod @p`,
      [],
      /PowerShell/,
    ],
    ['HTTPie', `http DELETE ${ROOT}/user/5`, [], /HTTPie/],
    ['wget', `wget --method=DELETE ${ROOT}/user/5`, [], /wget/],
  ],
  'a method in a header': [
    [
      'instead of POST',
      `curl -X POST -H 'X-HTTP-Method-Override: DELETE' ${ROOT}/user/5`,
      ['DELETE user/5'],
      /method is DELETE: the header/,
    ],
  ],
  'a method that must not get lost': [
    [
      'after a backslash and a space',
      `curl ${ROOT}/user/5 \\ \n  -X DELETE`,
      ['DELETE user/5'],
      /“\\” with spaces/,
    ],
    [
      'after a backslash and a no-break space',
      `curl ${ROOT}/user/5 \\\u00a0\n  -X DELETE`,
      ['DELETE user/5'],
      /“\\” with spaces/,
    ],
    [
      'after a caret and a space',
      `curl "${ROOT}/user/5" ^ \r\n  -X DELETE`,
      ['DELETE user/5'],
      /“\^” with spaces/,
    ],
    [
      'after a backtick and a space',
      `curl.exe '${ROOT}/user/5' \` \r\n  -X DELETE`,
      ['DELETE user/5'],
      /“`” with spaces/,
    ],
    [
      'on a line that lost its backslash',
      `curl ${ROOT}/user/5\n  -X DELETE`,
      ['DELETE user/5'],
      /begins with an option/,
    ],
    [
      'after a no-break space',
      `curl ${ROOT}/user/5\u00a0-X\u00a0DELETE`,
      ['DELETE user/5'],
      /No-break spaces/,
    ],
    ['after an en dash', `curl ${ROOT}/user/5 –X DELETE`, ['DELETE user/5'], /dash/],
    ['after an em dash', `curl ${ROOT}/user/5 —request DELETE`, ['DELETE user/5'], /dash/],
    ['after an en dash and a hyphen', `curl ${ROOT}/user/5 –-request DELETE`, ['DELETE user/5'], /dash/],
    ['in typographic quotes', `curl ‘${ROOT}/user/5’ -X ‘DELETE’`, ['DELETE user/5'], /Typographic/],
    [
      'after a blank line',
      `curl ${ROOT}/user/5\r\n\r\n-X DELETE`,
      ['DELETE user/5'],
      /begins with an option/,
    ],
    [
      'after a comment',
      `curl ${ROOT}/user/5 \\\n  -s\n  # gone\n  -X DELETE`,
      ['DELETE user/5'],
      /begins with an option/,
    ],
    ['before the end of the options', `curl -X DELETE -- ${ROOT}/user/5`, ['DELETE user/5']],
    ['before a backslash at the end', `curl -X DELETE ${ROOT}/user/5 \\`, ['DELETE user/5']],
    [
      'in a variable',
      `curl $OPTIONS ${ROOT}/user/5`,
      ["GET user?$filter=ID eq '5'"],
      /it may hold options, such as another method/,
    ],
    [
      'as a word of its own',
      `curl DELETE ${ROOT}/user/5`,
      ['DELETE user/5'],
      /“DELETE” was read as the method/,
    ],
    [
      'after an unknown option',
      `curl --methd DELETE ${ROOT}/user/5`,
      ['DELETE user/5'],
      /--methd was left out.*read as the method/,
    ],
    [
      'after an unknown option and the address',
      `curl --new-thing ${ROOT}/user/5 -X DELETE`,
      ['DELETE user/5'],
      /--new-thing was left out/,
    ],
    ['after a space without width', `curl ${ROOT}/user/5 -X \u200bDELETE`, ['DELETE user/5']],
    ['POST after an em dash', `curl ${ROOT}/user —data '{"a":1}'`, ['POST user {"a":1}'], /dash/],
    [
      'with a password that is in the address, too',
      `curl -u me:secretsecret -X DELETE ${ROOT}/user/secretsecret`,
      ['DELETE user/***'],
      /“\*\*\*” stands/,
    ],
    [
      'with a token that is in the address, too',
      `curl --oauth2-bearer abcdefgh1234 -X DELETE ${ROOT}/user/abcdefgh1234`,
      ['DELETE user/***'],
      /“\*\*\*” stands/,
    ],
    [
      'with headers in a file',
      `curl -H @headers.txt -X DELETE ${ROOT}/user/5`,
      ['DELETE user/5'],
      /Headers in a file/,
    ],
    ['with other short options', `curl -sXDELETE ${ROOT}/user/5`, ['DELETE user/5']],
    ['with other short options, apart', `curl -sSLX DELETE ${ROOT}/user/5`, ['DELETE user/5']],
    ['with an equals sign', `curl --request=DELETE ${ROOT}/user/5`, ['DELETE user/5']],
    ['abbreviated', `curl --req DELETE ${ROOT}/user/5`, ['DELETE user/5']],
    [
      'before an option without a value that is new',
      `curl --new-thing -X DELETE ${ROOT}/user/5`,
      ['DELETE user/5'],
      /--new-thing was left out/,
    ],
    [
      'after an option with a value that is new',
      `curl --new-thing 5 -X DELETE ${ROOT}/user/5`,
      ['DELETE user/5'],
      /--new-thing 5 was left out/,
    ],
    ['in lower case', `curl -X delete ${ROOT}/user/5`, ['DELETE user/5']],
    ['of PowerShell’s own command', `curl -Method DELETE -Uri "${ROOT}/user/5"`, ['DELETE user/5']],
    ['of PowerShell’s own command, alone', `curl ${ROOT}/user/5 -Method DELETE`, ['DELETE user/5']],
    [
      'after a backtick at the end of its line, in double quotes',
      `curl "${ROOT}/user/5" \`\n  -X DELETE`,
      ['DELETE user/5'],
    ],
    [
      'of a second command after other words',
      `curl ${ROOT}/user; nice -n 5 curl -X DELETE ${ROOT}/user/5`,
      ['GET user', 'DELETE user/5'],
      /Left out: “nice…”/,
    ],
    [
      'of a second command after a setting',
      `curl ${ROOT}/user; time curl -X DELETE ${ROOT}/user/5`,
      ['GET user', 'DELETE user/5'],
    ],
    [
      'on the lines after one that names cURL in a value',
      `curl ${ROOT}/user/5 \\\n  -A "my curl client" \\\n  -X DELETE`,
      ['DELETE user/5'],
    ],
    ['after an address with a fragment', `curl ${ROOT}/user/5#top -X DELETE`, ['DELETE user/5']],
    [
      'after an address without quotes',
      `curl ${ROOT}/user/5?a=1&b=2 -X DELETE`,
      ['DELETE user/5'],
      /“&” in an address/,
    ],
    ['after a quote in prose', `Here's how:\ncurl -X DELETE '${ROOT}/user/5'`, ['DELETE user/5'], NOT_READ],
    ['in prose', `Run curl -X DELETE ${ROOT}/user/5`, ['DELETE user/5'], /“Run”/],
    ['with sudo and a path', `sudo /usr/bin/curl -X DELETE ${ROOT}/user/5`, ['DELETE user/5']],
    [
      'in a loop',
      `for id in 1 2; do\n  curl -X DELETE ${ROOT}/user/$id\ndone`,
      ['DELETE user/<id>'],
      /“for…”, “done”/,
    ],
    ['unknown to the API', `curl -X PURGE ${ROOT}/user/5`, [], /left out: the API knows/],
    ['PATCH', `curl -X PATCH ${ROOT}/user/5 -d '{"a":1}'`, ['PUT user/5 {"a":1}'], /PATCH became PUT/],
    ['of -T', `curl -T user.json ${ROOT}/user/5`, ['PUT user/5'], /was not read/],
    ['of -I', `curl -I ${ROOT}/user`, ['GET user'], /HEAD became GET/],
    ['POST of data', `curl ${ROOT}/user -d '{"a":1}'`, ['POST user {"a":1}']],
  ],
  'quotes and escapes': [
    [
      'sh, a command in a text',
      `curl ${ROOT}/user -H 'x:\ncurl ${ROOT}/y\n' -d '{"a":1}'\ncurl ${ROOT}/venue`,
      ['POST user {"a":1}', 'GET venue'],
      /The header x was left out/,
    ],
    ['sh, a quote that is not closed', `curl '${ROOT}/user\ncurl '${ROOT}/venue'`, ['GET user', 'GET venue']],
    [
      'Chrome for cmd, a command in a text',
      `curl ^"${ROOT}/user^" ^\r\n  -H ^"x: ^\n\ncurl ${ROOT}/venue^"`,
      ['GET user'],
      /The header x was left out/,
    ],
    [
      'sh, a quote in quotes',
      `curl '${ROOT}/user?$filter=Surname eq '\\''Full'\\'''`,
      [`GET user?$filter=Surname eq 'Full'`],
    ],
    [
      'sh, ANSI',
      `curl ${ROOT}/user -X POST --data-raw $'{"a":"it\\'s \\u00e9\\x21\\047"}'`,
      [`POST user {"a":"it's é!'"}`],
    ],
    [
      'sh, ANSI bytes and code points',
      `curl ${ROOT}/user -d $'{"a":"\\xc3\\xa9 \\303\\251 \\U0001F393"}'`,
      ['POST user {"a":"é é 🎓"}'],
    ],
    [
      'sh, typographic in plain quotes',
      `curl ${ROOT}/user -d '{"a":"‘x’ “y” –z"}'`,
      ['POST user {"a":"‘x’ “y” –z"}'],
    ],
    [
      'typographic around JSON',
      `curl ${ROOT}/user -d ‘{“a”: “b c”}’`,
      ['POST user {"a":"b c"}'],
      /Typographic/,
    ],
    [
      'typographic around a filter',
      `curl “${ROOT}/user?$filter=Surname eq ‘x’”`,
      ["GET user?$filter=Surname eq 'x'"],
      /Typographic/,
    ],
    [
      'typographic with escapes',
      `curl ${ROOT}/user -d “{\\”a\\”: \\”b\\”}”`,
      ['POST user {"a":"b"}'],
      /Typographic/,
    ],
    ['German typography', `curl „${ROOT}/user/5“ -X DELETE`, ['DELETE user/5'], /Typographic/],
    [
      'no-break spaces in JSON',
      `curl ${ROOT}/user -d '{\u00a0"a":\u00a0"b\u00a0c"}'`,
      ['POST user {"a":"b\u00a0c"}'],
      /No-break spaces in the body/,
    ],
    ['zero-width spaces', `curl \u200b${ROOT}/user`, ['GET user']],
    ['cmd', `curl.exe ${ROOT}/user -d "{\\"a\\":\\"b\\"}"`, ['POST user {"a":"b"}']],
    [
      'typographic, one kind in itself',
      `curl ${ROOT}/user -d “{“a”: “b”}”`,
      ['POST user {"a":"b"}'],
      /Typographic/,
    ],
    ['sh, a caret', `curl "${ROOT}/user" \\\n  -d "{\\"a\\":\\"^&\\"}"`, ['POST user {"a":"^&"}']],
    ['sh, a dollar', `curl "${ROOT}/user?\\$filter=ID eq '\\$env:x'"`, ["GET user?$filter=ID eq '$env:x'"]],
    ['cmd, without .exe', `curl ${ROOT}/user -d "{\\"a\\":\\"b\\"}"`, ['POST user {"a":"b"}']],
    ['cmd, doubled quotes', `curl ${ROOT}/user -d "{""a"": ""b c""}"`, ['POST user {"a":"b c"}']],
    [
      'cmd, quotes in an address',
      `curl.exe "${ROOT}/user?$filter=Surname eq 'x'" -X GET`,
      ["GET user?$filter=Surname eq 'x'"],
    ],
    [
      'cmd, carets outside quotes',
      `curl ${ROOT}/user?$top=5^&$skip=1 ^\n -X GET`,
      ['GET user?$top=5&$skip=1'],
    ],
    [
      'old Chrome for cmd',
      `curl "${ROOT}/user?^$filter=Surname^%^20eq^%^20'x'^&^$top=5" ^\r\n  -H "accept: */*" ^\r\n  --compressed`,
      ["GET user?$filter=Surname eq 'x'&$top=5"],
      /“\^” before a special character/,
    ],
    [
      'old Chrome for cmd, JSON',
      `curl "${ROOT}/user" ^\r\n  -X "POST" ^\r\n  --data-binary "^{\\^"a\\^":\\^"b c\\^"^}" ^\r\n  --compressed`,
      ['POST user {"a":"b c"}'],
      /“\^” before a special character/,
    ],
    [
      'older Chrome for cmd, on one line',
      `curl "${ROOT}/user" -H "Accept: */*" --data-binary "^{""a"":""100^%""^}" --compressed`,
      ['POST user {"a":"100%"}'],
      /“\^” before a special character/,
    ],
    [
      'Chrome for cmd',
      `curl ^"${ROOT}/user^" ^\r\n  -X ^"POST^" ^\r\n  --data-raw ^"^{^\n\n^\\^"a^\\^":^\\^"b ^\\^\\^\\^\\c 100^%^25^\\^"^}^"`,
      ['POST user {"a":"b \\\\c 100%25"}'],
    ],
    [
      'Chrome for cmd, JSON with quotes in a text',
      `curl ^"${ROOT}/user^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"x 'y' z^\\^"^}^"`,
      [`POST user {"a":"x 'y' z"}`],
    ],
    ['PowerShell', `curl.exe -X POST '${ROOT}/user' -d '{"a":"it''s"}'`, [`POST user {"a":"it's"}`]],
    ['PowerShell 5.1', `curl.exe -X POST '${ROOT}/user' -d '{\\"a\\":\\"b\\"}'`, ['POST user {"a":"b"}']],
    [
      'PowerShell, escapes',
      'curl.exe "' + ROOT + '/user?`$upsert=ID eq %271%27" -d "{`"a`":`"b`"}"',
      [`POST user?$upsert=ID eq '1' {"a":"b"}`],
    ],
    [
      'PowerShell, a here-string',
      `curl.exe -X POST '${ROOT}/user' -d @'\n{"a":"b"}\n'@`,
      ['POST user {"a":"b"}'],
    ],
    [
      'PowerShell, by -Uri',
      `curl -X PUT -Uri ${ROOT}/user/1 -d '{"a":"it''s"}'`,
      [`PUT user/1 {"a":"it's"}`],
    ],
    [
      'PowerShell, by -Method',
      `curl -Method PUT ${ROOT}/user/1 -d '{"a":"it''s"}'`,
      [`PUT user/1 {"a":"it's"}`],
    ],
    ['PowerShell, by -Body', `curl -X PUT ${ROOT}/user/1 -Body '{"a":"it''s"}'`, [`PUT user/1 {"a":"it's"}`]],
    [
      'PowerShell, by -Headers',
      `curl -Headers $h ${ROOT}/user -d '{"a":"it''s"}'`,
      [`POST user {"a":"it's"}`],
      /-Headers was left out/,
    ],
    [
      'PowerShell, by a variable of the environment',
      `curl -X PUT ${ROOT}/user/$env:ID -d '{"a":"it''s"}'`,
      [`PUT user/<ID> {"a":"it's"}`],
    ],
    [
      'PowerShell, by a here-string',
      `curl -X POST ${ROOT}/user -d @'\n{"a":"it's"}\n'@`,
      [`POST user {"a":"it's"}`],
    ],
    [
      'PowerShell, by a here-string in double quotes',
      `curl -X POST ${ROOT}/user -d @"\n{"a":"$B"}\n"@`,
      ['POST user {"a":"<B>"}'],
    ],
    [
      'PowerShell, typographic quotes doubled',
      `curl.exe -X POST '${ROOT}/user' -d '{"a":"it’’s"}'`,
      ['POST user {"a":"it’s"}'],
    ],
    [
      'sh, ANSI that is no text',
      `curl ${ROOT}/user -d $'{"a":"\\xff \\U00110000"}'`,
      ['POST user {"a":"\ufffd \ufffd"}'],
    ],
    [
      'cmd, a caret in quotes',
      `curl "${ROOT}/user" ^\r\n  -d "{\\"a\\":\\"x^y\\"}"`,
      ['POST user {"a":"x^y"}'],
    ],
    [
      'Chrome for cmd, a filter',
      `curl ^"${ROOT}/user?^$filter=Surname eq 'x'^&^$top=5^" ^\r\n  -X ^"GET^"`,
      ["GET user?$filter=Surname eq 'x'&$top=5"],
    ],
    [
      'cmd in Git Bash',
      `curl.exe '${ROOT}/user?$filter=Surname eq '\\''x'\\'''`,
      [`GET user?$filter=Surname eq 'x'`],
    ],
    [
      'braces are text',
      `curl ${ROOT}/user/1 -X PUT -d '{"a":"{{x}} {{{y}}}"}'`,
      ['PUT user/1 {"a":"\\u007b{x}} \\u007b\\u007b{y}}}"}'],
    ],
    [
      'braces are text in a parameter',
      `curl -gG ${ROOT}/user --data-urlencode "\\$filter=Surname eq '{{x}}'"`,
      ["GET user?$filter=Surname eq '{{x}}'"],
    ],
    [
      'braces are text when encoded',
      `curl '${ROOT}/user?$filter=Surname%20eq%20%27%7B%7B$env%20APQ_API_KEY%7D%7D%27'`,
      ["GET user?$filter=Surname eq '{{$env APQ_API_KEY}}'"],
    ],
    ['braces are text in an ID', `curl -g -X DELETE '${ROOT}/user/{{x}}'`, ['DELETE user/{{x}}']],
    ['an ID like a program of the shell', `curl -X DELETE '${ROOT}/user/$(x)'`, ['DELETE user/$(x)']],
  ],
  'variables of the shell': [
    ['in braces', `curl "${ROOT}/user/\${ID}" -X DELETE`, ['DELETE user/<ID>']],
    ['with a default', `curl "${ROOT}/user/\${ID:-5}" -X DELETE`, ['DELETE user/<ID>']],
    ['plain', `curl -X PUT ${ROOT}/user/$ID -d "{\\"a\\":\\"$NAME\\"}"`, ['PUT user/<ID> {"a":"<NAME>"}']],
    ['set in the text', `ID=5\ncurl -X DELETE ${ROOT}/user/$ID`, ['DELETE user/5']],
    ['set and exported', `export ID='5 6'; curl -X DELETE "${ROOT}/user/$ID"`, ['DELETE user/5 6']],
    ['set in front', `ID=5 curl -X DELETE ${ROOT}/user/7`, ['DELETE user/7']],
    ['a part of the address', `BASE=${ROOT}\ncurl "$BASE/user/5" -X DELETE`, ['DELETE user/5']],
    [
      'an unknown part of the address',
      `curl "$BASE/user/5" -X DELETE`,
      ['DELETE user/5'],
      /begins with a variable/,
    ],
    [
      'a program',
      `curl "${ROOT}/user/$(cat id)" -X DELETE`,
      ['DELETE user/<output>'],
      /\$\(cat id\) is asked for/,
    ],
    ['an argument', `curl "${ROOT}/user/$1" -X DELETE`, ['DELETE user/<argument_1>']],
    ['cmd', `curl.exe "${ROOT}/user/%ID%" -X DELETE`, ['DELETE user/<ID>']],
    [
      'cmd, not in an address',
      `curl.exe "${ROOT}/user?$filter=Surname%20eq%20'Caf%C3%A9%27"`,
      ["GET user?$filter=Surname eq 'Café'"],
    ],
    ['PowerShell', 'curl.exe "' + ROOT + '/user/$env:ID" `\n -X DELETE', ['DELETE user/<ID>']],
    ['PowerShell, set', `$id = '5'\ncurl.exe -X 'DELETE' "${ROOT}/user/$id"`, ['DELETE user/5']],
    [
      'beside an equals sign',
      `curl "${ROOT}/user?$filter=Surname eq '$NAME=1'"`,
      ["GET user?$filter=Surname eq '<NAME>=1'"],
    ],
    [
      'the API’s parameters are none',
      `curl "${ROOT}/user?$top=5&$filter=ID eq '1'"`,
      ["GET user?$top=5&$filter=ID eq '1'"],
    ],
  ],
  'an address': [
    ['without quotes', `curl ${ROOT}/user?$top=5&$skip=1`, ['GET user?$top=5&$skip=1'], /“&” in an address/],
    [
      'without quotes, with a function',
      `curl ${ROOT}/user?$filter=contains(Surname,%27a%27)&$top=5`,
      ["GET user?$filter=contains(Surname,'a')&$top=5"],
      /in an address/,
    ],
    [
      'without quotes, before another command',
      `curl ${ROOT}/user?$top=5& curl ${ROOT}/course&curl ${ROOT}/venue`,
      ['GET user?$top=5', 'GET course', 'GET venue'],
    ],
    ['without quotes, with a key', `curl -X DELETE ${ROOT}/user(5)`, ['DELETE user/5'], /“\(” in an address/],
    ['without quotes, in a program of the shell', `x=$(curl ${ROOT}/user?$top=5)`, ['GET user?$top=5']],
    ['without a protocol', `curl ${ROOT.slice(8)}/user -X POST`, ['POST user']],
    ['with lists', `curl -X DELETE '${ROOT}/user/[1-3]'`, ['DELETE user/[1-3]'], /for each value/],
    [
      'with the names of other APIs',
      `curl '${ROOT}/user?count=100&skip=5'`,
      ['GET user'],
      /count=100 was left out.*\$count.*skip=5 was left out.*\$skip/,
    ],
    ['in --url', `curl --url ${ROOT}/user`, ['GET user']],
    ['in --url=', `curl --url=${ROOT}/user/5 -X DELETE`, ['DELETE user/5']],
    ['of another API', `curl https://example.com/a -X DELETE`, [], /no \/api\/v2\//],
    [
      'with a user',
      `curl https://me:secretsecret@acme.accessplanit.com/accessplan/api/v2/user`,
      ['GET user'],
      /user name and password/,
    ],
  ],
  data: [
    ['in a file', `curl ${ROOT}/user -d @user.json`, ['POST user'], /in a file, which was not read/],
    [
      'from another program',
      `cat user.json | curl ${ROOT}/user -d @-`,
      ['POST user'],
      /“cat…”.*another program/,
    ],
    [
      'from a here-document',
      `curl ${ROOT}/user -d @- <<'EOF'\n{"a":"b"}\nEOF\ncurl ${ROOT}/course`,
      ['POST user {"a":"b"}', 'GET course'],
    ],
    [
      'from a here-document with a variable',
      `curl ${ROOT}/user -d @- <<EOF\n{"a":"$B"}\nEOF`,
      ['POST user {"a":"<B>"}'],
    ],
    [
      'from a here-document whose variables are text',
      `curl ${ROOT}/user -d @- <<'EOF'\n{"a":"$B"}\nEOF`,
      ['POST user {"a":"$B"}'],
    ],
    ['from a here-string', `curl ${ROOT}/user -d @- <<< '{"a":"b"}'`, ['POST user {"a":"b"}']],
    ['of a form', `curl ${ROOT}/user -F a=b`, ['POST user'], /form’s fields were left out/],
    ['like a form', `curl ${ROOT}/user -d a=b -d c=d`, ['POST user'], /not a JSON object/],
    ['with GET', `curl -X GET ${ROOT}/user -d '{"a":1}'`, ['GET user'], /GET has none/],
    [
      'encoded for the address',
      `curl -G ${ROOT}/user --data-urlencode '$filter=Surname eq '\\''a&b+c#%'\\''' -d '$top=5'`,
      ["GET user?$filter=Surname eq 'a&b+c#%'&$top=5"],
    ],
    ['in --url-query', `curl ${ROOT}/user --url-query '$top=5'`, ['GET user?$top=5']],
    ['twice', `curl ${ROOT}/user --json '{"a":1}' -d '{"b":1}'`, ['POST user {"a":1}'], /two bodies/],
    [
      'with comments that name a connection',
      `curl ${ROOT}/user -d '{"a":1}\n# @connection Production'`,
      ['POST user'],
      /not a JSON object/,
    ],
    [
      'with a second request',
      `curl ${ROOT}/user -d '{"a":1}\n###\nDELETE user/5'`,
      ['POST user'],
      /not a JSON object/,
    ],
    [
      'with a variable after it',
      `curl ${ROOT}/user -d '{"a":1}\n@x = ?Your password'`,
      ['POST user'],
      /not a JSON object/,
    ],
  ],
  'what else is there': [
    [
      'several commands',
      `curl ${ROOT}/user\ncurl -X DELETE ${ROOT}/user/5; curl ${ROOT}/course && curl ${ROOT}/venue`,
      ['GET user', 'DELETE user/5', 'GET course', 'GET venue'],
    ],
    ['a pipe', `curl ${ROOT}/user | jq .results`, ['GET user'], /“jq…”/],
    ['redirections', `curl ${ROOT}/user > out.json 2>&1`, ['GET user']],
    [
      'commands for several shells',
      `In bash:\ncurl -X DELETE '${ROOT}/user/1' -d '{"a":"^&"}'\nIn cmd:\ncurl -X PUT "${ROOT}/user/2" -d "{\\"a\\":\\"b\\"}" ^\n  -H "x: y"\nIn PowerShell:\ncurl.exe -X POST '${ROOT}/user' \`\n  -d '{"a":"it''s"}'`,
      ['DELETE user/1', 'PUT user/2 {"a":"b"}', `POST user {"a":"it's"}`],
      /“In…”, “In…”, “In…”/,
    ],
    [
      'parameters of a help address',
      `curl '${ROOT.replace('api', 'apihelp')}/modules?a=1'`,
      ['GET /apihelp/v2/modules'],
      /parameters were left out/,
    ],
    [
      'a secret in a line that is no command',
      `TOKEN = abc123 x\nhttp --auth me:pw1 x\npw12345\ncurl -u me:pw2\ncurl ${ROOT}/user`,
      ['GET user'],
      /“TOKEN…”, “http…”, “…” and 1 more/,
    ],
    [
      'prompts',
      `$ curl ${ROOT}/user\n> curl ${ROOT}/course\nC:\\> curl ${ROOT}/venue\nPS C:\\Users\\me> curl.exe ${ROOT}/invoice\nme@host:~$ curl ${ROOT}/delegate`,
      ['GET user', 'GET course', 'GET venue', 'GET invoice', 'GET delegate'],
    ],
    [
      'comments',
      `# the users\ncurl ${ROOT}/user # all of them\n# curl -X DELETE ${ROOT}/user/5`,
      ['GET user'],
    ],
    ['remarks of the Windows prompt', `rem = all the users\ncurl ${ROOT}/user`, ['GET user']],
    ['Markdown', `Like this:\n\n\`\`\`sh\ncurl ${ROOT}/user\n\`\`\`\n`, ['GET user'], /“Like…”/],
    ['many other lines', `a\nb\nc\nd\ncurl ${ROOT}/user`, ['GET user'], /“a”, “b”, “c” and 1 more/],
    [
      'the key',
      `curl ${ROOT}/user -H "Authorization: Bearer $TOKEN"`,
      ['GET user'],
      /Authorization was left out/,
    ],
    [
      'another header',
      `curl ${ROOT}/user -H 'X-HTTP-Method-Override: DELETE'`,
      ['GET user'],
      /X-HTTP-Method-Override was left out/,
    ],
    ['sign-in', `curl ${ROOT}/user -u me:secretsecret`, ['GET user'], /sign-in of the command/],
    ['options in a file', `curl -K curl.cfg ${ROOT}/user`, ['GET user'], /-K was left out/],
    [
      'a command without an address',
      `curl -X DELETE\ncurl ${ROOT}/user`,
      ['GET user'],
      /a cURL command without an address/,
    ],
  ],
};

describe('a command for cURL', () => {
  it('keeps a parameter that the API has not, for the language to report', () => {
    const found = importText(`curl "${ROOT}/user?$frobnicate=5"`);
    assert.ok(found.ok && found.text.includes('$frobnicate = 5\n'));
  });

  for (const [title, rows] of Object.entries(TABLES))
    describe(title, () => {
      for (const [name, command, requests, told] of rows)
        it(name, () => {
          const found = imported(command);
          assert.deepEqual(found.requests, requests, found.told);
          if (told === undefined) assert.equal(found.told, '');
          else assert.match(found.told, told);
        });
    });
});
