/** A SQL request that was run, as a file that runs it again: its tables, itself, and the variables that they use. */
import { isSecretName, type RequestInfo } from '#language';
import type { PreparedSql } from '../running/prepare';
import { type QueryFile, structure } from '../running/query-file';

/** As it is written: values that it asks for are asked for again. A secret stays out. */
export function sqlAsQuery({ file, request }: Pick<PreparedSql, 'file' | 'request'>): string {
  const requests = [...structure.dependencies(file.parsed, request), request];
  const texts = requests.map((each) => textOf(file, each));
  const lines = variablesIn(file, texts.join('\n'));
  return `${[...(lines.length === 0 ? [] : [lines.join('\n')]), ...texts].join('\n\n')}\n`;
}

function textOf({ parsed }: QueryFile, { span, title, index }: RequestInfo): string {
  const text = parsed.text.slice(span.offset, span.offset + span.length).trim();
  // The first request of a file needs no title.
  return text.startsWith('###') ? text : `### ${title || `Request ${index + 1}`}\n${text}`;
}

const DECLARATION = /^[ \t]*@([\p{L}_][\p{L}\p{N}_.-]*)[ \t]*=.*$/gmu;

/** The lines that declare what the text uses, directly or through another variable. */
function variablesIn({ parsed }: QueryFile, text: string): string[] {
  const found = new Map<string, string>();
  const all = [...parsed.text.matchAll(DECLARATION)].map(([line, name = '']) => ({ line, name }));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    const used = [text, ...found.values()].join('\n');
    for (const { line, name } of all)
      if (!found.has(name) && used.includes(`{{${name}`) && !text.includes(line))
        found.set(name, isSecretName(name) ? `@${name} = ?${name}` : line.trim());
  }
  return [...found.values()];
}
