/** Which names are those of secrets, which belong neither in a file nor in an address. */

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
