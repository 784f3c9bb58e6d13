/** JavaScript for Node.js 20 or later, with its own `fetch`. */
import { CAME_AGAIN, FEWER_THAN_COUNTED, MORE_AFTER_EMPTY, NOT_AS_ASKED } from '../../running/extent';
import { javascriptBlock, javascriptText } from './literals';
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

export const javascript: Generator = (request, root, options) => {
  const plan = planOf(request, root, options);
  const withQuery = plan.query.length > 0 || plan.paging !== undefined;
  return lines(
    `// ${plan.title}. Node.js 20 or later; save it as query.mjs.`,
    `// The key comes from the environment variable ${KEY}: don't write it here.`,
    `const address = ${javascriptText(plan.address)};`,
    `const key = process.env.${KEY};`,
    `if (!key) throw new Error('Set the environment variable ${KEY} to your API key first.');`,
    '',
    SEND,
    '',
    EXACT,
    '',
    withQuery && encode(plan),
    withQuery && '',
    ...queryLines(plan),
    plan.body !== undefined && `const body = ${javascriptBlock(plan.body)};\n`,
    plan.paging === undefined ? single(plan) : pages(plan.paging),
  );
};

const SEND = `/** Sends one request; returns the response's JSON, or throws with the API's own words. */
async function send(method, url, body) {
  const headers = { Authorization: \`Bearer \${key}\`, Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(\`\${response.status} \${response.statusText}: \${wordsOf(text)}\`);
  const result = text.trim() === '' ? undefined : readExactly(text);
  if (result?.errors?.length > 0 && !(result.results?.length > 0)) throw new Error(wordsOf(text));
  return result;
}

/** Returns the errors member of a refusal, and text that is not JSON unchanged. */
function wordsOf(text) {
  try {
    return JSON.stringify(JSON.parse(text).errors ?? JSON.parse(text));
  } catch {
    return text;
  }
}`;

const EXACT = `/** Reads JSON; a number of more digits than JavaScript's numbers hold becomes a text. */
function readExactly(text) {
  const exact = text.replace(/"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|-?\\d[\\d.eE+-]*/gs, (part) => {
    if (part.startsWith('"') || String(Number(part)) === part) return part;
    const digits = part.replace(/e.*|[-.]/gi, '').replace(/^0+|0+$/g, '');
    return digits.length > 15 || /e[-+]?\\d{3}/i.test(part) ? '"' + part + '"' : part;
  });
  return JSON.parse(exact);
}`;

const encode = ({ spaces }: Plan): string => `const encode = (text) =>
  encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%24', '$')${spaces === '+' ? ".replaceAll('%20', '+')" : ''};
const urlOf = (query) =>
  \`\${address}?\${Object.entries(query)
    .map(([name, value]) => \`\${encode(name)}=\${encode(value)}\`)
    .join('&')}\`;`;

const nameOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : javascriptText(name));

const queryLines = ({ query, paging }: Plan): string[] =>
  query.length === 0
    ? paging === undefined
      ? []
      : ['const query = {};\n']
    : [
        'const query = {',
        ...query.map(({ name, value }) => indent(`${nameOf(name)}: ${javascriptText(value)},`, 2)),
        '};\n',
      ];

const single = ({ method, query, body }: Plan): string =>
  `const result = await send('${method}', ${query.length === 0 ? 'address' : 'urlOf(query)'}${body === undefined ? '' : ', body'});
console.log(JSON.stringify(result ?? null, null, 2));`;

/** After the first page, where its length is not as asked for. */
function settle({ counts, first, size }: Paging): string | undefined {
  if (counts === 'records') return undefined;
  return first === 0
    ? `  // ${AS_LONG}
  if (page === 0 && results.length !== ${size}) query.$top = results.length;`
    : `  if (page === ${first} && results.length !== ${size}) {
    // ${NOTHING_AFTER}
    const others = [
      ...(await fetchPage({ ...query, $skip: ${first + 1} })),
      ...(await fetchPage({ ...query, $top: 1, $skip: ${first * size} + results.length })),
    ];
    if (results.length > ${size} || others.length > 0) throw new Error('${NOT_AS_ASKED}');
    break;
  }`;
}

const count = ({ total, offset }: Paging): string | undefined =>
  total === undefined
    ? undefined
    : `// ${COUNTED}
const counted = await send('GET', urlOf({ ...query, $top: 1, $count: true }));
if (Number(counted[${javascriptText(total)}]) > ${offset} + records.length) throw new Error('${FEWER_THAN_COUNTED}');`;

function pages(paging: Paging): string {
  const { counts, first, end, size } = paging;
  const [at, step] = counts === 'records' ? ['skip', size] : ['page', 1];
  return lines(
    `const fetchPage = async (query) => (await send('GET', urlOf(query))).results ?? [];

// ${PAGING[counts]}
const records = [];
const seen = new Set();
for (let ${at} = ${first}; ${end === undefined ? '' : `${at} < ${end}`}; ${counts === 'records' ? '' : 'page++'}) {
  const results = await fetchPage({ ...query, $skip: ${at} });
  if (results.length === 0) {
    // ${LOOK_ON}
    const others = await fetchPage({ ...query, $skip: ${at} + ${step} });
    if (others.length > 0) throw new Error('${MORE_AFTER_EMPTY}');
    break;
  }
  const known = results.every(({ ID }) => ID !== undefined);
  const keys = known ? results.map(({ ID }) => String(ID)) : [JSON.stringify(results)];
  if (keys.some((key) => seen.has(key))) throw new Error('${CAME_AGAIN}');
  for (const key of keys) seen.add(key);
  records.push(...results);`,
    settle(paging),
    counts === 'records' && '  skip += results.length;',
    '}',
    count(paging),
    'console.log(JSON.stringify(records, null, 2));',
  ).trimEnd();
}
