/** Secrets out of any text that a log or a message may carry. */

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 ***'],
  [
    /((?:password|access_token|refresh_token|api[_-]?key|apikey|client_secret)["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s&"',;]+)/gi,
    '$1***',
  ],
];

/** `secrets` are hidden wherever they stand, plain or percent-encoded; what looks like a secret is hidden, too. */
export function mask(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < 4) continue;
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]))
      result = result.replaceAll(form, '***');
  }
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}
