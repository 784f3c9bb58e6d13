/** Power Query M, for Power BI and Excel: a query that returns a table. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { mName, mText } from './literals';
import {
  AS_LONG,
  COUNTED,
  type Generator,
  indent,
  lines,
  LOOK_ON,
  NOTHING_AFTER,
  PAGING,
  type Paging,
  type Plan,
  planOf,
} from './plan';

/** Reads only: a refresh may happen at any time and repeatedly, which must not happen to a change. */
export const powerQuery: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  if (plan.method !== 'GET')
    return lines(
      `error "Power Query runs a query at every refresh, so it only reads: copy this ${plan.method} for another language."`,
    );
  const feed = (request.endpoint ?? 'data') !== 'data';
  return lines(
    `// ${plan.title}. In Power BI or Excel: Get Data, Blank Query, Advanced Editor. Sign in to the site as "Anonymous".`,
    '// Power Query rounds numbers of more than 15 digits. Text keeps them all.',
    'let',
    '    // Better a parameter: Manage Parameters, New, name it ApiKey, paste your API key there, then remove this line.',
    '    ApiKey = "PUT YOUR API KEY HERE",',
    '',
    `    Site = ${mText(root)},`,
    `    Query = ${query(plan)},`,
    '',
    indent(CALL(plan.path), 4),
    feed
      ? '    Result = Call(Query)\nin\n    Result'
      : indent(plan.paging === undefined ? 'Records = Call(Query)[results],' : pages(plan.paging), 4),
    !feed && indent(table(plan), 4),
    !feed && 'in',
    !feed && '    Result',
  );
};

const query = ({ query: parameters }: Plan): string =>
  parameters.length === 0
    ? '[]'
    : `[\n${parameters.map(({ name, value }) => `        ${mName(name)} = ${mText(value)}`).join(',\n')}\n    ]`;

// The Power BI service refreshes only queries with a fixed address, and the rest in RelativePath and Query.
const CALL = (path: string) => `// Returns the response's JSON, or an error with the API's own words.
Call = (query as record) as any =>
    let
        Response = Web.Contents(Site, [
            RelativePath = ${mText(path)},
            Query = query,
            Headers = [Authorization = "Bearer " & ApiKey, Accept = "application/json"],
            ManualStatusHandling = {400, 401, 403, 404}
        ]),
        Status = Value.Metadata(Response)[Response.Status],
        Words = try Text.FromBinary(Json.FromValue(Json.Document(Response)[errors])) otherwise ""
    in
        if Status >= 400 then error Error.Record(Text.From(Status), Words)
        else if not List.Contains({"", "[]", "null"}, Words) and (try List.IsEmpty(Json.Document(Response)[results]) otherwise true)
        then error Error.Record("errors", Words)
        else Json.Document(Response),
`;

/** How the pages after the first are fetched, and the first is an odd one. */
function next({ counts, first, size }: Paging): string {
  if (counts === 'records') return 'Next = (skip as number) as list => PageOf(skip, []),';
  return first === 0
    ? `// ${AS_LONG}
Size = List.Count(First),
Next = (page as number) as list => PageOf(page, if Size = ${size} or Size = 0 then [] else [#"$top" = Text.From(Size)]),`
    : `// ${NOTHING_AFTER}
Size = List.Count(First),
Next = (page as number) as list =>
    if Size = ${size} or Size = 0 or page > ${first + 1} then PageOf(page, [])
    else if Size < ${size} and List.IsEmpty(PageOf(page, [])) and List.IsEmpty(PageOf(${first * size} + Size, [#"$top" = "1"])) then {}
    else error ${mText(NOT_AS_ASKED)},`;
}

/** All records, or an error where the platform counts more. */
const all = ({ total, offset }: Paging): string =>
  total === undefined
    ? 'All = List.Combine(Pages),'
    : `Found = List.Combine(Pages),
// ${COUNTED}
Counted = try Number.From(Record.Field(Call(Query & [#"$top" = "1", #"$count" = "true"]), ${mText(total)})) otherwise 0,
All = if Counted > ${offset} + List.Count(Found) then error ${mText(FEWER_THAN_COUNTED)} else Found,`;

function pages(paging: Paging): string {
  const { counts, first, end, size } = paging;
  const [at, step] = counts === 'records' ? ['skip', size] : ['page', 1];
  const [state, by] = counts === 'records' ? ['Skip', 'List.Count(last[Records])'] : ['Page', '1'];
  const limit = end === undefined ? '' : `[${state}] < ${end} and `;
  return `// ${PAGING[counts]}
PageOf = (${at} as number, more as record) as list => List.Buffer(Call(Query & [#"$skip" = Text.From(${at})] & more)[results] ?? {}),
First = PageOf(${first}, []),
${next(paging)}
// ${LOOK_ON}
Last = (${at} as number, records as list) as list =>
    if List.IsEmpty(records) and not List.IsEmpty(Next(${at} + ${step})) then error ${mText(MORE_AFTER_EMPTY)} else records,
Pages = List.Generate(
    () => [${state} = ${first}, Records = Last(${first}, First)],
    each ${limit}not List.IsEmpty([Records]),
    (last) => [
        ${state} = last[${state}] + ${by},
        Records = let Found = Next(${state}) in
            if not List.IsEmpty(Found) and (Found = First or Found = last[Records]) then error ${mText(CAME_AGAIN)} else Last(${state}, Found)
    ],
    each [Records]
),
${all(paging)}
// Large numbers are rounded, so different ones may be the same.
Keys = List.Select(List.Transform(All, each Record.FieldOrDefault(_, "ID")), each _ <> null and not (_ is number and _ > 9007199254740991)),
Records = if List.IsDistinct(if List.Count(Keys) = List.Count(All) then Keys else Pages) then All else error ${mText(CAME_AGAIN)},`;
}

function table({ query: parameters }: Plan): string {
  const selected = parameters
    .find(({ name }) => name === '$select')
    ?.value.split(',')
    .map((field) => mText(field.trim()));
  const found = 'List.Distinct(List.Combine(List.Transform(Records, Record.FieldNames)))';
  return `// One field may hold a number here and a text there: all are kept as text.
AsText = (value as any) as nullable text =>
    if value = null then null
    else if value is list then Text.Combine(List.Transform(value, @AsText), ", ")
    else if value is record then Text.FromBinary(Json.FromValue(value))
    else Text.From(value, "en-GB"),
Columns = ${selected === undefined ? found : `if List.IsEmpty(Records) then {${selected.join(', ')}} else ${found}`},
Rows = Table.FromRecords(Records, Columns, MissingField.UseNull),
Result = Table.TransformColumns(Rows, List.Transform(Columns, each {_, AsText, type nullable text}))`;
}
