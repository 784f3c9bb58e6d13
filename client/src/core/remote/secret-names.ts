/** What must not get into a file. */

const ANYWHERE =
  /password|passwd|passphrase|passcode|secret|token|apikey|subscriptionkey|privatekey|accesskey|authorization|bearer|credential|cookie|sessionid/;
const LAST_WORD: ReadonlySet<string> = new Set(['key', 'auth', 'pwd', 'jwt', 'pin']);

/** True when something of that name is a secret: `x-api-key`, `accessToken`, `key`; `monkey` is none. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return ANYWHERE.test(words.join('')) || LAST_WORD.has(words.at(-1) ?? '');
}

/** Secrets that were found, so that the same text is hidden wherever else it stands. */
export class Secrets {
  readonly #found = new Set<string>();

  /** Short ones are ordinary words: hiding them would spoil the text. What stands for a value is no secret. */
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
