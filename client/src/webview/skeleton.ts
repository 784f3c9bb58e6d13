/** What all pages of the extension have in common: their policy, styles and script. */

/** The pages, and the scripts in `dist/webview/` that each loads, in order. The build makes one of each script with styles beside it. */
export const PAGE_SCRIPTS = {
  results: ['re2.js', 'results.js'],
  changes: ['changes.js'],
  importing: ['importing.js'],
  builder: ['builder.js'],
} as const satisfies Record<string, readonly string[]>;

export type PageName = keyof typeof PAGE_SCRIPTS;

/** The files of a page’s styles: what all pages share, and its own. */
export const stylesOf = (name: PageName): readonly string[] => ['page.css', `${name}.css`];

export interface PageParts {
  /** A random value, different for each page. */
  readonly nonce: string;
  /** The addresses of `PAGE_SCRIPTS`, and of the styles of the page. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** Where styles may come from: `webview.cspSource`. */
  readonly cspSource: string;
}

/** `body` is markup of our own, without data. */
export const pageOf = (
  { nonce, scripts, styles, cspSource }: PageParts,
  title: string,
  body: string,
): string =>
  // Sizes and positions are set through the DOM, which needs no 'unsafe-inline'.
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'; font-src ${cspSource}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.map((each) => `<link rel="stylesheet" href="${each}">`).join('\n')}
<title>${title}</title>
</head>
<body>
${body}
<div id="announcement" class="hidden-text" aria-live="polite"></div>
${scripts.map((script) => `<script nonce="${nonce}" src="${script}"></script>`).join('\n')}
</body>
</html>`;
