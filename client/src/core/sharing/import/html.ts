/** A command as the source of a web page has it: `<code>curl … &amp;$top=5</code>`. */

const TAG = /<\/?(?:code|pre|p|br|div|span|kbd|samp|tt|li|td|a|b|em|strong)(?:\s[^<>]*)?\/?>/gi;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['#x27', "'"],
  ['#34', '"'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
]);

/** In quotes, the same signs may be text that is sent. */
const isPage = (text: string): boolean =>
  /^\s*<(?:code|pre|p|div|span|li|td)\b/i.test(text) ||
  /<(?:code|pre)\b[^<>]*>\s*(?:[$>]\s*)?curl/i.test(text) ||
  /https?:\/\/[^\s'"]*&amp;/i.test(text) ||
  (!/['"]/.test(text) && /&(?:quot|apos|#39|#x27|#34);/i.test(text));

/** Returns the text of the page; undefined where the text is no source of one. */
export function textOfPage(text: string): string | undefined {
  if (!isPage(text)) return undefined;
  return text
    .replace(TAG, (tag) => (/^<(?:br|\/p|\/div|\/pre|\/li)/i.test(tag) ? '\n' : ''))
    .replace(/&(#?\w{2,6});/g, (whole, name: string) => ENTITIES.get(name.toLowerCase()) ?? whole);
}
