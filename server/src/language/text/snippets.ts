/** Texts as parts of a snippet, as LSP and VS Code read it. */

/** As text, in which nothing is a place for the cursor. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A place with a number where one of some texts is chosen; the first stands there until then. */
export const snippetChoice = (number: number, texts: readonly string[]): string =>
  `\${${number}|${texts.map((text) => text.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`;
