/**
 * The people whom answers named, whatever they are called: by them a name is recognised where it stands as a value of
 * another field. In memory only, never on the disk.
 */
import { type Listed, ownWords, wholeName } from './names-of-people';
import { isOrdinary } from './ordinary-words';

/** So many words, pairs and texts are remembered, each. */
const MOST = 50_000;
/** No name is as long. */
const LONGEST = 200;
/** More words are those of several people. */
const MOST_WORDS = 6;

export class People {
  readonly #texts = new Set<string>();
  readonly #words = new Set<string>();
  /** Whole names of two words or more, as half of one may be a plain word. */
  readonly #names = new Set<string>();
  /** Two words of one person’s name, in the order of the alphabet. */
  readonly #pairs = new Set<string>();

  /** Takes the name of one person; of several, if signs divide them. */
  meet(name: string): void {
    if (this.#texts.has(name) || this.#texts.size >= MOST || name.length > LONGEST) return;
    this.#texts.add(name);
    const words = ownWords(name);
    if (words.length > MOST_WORDS) {
      const each = name.split(/[,;|&\n]/);
      if (each.length > 1) for (const one of each) this.meet(one);
      return;
    }
    if (words.length > 0) this.#names.add(wholeName(name));
    for (const [index, word] of words.entries()) {
      this.#words.add(word);
      for (const other of words.slice(index + 1)) {
        this.#pairs.add(pairOf(word, other));
        // Where no spaces divide them, a name may be written with or without one.
        if (isUncased(word) && isUncased(other)) this.#words.add(word + other).add(other + word);
      }
    }
  }

  /** Takes those whom another answer named; returns those who are new. */
  add(others: People): People {
    const news = new People();
    for (const text of others.#texts) if (!this.#texts.has(text)) news.meet(text);
    for (const text of news.#texts) this.meet(text);
    return news;
  }

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  /**
   * Whether a value names one of them. In a field that may hold anything, one word of a name is enough; in others, words
   * that stand for something else are none, and of a firm’s name one word may be anybody’s.
   */
  areIn(value: string, sort: Listed): boolean {
    if (this.isEmpty) return false;
    const whole = wholeName(value);
    if (whole.includes(' ') && this.#names.has(whole)) return true;
    const words = ownWords(value);
    if (sort === 'unknown') return words.some((word) => this.#words.has(word));
    if (
      words.some((word, index) =>
        words.slice(index + 1).some((other) => this.#pairs.has(pairOf(word, other))),
      )
    )
      return true;
    const own = words.filter((word) => !isOrdinary(word));
    if (sort === 'companies' && /\S\s+\S/.test(value)) return false;
    return own.length > 0 && own.every((word) => this.#words.has(word));
  }
}

const pairOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

const isUncased = (word: string): boolean => /^\p{Lo}+$/u.test(word);
