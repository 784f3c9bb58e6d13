/** The sheet *About* of a workbook: where its records come from. */
import { addressOf, colXml, rowXml, SHEET_HEAD, textCellXml, type Writing } from './sheet';
import { STYLE } from './styles';

/** Where records come from, in words. No secrets: the caller masks them. */
export interface About {
  /** The text of the request, or the statement; undefined where it is no longer known. */
  readonly query?: string;
  /** What was called; undefined where nothing was, as for a SQL request. */
  readonly address?: string;
  readonly platform?: string;
  readonly connection?: string;
  /** When, in words. */
  readonly fetched?: string;
  /** How many records there are, and whether these are all. */
  readonly records: string;
  readonly notes: readonly string[];
}

/** A day and a time where the reader is, with its distance to UTC. */
export function whenOf(time: Date): string {
  const offset = -time.getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, '0');
  const local = new Date(time.getTime() + offset * 60_000).toISOString();
  const zone = `${offset < 0 ? '−' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 16)} (UTC${zone})`;
}

const LABEL_WIDTH = 14;
const TEXT_WIDTH = 80;

const ROWS: readonly (readonly [label: string, text: (about: About) => string | undefined])[] = [
  ['Records', ({ records }) => records],
  ['Fetched', ({ fetched }) => fetched],
  ['Connection', ({ connection }) => connection],
  ['Platform', ({ platform }) => platform],
  ['Query', ({ query }) => query],
  ['Address', ({ address }) => address],
  ['Notes', ({ notes }) => notes.join('\n')],
];

/** A column for each sheet, with the rows of which one knows something. */
export function* aboutXml(
  sheets: readonly { readonly name: string; readonly about: About }[],
  writing: Writing,
): Generator<string> {
  const widths = sheets.map((_, at) => colXml(at + 1, TEXT_WIDTH));
  yield `${SHEET_HEAD}<sheetViews><sheetView workbookViewId="0"/></sheetViews><cols>${colXml(0, LABEL_WIDTH)}${widths.join('')}</cols><sheetData>`;
  const rows = [
    ['Sheet', ...sheets.map(({ name }) => name)],
    ...ROWS.map(([label, text]) => [label, ...sheets.map(({ about }) => text(about) ?? '')]),
  ].filter(([, ...texts]) => texts.some((text) => text !== ''));
  for (const [index, texts] of rows.entries())
    yield rowXml(
      index + 1,
      texts.map((text, at) =>
        textCellXml(
          addressOf(at, index + 1),
          text,
          at === 0 || index === 0 ? STYLE.head : STYLE.wrapped,
          writing,
        ),
      ),
    );
  yield '</sheetData></worksheet>';
}
