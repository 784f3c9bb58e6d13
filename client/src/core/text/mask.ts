/** Removes secrets from any text that a log or a message may hold. */

const BEARER = /\b(Bearer)\s+[^\s"',;]+/gi;
const NAME = /(?:password|access_token|refresh_token|api[_-]?key|apikey|client_secret)\\?["']?/.source;
// `\\?`: JSON inside a JSON string.
const QUOTED = /\\"(?:[^"\\]|\\[^"])*\\"|"(?:[^"\\]|\\.)*"|'[^']*'/.source;
/** Up to where the value ends; not what is masked already, nor the prompt of `@name = ?Prompt`. */
const plain = (placeholders: string): string =>
  `(?!(?:${placeholders})(?:[\\s&"',;.)}\\]]|$)|(?<=@[\\w.-]*\\s*=\\s*)\\?)[^\\s&"',;]+`;

/** In foreign text, whatever follows the name of a secret is one. */
const FOREIGN = new RegExp(
  `(${NAME}\\s*[=:]\\s*)(?!(["'])\\*{3}\\2)(?:${QUOTED}|${plain('\\*{3}|…')})`,
  'gi',
);

/** In a sentence, words may follow a name and a colon; and what stands for a value in advice is none. */
const SENTENCE = new RegExp(
  `(${NAME}(?:\\s*[=:]\\s*(?=${QUOTED})|\\s*=\\s*|:(?=\\S)))(?:${QUOTED}|${plain('\\*{3}|…|value')})`,
  'gi',
);

interface Hidden {
  /** All spellings: each text that is shown is searched for them. */
  readonly forms: ReadonlySet<string>;
  /** How many want it hidden. */
  holders: number;
}

/** What `hide` was told. */
const hidden = new Map<string, Hidden>();

/** Keeps a secret out of all texts that are masked from now on, however it got into them. */
export const hide = (secret: string): void => hold(secret.trim(), Infinity);

function hold(secret: string, holders: number): void {
  const known = hidden.get(secret);
  if (known === undefined) hidden.set(secret, { forms: formsOf(secret), holders });
  else known.holders += holders;
}

/**
 * Secrets that are hidden until their texts are out: what somebody types on the way to one is no secret afterwards, and
 * would blank out ordinary words for as long as the program runs.
 */
export class HiddenForNow {
  readonly #secrets = new Set<string>();

  readonly hide = (secret: string): void => {
    const trimmed = secret.trim();
    if (this.#secrets.has(trimmed)) return;
    this.#secrets.add(trimmed);
    hold(trimmed, 1);
  };

  /** To be called when all texts that may hold them were masked. What others want hidden stays so. */
  end(): void {
    for (const secret of this.#secrets) {
      const known = hidden.get(secret);
      if (known !== undefined && --known.holders <= 0) hidden.delete(secret);
    }
    this.#secrets.clear();
  }
}

/** A secret that a text may hold by chance, as a part of a word or of a number. */
const isShort = (secret: string): boolean => secret.length < 4 || /^\d{1,7}$/.test(secret);

/**
 * Hides `secrets`, and those that `hide` was told, wherever they appear: plain, in an address, a form or JSON; and whatever else looks like a secret.
 * Of two or three characters, or up to seven digits, a secret is hidden where it is a word of its own, as it would blank
 * out parts of ordinary words and numbers; a single character is not searched for. Never throws.
 */
export const mask = (text: string, secrets: readonly string[] = []): string =>
  withoutHidden(text, secrets).replace(BEARER, '$1 ***').replace(FOREIGN, '$1***');

/** Does the same with a sentence of APQ's own, whose advice (`@password = ?password`, `--var password=VALUE`) stays. */
export const maskSentence = (text: string): string =>
  withoutHidden(text).replace(BEARER, '$1 ***').replace(SENTENCE, '$1***');

/** Does the same with known secrets alone: for a text that is kept, in which nothing else may change. */
export function withoutHidden(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of [...hidden.keys(), ...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < 2) continue;
    for (const form of hidden.get(secret)?.forms ?? formsOf(secret))
      result = isShort(secret) ? withoutWord(result, form) : result.replaceAll(form, '***');
  }
  return result;
}

/** `%27abc%27`: what is percent-encoded beside a word is no part of it. */
const ENDS_BEFORE = /(?:^|[^\p{L}\p{N}]|%[\da-f]{2})$/iu;
const STARTS_BEHIND = /^(?:$|[^\p{L}\p{N}])/u;

function withoutWord(text: string, word: string): string {
  const parts = text.split(word);
  return parts.reduce((before, behind, index) => {
    const isWord = ENDS_BEFORE.test((parts[index - 1] ?? '').slice(-3)) && STARTS_BEHIND.test(behind);
    return `${before}${isWord ? '***' : word}${behind}`;
  });
}

/** How much is read beyond the cut, where a secret would else stay half readable (a token may be long). */
const BEYOND = 16_384;

/** Returns the beginning of a text, masked before it is cut. */
export const maskedStart = (text: string, length: number, secrets: readonly string[] = []): string =>
  mask(text.slice(0, length + BEYOND), secrets).slice(0, length);

/** Returns all spellings in which a secret leaves this program, or comes back quoted. */
function formsOf(secret: string): ReadonlySet<string> {
  // In a filter and in SQL, a quote is doubled.
  const spellings = [secret.replaceAll("'", "''"), secret];
  return new Set(
    spellings.flatMap((each) => [
      each,
      formEncoded(each),
      percentEncoded(each),
      inAddress(each),
      inAddress(each).replaceAll("'", '%27'),
      JSON.stringify(each).slice(1, -1),
    ]),
  );
}

/** As `pathOf` writes a value of a query, in which some characters stay bare. */
const inAddress = (text: string): string =>
  percentEncoded(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%24', '$');

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
