/** Evens out a CSV whose later rows have more cells than its header: all rows become as wide as the widest. */
import { type CsvOptions, CsvText } from './csv';

/** Takes text as `CsvText` writes it with the same options: a return outside quotes ends a row. */
export async function* evenRows(
  text: AsyncIterable<string>,
  columns: readonly string[],
  options: CsvOptions = {},
): AsyncGenerator<string> {
  const csv = new CsvText(options);
  yield csv.header(columns);
  let [header, quoted, cells] = [true, false, 1];
  for await (const chunk of text) {
    let even = '';
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const char = chunk[at];
      if (char === '"') quoted = !quoted;
      else if (quoted) continue;
      else if (char === ',') cells++;
      else if (char === '\r') {
        if (!header) even += chunk.slice(from, at) + `,${csv.null}`.repeat(columns.length - cells);
        from = at;
        cells = 1;
      } else if (char === '\n' && header) {
        header = false;
        from = at + 1;
      }
    }
    if (!header) yield even + chunk.slice(from);
  }
}
