/** Names of files that are suggested for a result. */

/** Returns a name made of a title, without characters that file systems refuse; `result.csv` where nothing is left. */
export const fileNameOf = (title: string, extension: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
      .replace(/ +/g, ' ')
      .trim() || 'result'
  }.${extension}`;
