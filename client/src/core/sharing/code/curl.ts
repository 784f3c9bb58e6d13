/** cURL for a POSIX shell. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { shellText } from './literals';
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

const CALL = 'curl --silent --show-error --fail-with-body';
// The shell ends with this message where there is no key.
const SIGN_IN = `--header "Authorization: Bearer \${${KEY}:?Set ${KEY} to your API key first}"`;

/**
 * Prints all but the last line, which is the status. Ends with 1 unless that is one of success, and where there are
 * errors and no records. Not with jq, so that a single call needs nothing to be installed. Quotes within a string of
 * JSON are escaped, so `"errors"` is the name of a member.
 */
export const CHECK = `awk 'NR > 1 { print last } { last = $0; all = all $0 } END { gsub(/[ \\t\\r]/, "", all); exit last !~ /^2/ || (all ~ /"errors":(\\[[^]]|"[^"]|[{][^}])/ && all !~ /"results":\\[[^]]/) }'`;

export const curl: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  const { paging } = plan;
  if (paging === undefined)
    return lines(
      `# ${plan.title}. The key comes from the environment variable ${KEY}.`,
      '# After it, awk makes a failure of errors that the API reports with status 200.',
      `${command(plan, shellText(plan.url)).join(' \\\n  ')} \\\n  --write-out '\\n%{http_code}' |\n  ${CHECK}`,
    );
  return pages(plan, paging);
};

/** Counts the records of another page. */
const OTHERS = (page: string, by: number): string[] =>
  [
    `response=$(fetch ${page}) || { printf '%s\\n' "$response" >&2; exit 1; }`,
    `others=$(printf '%s' "$response" | jq '.results | length') || exit 1`,
  ].map((line) => indent(line, by));

/** After the first page, where its length is not as asked for. */
function settle({ counts, first, size }: Paging): string[] {
  if (counts === 'records') return [];
  return first === 0
    ? [`  # ${AS_LONG}`, `  if [ "$page" -eq 0 ] && [ "$count" -ne ${size} ]; then top='&$top='$count; fi`]
    : [
        `  if [ "$page" -eq ${first} ] && [ "$count" -ne ${size} ]; then`,
        `    # ${NOTHING_AFTER}`,
        `    for other in "${first + 1}$top" "$((${first * size} + count))&\\$top=1"; do`,
        ...OTHERS('"$other"', 6),
        `      if [ "$count" -gt ${size} ] || [ "$others" -gt 0 ]; then echo ${shellText(NOT_AS_ASKED)} >&2; exit 1; fi`,
        '    done',
        '    break',
        '  fi',
      ];
}

function counted({ query }: Plan, { total, offset }: Paging): string[] {
  if (total === undefined) return [];
  const count = query.some(({ name }) => name === '$count') ? '' : '&$count=true';
  return [
    `# ${COUNTED}`,
    `response=$(fetch ${shellText(`0&$top=1${count}`)}) || { printf '%s\\n' "$response" >&2; exit 1; }`,
    `counted=$(printf '%s' "$response" | jq --arg name ${shellText(total)} '.[$name] // 0 | tonumber') || exit 1`,
    `if [ "$counted" -gt $((${offset} + came)) ]; then echo ${shellText(FEWER_THAN_COUNTED)} >&2; exit 1; fi`,
  ];
}

/** jq rounds numbers of more digits than these, so it gets them as texts. Quotes within a text are escaped. */
const EXACT = `sed -E 's/([^\\\\]"[[:space:]]*:[[:space:]]*)(-?[0-9.]{16,})/\\1"\\2"/g'`;

function pages(plan: Plan, paging: Paging): string {
  const { counts, first, end, size, top, address } = paging;
  const [at, step] = counts === 'records' ? ['skip', size] : ['page', 1];
  return lines(
    `# ${plan.title}, page by page: each page is printed on lines of its own.`,
    `# The key comes from the environment variable ${KEY}. Needs jq, which reads the records of a page.`,
    // In a subshell, so that `exit` does not close the terminal into which this is pasted.
    '(',
    `address=${shellText(address)}`,
    'fetch() {',
    `  ${command(plan, '"$address$1"').join(' \\\n    ')}`,
    '}',
    `# ${PAGING[counts]}`,
    `${at}=${first} came=0 top=${shellText(top)}`,
    'seen=$(mktemp) && trap \'rm -f "$seen"\' EXIT || exit 1',
    `while ${end === undefined ? 'true' : `[ "$${at}" -lt ${end} ]`}; do`,
    `  response=$(fetch "$${at}$top") || { printf '%s\\n' "$response" >&2; exit 1; }`,
    `  count=$(printf '%s' "$response" | jq '.results | length') || exit 1`,
    `  errors=$(printf '%s' "$response" | jq -c '.errors // [] | select(length > 0)') || exit 1`,
    `  if [ "$count" -eq 0 ] && [ "$errors" != '' ]; then printf '%s\\n' "$errors" >&2; exit 1; fi`,
    '  if [ "$count" -eq 0 ]; then',
    `    # ${LOOK_ON}`,
    ...OTHERS(`"$((${at} + ${step}))$top"`, 4),
    `    if [ "$others" -gt 0 ]; then echo ${shellText(MORE_AFTER_EMPTY)} >&2; exit 1; fi`,
    '    break',
    '  fi',
    `  keys=$(printf '%s' "$response" | ${EXACT} | jq -r '.results | if all(.[]; has("ID")) then .[].ID | tostring else tojson end') || exit 1`,
    `  if printf '%s\\n' "$keys" | grep -Fxqf "$seen"; then echo ${shellText(CAME_AGAIN)} >&2; exit 1; fi`,
    `  printf '%s\\n' "$keys" >> "$seen"`,
    `  printf '%s\\n' "$response"`,
    '  came=$((came + count))',
    ...settle(paging),
    `  ${at}=$((${at} + ${counts === 'records' ? 'count' : step}))`,
    'done',
    ...counted(plan, paging),
    ')',
  );
}

/** The address is percent-encoded already: cURL's own encoding would write `+` for a space. */
function command({ method, body }: Plan, address: string): string[] {
  return [
    `${CALL}${method === 'GET' ? '' : ` --request ${method}`} ${address}`,
    SIGN_IN,
    ...(body === undefined
      ? []
      : ["--header 'Content-Type: application/json'", `--data-raw ${shellText(body)}`]),
  ];
}
