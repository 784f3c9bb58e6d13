/** cURL for a POSIX shell. */
import { REPEATED_PAGE } from '../../running/extent';
import { shellText } from './literals';
import { type Generator, KEY, lines, PAGING, type Plan, planOf } from './plan';

const CALL = 'curl --silent --show-error --fail-with-body';
// The shell ends with this message where there is no key.
const SIGN_IN = `--header "Authorization: Bearer \${${KEY}:?Set ${KEY} to your API key first}"`;

export const curl: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  const { paging } = plan;
  if (paging === undefined)
    return lines(
      `# ${plan.title}. The key comes from the environment variable ${KEY}.`,
      command(plan, shellText(plan.url)).join(' \\\n  '),
    );
  const condition = paging.most === 'all' ? 'true' : `[ "$page" -lt ${paging.first + paging.most} ]`;
  return lines(
    `# ${plan.title}, page by page: each page is printed on lines of its own.`,
    `# The key comes from the environment variable ${KEY}. Needs jq, which counts the records of a page.`,
    // In a subshell, so that `exit` does not close the terminal into which this is pasted.
    '(',
    `address=${shellText(`${plan.url}${plan.query.length === 0 ? '?' : '&'}$skip=`)}`,
    `# ${PAGING}`,
    `page=${paging.first}`,
    'before=',
    'most=0 # records on the page before',
    `while ${condition}; do`,
    `  response=$(${command(plan, '"$address$page"').join(' \\\n    ')}) || { printf '%s\\n' "$response" >&2; exit 1; }`,
    `  results=$(printf '%s' "$response" | jq -c .results) && count=$(printf '%s' "$results" | jq length) || exit 1`,
    `  if [ "$results" = "$before" ] && [ "$count" -gt 0 ]; then echo ${shellText(REPEATED_PAGE)} >&2; break; fi`,
    `  printf '%s\\n' "$response"`,
    '  [ "$count" -gt 0 ] && [ "$count" -ge "$most" ] || break',
    '  before=$results most=$count page=$((page + 1))',
    'done',
    ')',
  );
};

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
