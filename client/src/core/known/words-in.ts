/** The words of a text, as names of people are looked for in it. */

export interface Word {
  /** As written. */
  readonly text: string;
  /** In small letters, without accents: `Siobhán’s` → siobhan. */
  readonly plain: string;
}

/** `Jane Smith – First aid`: four words. Hyphens and full stops divide words. */
export const wordsIn = (text: string): Word[] =>
  text
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .map((part) => part.replace(/^['’]+|['’]+$/g, ''))
    .filter((part) => part !== '')
    .map((part) => ({ text: part, plain: plainWord(part) }));

const plainWord = (part: string): string =>
  part.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/'s$/, '');
