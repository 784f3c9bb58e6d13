/** Removes secrets from any text that a log or a message may hold. */

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer)\s+[^\s"',;]+/gi, '$1 ***'],
  [
    // `\\?`: JSON inside a JSON string. What is masked already ends where it did.
    /((?:password|access_token|refresh_token|api[_-]?key|apikey|client_secret)\\?["']?\s*[=:]\s*)(\\"(?:[^"\\]|\\[^"])*\\"|"(?:[^"\\]|\\.)*"|'[^']*'|(?!\*{3}[\s&"',;}\])]|\*{3}$)[^\s&"',;]+)/gi,
    '$1***',
  ],
];

/** What `hide` was told, with all spellings: each text that is shown is searched for them. */
const hidden = new Map<string, ReadonlySet<string>>();

/** Keeps a secret out of all texts that are masked from now on, however it got into them. */
export function hide(secret: string): void {
  const trimmed = secret.trim();
  if (!hidden.has(trimmed)) hidden.set(trimmed, formsOf(trimmed));
}

/**
 * Hides `secrets`, and those that `hide` was told, wherever they appear: plain, in an address, a form or JSON; and whatever else looks like a secret.
 * Secrets shorter than four characters are not searched for: they would blank out ordinary text. Never throws.
 */
export function mask(text: string, secrets: readonly string[] = []): string {
  let result = withoutHidden(text, secrets);
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}

/** Does the same with known secrets alone: for a text that is kept, in which nothing else may change. */
export function withoutHidden(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of [...hidden.keys(), ...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < 4) continue;
    for (const form of hidden.get(secret) ?? formsOf(secret)) result = result.replaceAll(form, '***');
  }
  return result;
}

/** How much is read beyond the cut, where a secret would else stay half readable (a token may be long). */
const BEYOND = 16_384;

/** Returns the beginning of a text, masked before it is cut. */
export const maskedStart = (text: string, length: number, secrets: readonly string[] = []): string =>
  mask(text.slice(0, length + BEYOND), secrets).slice(0, length);

/** Returns all spellings in which a secret leaves this program, or comes back quoted. */
function formsOf(secret: string): ReadonlySet<string> {
  const form = formEncoded(secret);
  return new Set([secret, form, percentEncoded(secret), JSON.stringify(secret).slice(1, -1)]);
}

/** Half of a surrogate pair can't be percent-encoded and so was never sent that way. */
function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As in `application/x-www-form-urlencoded`. The web view includes this file, so it uses nothing of Node. */
const formEncoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
