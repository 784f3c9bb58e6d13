/** Which texts are secrets, which must not get into a file. */

export { isSecretName } from '#language';

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
