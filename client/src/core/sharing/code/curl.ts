/** cURL for a POSIX shell. */
import { shellText } from './literals';
import { KEY, lines, planOf, type Generator, type Plan } from './plan';

const CALL = 'curl --silent --show-error --fail-with-body';
// The shell itself ends with this message where there is no key.
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
    // In a subshell, so that `exit` does not close the window into which this is pasted.
    '(',
    `address=${shellText(`${plan.url}${plan.query.length === 0 ? '?' : '&'}$skip=`)}`,
    `page=${paging.first} # $skip is the number of a page`,
    `while ${condition}; do`,
    `  answer=$(${command(plan, '"$address$page"').join(' \\\n    ')}) || { printf '%s\\n' "$answer" >&2; exit 1; }`,
    `  printf '%s\\n' "$answer"`,
    `  count=$(printf '%s' "$answer" | jq '.results | length') || exit 1`,
    `  [ "$count" -eq ${paging.size} ] || break # not full: the last page`,
    '  page=$((page + 1))',
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
