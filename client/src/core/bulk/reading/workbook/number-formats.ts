/** What the number formats of a workbook make of a number: a date, a time, digits with leading zeros. */
import type { Package } from './package';
import { readXml } from './xml';

/** `duration`: hours that go on beyond 24. `zeros`: how many digits are shown at least. */
export type Shown =
  | { readonly as: 'number' | 'date' | 'time' | 'duration' }
  | { readonly as: 'zeros'; readonly digits: number };

const NUMBER: Shown = { as: 'number' };

/** Those that have a number only; the formats of other ones stand in the workbook. */
function builtIn(id: number): Shown {
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return { as: 'time' };
  if (id === 46) return { as: 'duration' };
  // 27 to 36 and 50 to 58 are dates of East Asian versions.
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { as: 'date' };
  return NUMBER;
}

/** Returns how numbers are shown, by the number of their style. */
export async function numberFormats(parts: Package, part: string | undefined): Promise<Shown[]> {
  const custom = new Map<number, Shown>();
  const styles: Shown[] = [];
  if (part === undefined) return styles;
  let inCells = false;
  await readXml(parts.text(part, 'part'), {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') custom.set(id, shownBy(attributes['formatCode'] ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) styles.push(custom.get(id) ?? builtIn(id));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** @param code `dd/mm/yyyy;@`. */
export function shownBy(code: string): Shown {
  // Texts, escaped and padding characters, colours and languages say nothing; `[h]` does.
  const plain = code
    .replace(/"[^"]*"|\\.|_.|\*./gs, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/i, '');
  const [first = ''] = plain.split(';');
  if (/\[[hms]+\]/i.test(first)) return { as: 'duration' };
  const letters = first.toLowerCase().replace(/am\/pm|a\/p/g, 'h');
  // A single m is a month, beside hours or seconds minutes.
  const isTime = /[hs]/.test(letters);
  if (/[yd]/.test(letters) || (!isTime && letters.includes('m'))) return { as: 'date' };
  if (isTime) return { as: 'time' };
  return /^0{2,}$/.test(first) ? { as: 'zeros', digits: first.length } : NUMBER;
}
