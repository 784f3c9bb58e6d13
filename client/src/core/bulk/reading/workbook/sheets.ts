/** What is in a workbook: its sheets, and the names of the parts that they need. */
import { posix } from 'node:path';
import { TableError } from '../table-error';
import type { Package } from './package';
import { attribute, isTrue, readXml } from './xml';

export interface Sheet {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

export interface Contents {
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
}

/** Throws a `TableError` for a zip that is no .xlsx. */
export async function contentsOf(parts: Package): Promise<Contents> {
  const main = (await relationsOf(parts, '')).find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || !parts.has(main)) throw foreign(parts);
  if (main.endsWith('.bin'))
    throw new TableError(
      'This is a binary workbook (.xlsb), which can’t be read. Save it as .xlsx, and choose that.',
    );
  const relations = await relationsOf(parts, main);
  const found: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  await readXml(parts.text(main, 'part'), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      found.push({ name: attributes['name'] ?? '', id: attribute(attributes, 'id') ?? '', hidden });
    },
  });
  const sheets = found.flatMap(({ name, id, hidden }): Sheet[] => {
    const relation = relations.find((each) => each.id === id);
    return relation?.type === 'worksheet' ? [{ name, hidden, part: relation.target }] : [];
  });
  if (sheets.length === 0) throw foreign(parts);
  return {
    sheets,
    date1904,
    sharedStrings: relations.find(({ type }) => type === 'sharedStrings')?.target,
    styles: relations.find(({ type }) => type === 'styles')?.target,
  };
}

function foreign(parts: Package): TableError {
  const kind = parts.has('content.xml') ? 'an OpenDocument file' : 'a zip file';
  return new TableError(
    `This is ${kind}, not an .xlsx workbook. Open it, save its table as .xlsx, and choose that.`,
  );
}

interface Relation {
  readonly id: string;
  /** The end of its address: `worksheet`. */
  readonly type: string;
  readonly target: string;
}

/** @param part '' for those of the whole package. */
async function relationsOf(parts: Package, part: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  const folder = posix.dirname(part);
  await readXml(parts.text(posix.join(folder, '_rels', `${posix.basename(part)}.rels`), 'part'), {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return;
      relations.push({
        id,
        type: type.slice(type.lastIndexOf('/') + 1),
        target: posix.resolve('/', folder, target),
      });
    },
  });
  return relations;
}
