/** Where a text stops being JSON. Iterative, as the text may be long and deeply nested. */

/** A token but a string. */
const TOKEN = /(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])|[{}[\],:]/y;
/** A number or a word that was cut off. */
const CUT = /^(?:-?\d*\.?\d*(?:[eE][+-]?\d*)?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/;
const BLANK = /[ \t\r\n]*/y;
const STRING_STOP = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CUT_ESCAPE = /^\\(?:u[0-9a-fA-F]{0,3})?$/;

/** What may come next: a value, a name, or what stands behind one of them. */
type Expected = 'value' | 'first-value' | 'first-name' | 'name' | 'colon' | 'end';

/** Returns the offset of the first character that is no JSON; undefined where the text is whole, or only cut off. */
export function faultIn(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = endOf(BLANK, text, 0) ?? 0; at < text.length; at = endOf(BLANK, text, at) ?? at) {
    const isString = text[at] === '"';
    const end = isString ? stringEnd(text, at) : endOf(TOKEN, text, at);
    const sign = !isString && end === at + 1 && /[{}[\],:]/.test(text[at] ?? '') ? (text[at] ?? '') : '';
    const next: Expected | undefined =
      sign === '' ? afterValue(expected, isString) : afterSign(expected, sign, open);
    if (end === undefined || typeof end === 'object') {
      const isCut = typeof end === 'object' ? end.fault === undefined : CUT.test(text.slice(at, at + 400));
      return next !== undefined && isCut ? undefined : ((typeof end === 'object' ? end.fault : at) ?? at);
    }
    if (next === undefined) return at;
    expected = next;
    at = end;
  }
  return undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Returns where a string ends; where it does not end, the place of its fault, if it has one. */
function stringEnd(text: string, start: number): number | { readonly fault?: number } {
  for (let at = start + 1; ;) {
    STRING_STOP.lastIndex = at;
    const stop = STRING_STOP.exec(text);
    if (stop === null) return {};
    if (stop[0] === '"') return stop.index + 1;
    const end = endOf(ESCAPE, text, stop.index);
    if (end === undefined)
      return CUT_ESCAPE.test(text.slice(stop.index, stop.index + 7)) ? {} : { fault: stop.index };
    at = end;
  }
}

function afterValue(expected: Expected, isString: boolean): Expected | undefined {
  if (expected === 'value' || expected === 'first-value') return 'end';
  return isString && (expected === 'name' || expected === 'first-name') ? 'colon' : undefined;
}

function afterSign(expected: Expected, sign: string, open: string[]): Expected | undefined {
  const within = open.at(-1);
  if (sign === '{' || sign === '[') {
    if (expected !== 'value' && expected !== 'first-value') return undefined;
    open.push(sign);
    return sign === '{' ? 'first-name' : 'first-value';
  }
  if (sign === ':') return expected === 'colon' ? 'value' : undefined;
  if (sign === ',') {
    if (expected !== 'end' || within === undefined) return undefined;
    return within === '{' ? 'name' : 'value';
  }
  const empty = sign === '}' ? 'first-name' : 'first-value';
  if (within !== (sign === '}' ? '{' : '[') || (expected !== 'end' && expected !== empty)) return undefined;
  open.pop();
  return 'end';
}
