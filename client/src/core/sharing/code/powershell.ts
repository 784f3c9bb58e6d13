/** PowerShell: Windows PowerShell 5.1 and PowerShell 7. */
import { REPEATED_PAGE } from '../../running/extent';
import { powershellBlock, powershellText } from './literals';
import { type Generator, indent, KEY, lines, PAGING, type Plan, planOf } from './plan';

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
    plan.paging === undefined ? single(plan) : pages(plan),
  );
  return lines(
    `# ${plan.title}. The key comes from the environment variable ${KEY}: don't write it here.`,
    // Without a byte order mark, it reads a script in the system's own code page.
    /[^\0-\x7f]/.test(text) && '# For Windows PowerShell 5.1 save this as "UTF-8 with BOM".',
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
        Invoke-RestMethod @parameters
    } catch {
        $words = $_.ErrorDetails.Message
        if (-not $words) { throw }
        try { $errors = ($words | ConvertFrom-Json).errors -join ' ' } catch { $errors = '' }
        if ($errors) { $words = $errors }
        throw "$($_.Exception.Message) $words"
    }
}`;

const ENCODE = `(($query.GetEnumerator() | ForEach-Object { $_.Key + '=' + [uri]::EscapeDataString($_.Value) }) -join '&')`;

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0 && paging === undefined
    ? []
    : [
        '$query = [ordered]@{',
        ...query.map(({ name, value }) => indent(`${powershellText(name)} = ${powershellText(value)}`, 4)),
        '}',
      ];

const single = ({ method, query, body }: Plan): string =>
  `$result = Send-Request '${method}' ${query.length === 0 ? '$address' : `($address + '?' + ${ENCODE})`}${body === undefined ? '' : ' $body'}
$result | ConvertTo-Json -Depth 10`;

function pages({ paging }: Plan): string {
  if (paging === undefined) return '';
  const { first, most } = paging;
  return `# ${PAGING}
$records = New-Object System.Collections.ArrayList
$before = $null
for ($page = ${first}; ${most === 'all' ? '' : `$page -lt ${first + most}`}; $page++) {
    $query['$skip'] = "$page"
    $result = Send-Request 'GET' ($address + '?' + ${ENCODE})
    $results = @($result.results)
    if ($results.Count -eq 0) { break }
    $json = ConvertTo-Json -InputObject $results -Depth 10 -Compress
    if ($null -ne $before -and $json -ceq $before.Json) { Write-Warning '${REPEATED_PAGE}'; break }
    $records.AddRange($results)
    if ($null -ne $before -and $results.Count -lt $before.Count) { break }
    $before = @{ Json = $json; Count = $results.Count }
}
ConvertTo-Json -InputObject @($records) -Depth 10`;
}
