/** JSON bodies are sent without comments and white space, otherwise as written (numbers keep their digits). */

const TOKEN = /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|[{}[\]:,]|[^\s{}[\]:,"/]+|./g;

/**
 * The JSON without comments and white space. `rename` maps the names of the outermost object's members to the canonical
 * spelling of their fields.
 */
export function minifyJson(json: string, rename: (name: string) => string = (name) => name): string {
  const tokens = (json.match(TOKEN) ?? []).filter((token) => !/^(?:\/\/|\/\*|\s)/.test(token));
  let depth = 0;
  return tokens
    .map((token, index) => {
      if (token === '{' || token === '[') depth++;
      if (token === '}' || token === ']') depth--;
      if (depth !== 1 || !token.startsWith('"') || tokens[index + 1] !== ':') return token;
      const name: unknown = tryParse(token);
      return typeof name === 'string' ? JSON.stringify(rename(name)) : token;
    })
    .join('');
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A variable's text for the inside of a JSON string, without the quotes around it. */
export const escapeInJson = (text: string): string => JSON.stringify(text).slice(1, -1);
