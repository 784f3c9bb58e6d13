/** PowerShell: Windows PowerShell 5.1 and PowerShell 7. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { powershellBlock, powershellText } from './literals';
import {
  AS_LONG,
  COUNTED,
  type Generator,
  indent,
  KEY,
  lines,
  LOOK_ON,
  NOTHING_AFTER,
  PAGING,
  type Paging,
  type Plan,
  planOf,
} from './plan';

export const powershell: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  const text = lines(
    `$ErrorActionPreference = 'Stop'`,
    `if (-not $env:${KEY}) { throw 'Set the environment variable ${KEY} to your API key first.' }`,
    '# Windows PowerShell 5.1 may still begin with an older protocol.',
    '[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12',
    '',
    `$address = ${powershellText(plan.address)}`,
    ...queryLines(plan),
    plan.body !== undefined && `$body = ${powershellBlock(plan.body)}`,
    '',
    SEND,
    '',
    plan.paging === undefined ? single(plan) : pages(plan, plan.paging),
  );
  return lines(
    `# ${plan.title}. The key comes from the environment variable ${KEY}: don't write it here.`,
    // Without a byte order mark, it reads a script in the system's own code page.
    /[^\0-\x7f]/.test(text) && '# For Windows PowerShell 5.1 save this as "UTF-8 with BOM".',
    '# PowerShell 7 rounds decimals of more than 15 digits. Whole numbers stay as they are.',
    text.trimEnd(),
  );
};

const SEND = `# Sends one request; returns the response, or throws with the API's own words.
function Send-Request([string] $Method, [string] $Uri, [string] $Json) {
    $parameters = @{
        Method  = $Method
        Uri     = $Uri
        Headers = @{ Authorization = "Bearer $env:${KEY}"; Accept = 'application/json' }
    }
    if ($Json) {
        # As bytes: Windows PowerShell 5.1 would not send text as UTF-8.
        $parameters.Body = [Text.Encoding]::UTF8.GetBytes($Json)
        $parameters.ContentType = 'application/json; charset=utf-8'
    }
    try {
        $result = Invoke-RestMethod @parameters
    } catch {
        $words = $_.ErrorDetails.Message
        if (-not $words) { throw }
        try { $errors = ($words | ConvertFrom-Json).errors -join ' ' } catch { $errors = '' }
        if ($errors) { $words = $errors }
        throw "$($_.Exception.Message) $words"
    }
    if ($result.errors -and -not $result.results) { throw ($result.errors -join ' ') }
    $result
}`;

const encode = ({ spaces }: Plan): string =>
  `(($query.GetEnumerator() | ForEach-Object { $_.Key + '=' + [uri]::EscapeDataString($_.Value) }) -join '&')${spaces === '+' ? ".Replace('%20', '+')" : ''}`;

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0 && paging === undefined
    ? []
    : [
        '$query = [ordered]@{',
        ...query.map(({ name, value }) => indent(`${powershellText(name)} = ${powershellText(value)}`, 4)),
        '}',
      ];

const single = (plan: Plan): string =>
  `$result = Send-Request '${plan.method}' ${plan.query.length === 0 ? '$address' : `($address + '?' + ${encode(plan)})`}${plan.body === undefined ? '' : ' $body'}
$result | ConvertTo-Json -Depth 10`;

/** After the first page, where its length is not as asked for. */
function settle({ counts, first, size }: Paging): string | undefined {
  if (counts === 'records') return undefined;
  return first === 0
    ? `    # ${AS_LONG}
    if ($page -eq 0 -and $results.Count -ne ${size}) { $query['$top'] = "$($results.Count)" }`
    : `    if ($page -eq ${first} -and $results.Count -ne ${size}) {
        # ${NOTHING_AFTER}
        $others = @(Get-Page ${first + 1}).Count
        $query['$top'] = '1'
        $others += @(Get-Page (${first * size} + $results.Count)).Count
        if ($results.Count -gt ${size} -or $others -gt 0) { throw '${NOT_AS_ASKED}' }
        break
    }`;
}

const count = ({ total, offset }: Paging, get: string): string | undefined =>
  total === undefined
    ? undefined
    : `# ${COUNTED}
$query.Remove('$skip')
$query['$top'] = '1'
$query['$count'] = 'true'
$counted = ${get}
if ([long] $counted.${powershellText(total)} -gt ${offset} + $records.Count) { throw '${FEWER_THAN_COUNTED}' }`;

function pages(plan: Plan, paging: Paging): string {
  const { counts, first, end, size } = paging;
  const [at, step] = counts === 'records' ? ['$skip', size] : ['$page', 1];
  const get = `Send-Request 'GET' ($address + '?' + ${encode(plan)})`;
  return lines(
    `# ${PAGING[counts]}
function Get-Page([int] ${at}) {
    $query['$skip'] = "${at}"
    $result = ${get}
    if ($result.results) { $result.results }
}
$records = New-Object System.Collections.ArrayList
$seen = New-Object 'System.Collections.Generic.HashSet[string]'
for (${at} = ${first}; ${end === undefined ? '' : `${at} -lt ${end}`}; ${counts === 'records' ? '' : '$page++'}) {
    $results = @(Get-Page ${at})
    if ($results.Count -eq 0) {
        # ${LOOK_ON}
        if (@(Get-Page (${at} + ${step})).Count -gt 0) { throw '${MORE_AFTER_EMPTY}' }
        break
    }
    $keys = @($results | Where-Object { $null -ne $_.ID } | ForEach-Object { "$($_.ID)" })
    if ($keys.Count -ne $results.Count) { $keys = @(ConvertTo-Json -InputObject $results -Depth 10 -Compress) }
    if (@($keys | Where-Object { $seen.Contains($_) }).Count -gt 0) { throw '${CAME_AGAIN}' }
    foreach ($key in $keys) { [void] $seen.Add($key) }
    $records.AddRange($results)`,
    settle(paging),
    counts === 'records' && '    $skip += $results.Count',
    '}',
    count(paging, get),
    'ConvertTo-Json -InputObject @($records) -Depth 10',
  ).trimEnd();
}
