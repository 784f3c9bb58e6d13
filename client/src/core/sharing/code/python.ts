/** Python 3.8 or later, with its standard library only. */
import { CAME_AGAIN, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { pythonBlock, pythonText } from './literals';
import {
  AS_LONG,
  type Generator,
  indent,
  KEY,
  lines,
  LOOK_ON,
  NOTHING_AFTER,
  PAGING,
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
    '',
    `ADDRESS = ${pythonText(plan.address)}`,
    `API_KEY = os.environ.get("${KEY}") or sys.exit("Set the environment variable ${KEY} to your API key first.")`,
    '',
    '',
    SEND,
    '\n',
    plan.paging !== undefined && pages(plan),
    ...queryLines(plan),
    plan.body !== undefined && `body = ${pythonBlock(plan.body)}\n`,
    plan.paging === undefined
      ? `result = send("${plan.method}", ${address(plan)}${plan.body === undefined ? '' : ', body'})\nprint(json.dumps(result, indent=2))`
      : 'print(json.dumps(list(records(query)), indent=2))',
  );
};

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
    result = json.loads(text) if text.strip() else None
    if isinstance(result, dict) and result.get("errors") and not result.get("results"):
        sys.exit(json.dumps(result["errors"]))
    return result`;

/** `safe`: what `encodeURIComponent` does not encode, and what our addresses keep readable. */
const ENCODE = `urllib.parse.urlencode(query, quote_via=urllib.parse.quote, safe="$,:!*'()")`;

const address = ({ query }: Plan) => (query.length === 0 ? 'ADDRESS' : `ADDRESS + "?" + ${ENCODE}`);

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

function pages({ paging }: Plan): string {
  if (paging === undefined) return '';
  const { first, most, size } = paging;
  const settle =
    first === 0
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
  return `def fetch(query):
    return send("GET", ADDRESS + "?" + ${ENCODE})["results"] or []


def records(query):
    """Fetches page after page. ${PAGING}"""
    page, seen = ${first}, set()
    while ${most === 'all' ? 'True' : `page < ${first + most}`}:
        results = fetch({**query, "$skip": page})
        if not results:
            # ${LOOK_ON}
            if fetch({**query, "$skip": page + 1}):
                sys.exit("${MORE_AFTER_EMPTY}")
            break
        known = all("ID" in each for each in results)
        keys = {str(each["ID"]) for each in results} if known else {json.dumps(results)}
        if keys & seen:
            sys.exit("${CAME_AGAIN}")
        seen |= keys
        yield from results
${settle}
        page += 1

`;
}
