/** Figures that people ask of a field, as in `SUM(Cost)`, with the function of SQL that finds them. */
const FIGURES: ReadonlyMap<string, string> = new Map([
  ...['count', 'counta', 'countif', 'number'].map((word) => [word, 'count'] as const),
  ...['sum', 'total', 'add', 'sumif'].map((word) => [word, 'sum'] as const),
  ...['avg', 'average', 'mean'].map((word) => [word, 'avg'] as const),
  ...['min', 'minimum', 'least', 'lowest', 'earliest', 'first'].map((word) => [word, 'min'] as const),
  ...['max', 'maximum', 'most', 'highest', 'latest', 'last'].map((word) => [word, 'max'] as const),
]);

/** `count`, `sum`, `avg`, `min` or `max`; undefined for another function. */
export const figureOf = (word: string): string | undefined => FIGURES.get(word.toLowerCase());

/** `number of records`, which is no field but a figure. */
export const isRecordCount = (words: string): boolean =>
  /^(?:how many(?: \w+)?|(?:number|count|total) of (?:all )?(?:records|rows|entries|results)|(?:record|row) count)$/i.test(
    words,
  );
