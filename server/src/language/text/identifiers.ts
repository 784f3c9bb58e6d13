/** True for a name of a variable or a request: letters, digits, `_` and `-`, beginning with a letter or `_`. */
export const isIdentifier = (text: string): boolean => /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(text);
