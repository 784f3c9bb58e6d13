/** C# with top-level statements, .NET 8 or later. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { csharpBlock, csharpText } from './literals';
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
    plan.paging === undefined ? single(plan) : pages(plan, plan.paging),
    '',
    send(plan),
  );
};

const encode = ({ spaces }: Plan): string =>
  `string.Join("&", query.Select(each => $"{each.Key}={Uri.EscapeDataString(each.Value)}"))${spaces === '+' ? '.Replace("%20", "+")' : ''}`;

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0 && paging === undefined
    ? []
    : [
        'var query = new Dictionary<string, string>',
        '{',
        ...query.map(({ name, value }) => indent(`[${csharpText(name)}] = ${csharpText(value)},`, 4)),
        '};\n',
      ];

const single = (plan: Plan): string =>
  `var result = await SendAsync("${plan.method}", address${plan.query.length === 0 ? '' : ` + "?" + ${encode(plan)}`}${plan.body === undefined ? '' : ', body'});
Console.WriteLine(result is null ? "" : JsonSerializer.Serialize(result, new JsonSerializerOptions { WriteIndented = true }));`;

/** After the first page, where its length is not as asked for. */
function settle({ counts, first, size }: Paging): string | undefined {
  if (counts === 'records') return undefined;
  return first === 0
    ? `    // ${AS_LONG}
    if (page == 0 && results.Count != ${size}) query["$top"] = results.Count.ToString();`
    : `    if (page == ${first} && results.Count != ${size})
    {
        // ${NOTHING_AFTER}
        var others = (await FetchAsync(${first + 1})).Count;
        query["$top"] = "1";
        others += (await FetchAsync(${first * size} + results.Count)).Count;
        if (results.Count > ${size} || others > 0) throw new InvalidOperationException("${NOT_AS_ASKED}");
        break;
    }`;
}

const count = ({ total, offset }: Paging, get: string): string | undefined =>
  total === undefined
    ? undefined
    : `// ${COUNTED}
query.Remove("$skip");
query["$top"] = "1";
query["$count"] = "true";
if (${get} is { ValueKind: JsonValueKind.Object } counted
    && counted.TryGetProperty(${csharpText(total)}, out var total)
    && long.TryParse(total.ToString(), out var most) && most > ${offset} + records.Count)
    throw new InvalidOperationException("${FEWER_THAN_COUNTED}");`;

function pages(plan: Plan, paging: Paging): string {
  const { counts, first, end, size } = paging;
  const [at, step] = counts === 'records' ? ['skip', size] : ['page', 1];
  const get = `await SendAsync("GET", address + "?" + ${encode(plan)})`;
  return lines(
    `// ${PAGING[counts]}
async Task<List<JsonElement>> FetchAsync(int ${at})
{
    query["$skip"] = ${at}.ToString();
    var result = ${get};
    return result is { } found && found.GetProperty("results") is { ValueKind: JsonValueKind.Array } results
        ? results.EnumerateArray().ToList()
        : new List<JsonElement>();
}

var records = new List<JsonElement>();
var seen = new HashSet<string>();
for (var ${at} = ${first}; ${end === undefined ? '' : `${at} < ${end}`}; ${counts === 'records' ? '' : 'page++'})
{
    var results = await FetchAsync(${at});
    if (results.Count == 0)
    {
        // ${LOOK_ON}
        if ((await FetchAsync(${at} + ${step})).Count > 0) throw new InvalidOperationException("${MORE_AFTER_EMPTY}");
        break;
    }
    var known = results.All(each => each.TryGetProperty("ID", out _));
    var keys = known
        ? results.Select(each => each.GetProperty("ID").ToString()).ToList()
        : new List<string> { JsonSerializer.Serialize(results) };
    if (keys.Any(seen.Contains)) throw new InvalidOperationException("${CAME_AGAIN}");
    seen.UnionWith(keys);
    records.AddRange(results);`,
    settle(paging),
    counts === 'records' && '    skip += results.Count;',
    '}',
    count(paging, get),
    'Console.WriteLine(JsonSerializer.Serialize(records, new JsonSerializerOptions { WriteIndented = true }));',
  ).trimEnd();
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
    if (string.IsNullOrWhiteSpace(text)) return null;
    var result = JsonSerializer.Deserialize<JsonElement>(text);
    if (result.ValueKind == JsonValueKind.Object && LengthOf(result, "errors") > 0 && LengthOf(result, "results") == 0)
        throw new HttpRequestException(WordsOf(text));
    return result;
}

static int LengthOf(JsonElement result, string member) =>
    result.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;

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
