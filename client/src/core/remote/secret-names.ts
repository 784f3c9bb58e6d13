/** Which names and texts are secrets, which must not get into a file. */

const ANYWHERE =
  /password|passwd|passphrase|passcode|secret|token|apikey|subscriptionkey|privatekey|accesskey|authorization|bearer|credential|cookie|sessionid/;
const LAST_WORD: ReadonlySet<string> = new Set(['key', 'auth', 'pwd', 'jwt', 'pin']);

/** True when something of that name is a secret: `x-api-key`, `accessToken`, `key`, but not `monkey`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return ANYWHERE.test(words.join('')) || LAST_WORD.has(words.at(-1) ?? '');
}

/** Secrets that were found, so that they can be hidden wherever else they appear. */
export class Secrets {
  readonly #found = new Set<string>();

  /** Leaves out short texts, as hiding ordinary words would spoil the text, and placeholders of a value. */
  add(text: string): void {
    const plain = text.replace(/^(?:Bearer|Basic|Token)\s+/i, '').trim();
    if (plain.length >= 8 && !/[${%]/.test(plain[0] ?? '')) this.#found.add(plain);
  }

  hide(text: string): string {
    return [...this.#found]
      .sort((a, b) => b.length - a.length)
      .reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
  }
}
