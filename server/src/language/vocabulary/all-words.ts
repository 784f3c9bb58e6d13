/** How people say “all fields”, and “but” behind it. Each is tried on a few words with single spaces between them. */
const ALL =
  /^(?:\*|all|everything|all (?:the )?(?:fields|columns)|(?:every|each) (?:field|column)|\*\.\*|\w+\.\*)$/i;
const EXCEPT =
  /^(?:but|except|excluding|exclude|without|minus|not|omit|except for|apart from|other than|but not|and not)$/i;

/** The most words of one of them. */
export const MAX_ALL_WORDS = 3;

export const meansAll = (words: string): boolean => ALL.test(words);
export const meansExcept = (words: string): boolean => EXCEPT.test(words);
