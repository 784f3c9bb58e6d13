/** What all pages of the extension have in common: their policy, styles and script. */

export interface PageParts {
  /** A random value, different for each page. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Where styles may come from: `webview.cspSource`. */
  readonly cspSource: string;
}

/** `body` is markup of our own, without data. */
export const pageOf = ({ nonce, script, style, cspSource }: PageParts, title: string, body: string): string =>
  // Sizes and positions are set through the DOM, which needs no 'unsafe-inline'.
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'; font-src ${cspSource}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
${body}
<div id="announcement" class="hidden-text" aria-live="polite"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
