/** The kinds of words that semantic tokens tell apart, by their names in LSP. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
  'property',
  'parameter',
  'operator',
  'function',
  'string',
  'number',
  'variable',
  'decorator',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
