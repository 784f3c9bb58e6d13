/** The looks of cells: a row for each, and the part of the workbook that holds them. */

/** The most decimals that a column shows. */
export const MAX_PLACES = 10;

/** Formats that Excel has built in, by their numbers there: those of dates and times are the reader’s own. */
const BUILT_IN = { general: 0, whole: 1, date: 14, time: 20, seconds: 21, moment: 22 } as const;
/** The first number that is free. */
const FIRST_OWN = 164;

type Look = { readonly format: number; readonly head?: boolean; readonly wrap?: boolean };

const PLACES = Array.from({ length: MAX_PLACES - 1 }, (_, index) => index + 2);

const LOOKS = {
  general: { format: BUILT_IN.general },
  head: { format: BUILT_IN.general, head: true },
  wrapped: { format: BUILT_IN.general, wrap: true },
  whole: { format: BUILT_IN.whole },
  date: { format: BUILT_IN.date },
  moment: { format: BUILT_IN.moment },
  time: { format: BUILT_IN.time },
  seconds: { format: BUILT_IN.seconds },
} as const satisfies Readonly<Record<string, Look>>;

type StyleName = keyof typeof LOOKS;

/** The number of a look, as cells name it. */
export const STYLE = Object.fromEntries(
  Object.keys(LOOKS).map((name, index) => [name, index]),
  // The entries are those of the table above.
) as Readonly<Record<StyleName, number>>;

/** The number of the look with so many decimals, from 2 to `MAX_PLACES`. */
export const decimalStyle = (places: number): number => Object.keys(LOOKS).length + places - 2;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function stylesXml(): string {
  const looks: readonly Look[] = [
    ...Object.values(LOOKS),
    ...PLACES.map((places) => ({ format: FIRST_OWN + places })),
  ];
  const formats = PLACES.map(
    (places) => `<numFmt numFmtId="${FIRST_OWN + places}" formatCode="0.${'0'.repeat(places)}"/>`,
  );
  return `${XML}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF7"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${looks.length}">${looks.map(xfOf).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function xfOf({ format, head = false, wrap = false }: Look): string {
  const look = `numFmtId="${format}" fontId="${head ? 1 : 0}" fillId="${head ? 2 : 0}" borderId="0" xfId="0"${format === 0 ? '' : ' applyNumberFormat="1"'}${head ? ' applyFont="1" applyFill="1"' : ''}`;
  return wrap
    ? `<xf ${look} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`
    : `<xf ${look}/>`;
}
