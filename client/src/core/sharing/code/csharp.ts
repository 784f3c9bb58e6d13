/** C# with top-level statements, .NET 8 or later. */
import { REPEATED_PAGE } from '../../running/extent';
import { csharpBlock, csharpText } from './literals';
import { type Generator, indent, KEY, lines, PAGING, type Plan, planOf } from './plan';

export const csharp: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  return lines(
    `// ${plan.title}. .NET 8 or later: dotnet new console, and this as Program.cs.`,
    `// The key comes from the environment variable ${KEY}: don't write it here.`,
    'using System.Net.Http.Headers;',
    plan.body !== undefined && 'using System.Text;',
    'using System.Text.Json;',
    '',
    `const string address = ${csharpText(plan.address)};`,
    `var key = Environment.GetEnvironmentVariable("${KEY}")`,
    `    ?? throw new InvalidOperationException("Set the environment variable ${KEY} to your API key first.");`,
    '',
    'using var client = new HttpClient();',
    'client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);',
    'client.DefaultRequestHeaders.Accept.ParseAdd("application/json");',
    '',
    ...queryLines(plan),
    plan.body !== undefined && `const string body = ${csharpBlock(plan.body, 4)};\n`,
    plan.paging === undefined ? single(plan) : pages(plan),
    '',
    send(plan),
  );
};

const ENCODE = 'string.Join("&", query.Select(each => $"{each.Key}={Uri.EscapeDataString(each.Value)}"))';

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0 && paging === undefined
    ? []
    : [
        'var query = new Dictionary<string, string>',
        '{',
        ...query.map(({ name, value }) => indent(`[${csharpText(name)}] = ${csharpText(value)},`, 4)),
        '};\n',
      ];

const single = ({ method, query, body }: Plan): string =>
  `var result = await SendAsync("${method}", address${query.length === 0 ? '' : ` + "?" + ${ENCODE}`}${body === undefined ? '' : ', body'});
Console.WriteLine(result is null ? "" : JsonSerializer.Serialize(result, new JsonSerializerOptions { WriteIndented = true }));`;

function pages({ paging }: Plan): string {
  if (paging === undefined) return '';
  const { first, most } = paging;
  return `// ${PAGING}
var records = new List<JsonElement>();
List<JsonElement>? before = null;
for (var page = ${first}; ${most === 'all' ? '' : `page < ${first + most}`}; page++)
{
    query["$skip"] = page.ToString();
    var result = await SendAsync("GET", address + "?" + ${ENCODE});
    var results = result?.GetProperty("results").EnumerateArray().ToList() ?? new List<JsonElement>();
    var repeated = before is not null
        && results.Select(each => each.GetRawText()).SequenceEqual(before.Select(each => each.GetRawText()));
    if (repeated && results.Count > 0) Console.Error.WriteLine("${REPEATED_PAGE}");
    if (results.Count == 0 || repeated) break;
    records.AddRange(results);
    if (results.Count < before?.Count) break;
    before = results;
}
Console.WriteLine(JsonSerializer.Serialize(records, new JsonSerializerOptions { WriteIndented = true }));`;
}

const send = ({
  body,
}: Plan): string => `// Sends one request; returns the response's JSON, or throws with the API's own words.
async Task<JsonElement?> SendAsync(string method, string url${body === undefined ? '' : ', string json'})
{
    using var request = new HttpRequestMessage(new HttpMethod(method), url);
${body === undefined ? '' : '    request.Content = new StringContent(json, Encoding.UTF8, "application/json");\n'}    using var response = await client.SendAsync(request);
    var text = await response.Content.ReadAsStringAsync();
    if (!response.IsSuccessStatusCode)
        throw new HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}: {WordsOf(text)}");
    return string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.Deserialize<JsonElement>(text);
}

// Returns the errors member of a refusal, and other text unchanged.
static string WordsOf(string text)
{
    try
    {
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("errors").ToString();
    }
    catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
    {
        return text;
    }
}`;
