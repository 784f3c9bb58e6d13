/** Python 3.8 or later, with its standard library only. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { pythonBlock, pythonText } from './literals';
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

export const python: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  return lines(
    `# ${plan.title}. The key comes from the environment variable ${KEY}: don't write it here.`,
    'import json',
    'import os',
    'import sys',
    'import urllib.error',
    plan.query.length > 0 || plan.paging !== undefined ? 'import urllib.parse' : undefined,
    'import urllib.request',
    'from decimal import Decimal',
    '',
    `ADDRESS = ${pythonText(plan.address)}`,
    `API_KEY = os.environ.get("${KEY}") or sys.exit("Set the environment variable ${KEY} to your API key first.")`,
    '',
    '',
    EXACT,
    '\n',
    SEND,
    '\n',
    plan.paging !== undefined && pages(plan, plan.paging),
    ...queryLines(plan),
    plan.body !== undefined && `body = ${pythonBlock(plan.body)}\n`,
    plan.paging === undefined
      ? `result = send("${plan.method}", ${address(plan)}${plan.body === undefined ? '' : ', body'})\nprint(json.dumps(result, indent=2, default=str))`
      : 'print(json.dumps(list(records(query)), indent=2, default=str))',
  );
};

const EXACT = `def exact(text):
    """Decimals of more digits than a float holds stay exact; json.dumps writes them as texts."""
    return float(text) if Decimal(repr(float(text))) == Decimal(text) else Decimal(text)`;

const SEND = `def send(method, address, body=None):
    """Sends one request; returns the response's JSON, or ends with the API's own words."""
    request = urllib.request.Request(address, method=method, data=None if body is None else body.encode())
    # Not sent to another address after a redirect.
    request.add_unredirected_header("Authorization", "Bearer " + API_KEY)
    request.add_header("Accept", "application/json")
    if body is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            text = response.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")
        try:
            text = json.dumps(json.loads(text)["errors"])
        except (ValueError, KeyError, TypeError):
            pass  # not the API's own words: shown unchanged
        sys.exit(f"{error.code} {error.reason}: {text}")
    result = json.loads(text, parse_float=exact) if text.strip() else None
    if isinstance(result, dict) and result.get("errors") and not result.get("results"):
        sys.exit(json.dumps(result["errors"]))
    return result`;

/** `safe`: what `encodeURIComponent` does not encode, and what our addresses keep readable. */
const encode = ({ spaces }: Plan) =>
  `urllib.parse.urlencode(query, quote_via=urllib.parse.${spaces === '+' ? 'quote_plus' : 'quote'}, safe="$,:!*'()")`;

const address = (plan: Plan) => (plan.query.length === 0 ? 'ADDRESS' : `ADDRESS + "?" + ${encode(plan)}`);

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0
    ? paging === undefined
      ? []
      : ['query = {}']
    : [
        'query = {',
        ...query.map(({ name, value }) => indent(`${pythonText(name)}: ${pythonText(value)},`, 4)),
        '}',
      ];

/** After the first page, where its length is not as asked for. */
function settle({ counts, first, size }: Paging): string | undefined {
  if (counts === 'records') return undefined;
  return first === 0
    ? `        if page == 0 and len(results) != ${size}:
            # ${AS_LONG}
            query["$top"] = len(results)`
    : `        if page == ${first} and len(results) != ${size}:
            # ${NOTHING_AFTER}
            if len(results) > ${size} or fetch({**query, "$skip": ${first + 1}}) or fetch(
                {**query, "$top": 1, "$skip": ${first * size} + len(results)}
            ):
                sys.exit("${NOT_AS_ASKED}")
            break`;
}

const count = ({ total, offset }: Paging): string | undefined =>
  total === undefined
    ? undefined
    : `    # ${COUNTED}
    if int(get({**query, "$top": 1, "$count": "true"}).get(${pythonText(total)}) or 0) > ${offset} + came:
        sys.exit("${FEWER_THAN_COUNTED}")`;

function pages(plan: Plan, paging: Paging): string {
  const { counts, first, end, size } = paging;
  const [at, step] = counts === 'records' ? ['skip', size] : ['page', 1];
  return lines(
    `def get(query):
    return send("GET", ADDRESS + "?" + ${encode(plan)})


def fetch(query):
    return get(query)["results"] or []


def records(query):
    """Fetches page after page. ${PAGING[counts]}"""
    ${at}, came, seen = ${first}, 0, set()
    while ${end === undefined ? 'True' : `${at} < ${end}`}:
        results = fetch({**query, "$skip": ${at}})
        if not results:
            # ${LOOK_ON}
            if fetch({**query, "$skip": ${at} + ${step}}):
                sys.exit("${MORE_AFTER_EMPTY}")
            break
        known = all("ID" in each for each in results)
        keys = {str(each["ID"]) for each in results} if known else {json.dumps(results, default=str)}
        if keys & seen:
            sys.exit("${CAME_AGAIN}")
        seen |= keys
        came += len(results)
        yield from results`,
    settle(paging),
    `        ${at} += ${counts === 'records' ? 'len(results)' : step}`,
    count(paging),
    '',
  );
}
