/** Indented JSON with each digit and member as it arrived: parsing and rewriting it would lose some. */

/** `json` is valid. */
export function indented(json: string): string {
  let [result, depth] = ['', 0];
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '{' || token === '[') {
      depth++;
      result += token + line();
    } else if (token === '}' || token === ']') {
      depth--;
      result += line() + token;
    } else if (token === ',') result += token + line();
    else if (token === ':') result += ': ';
    else result += /^[{[]/.test(token) ? token.replace(/\s+/g, '') : token;
  }
  return result;
}
