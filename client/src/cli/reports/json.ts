/** Findings as one list in JSON, with the positions of LSP: zero-based, in UTF-16 units. */
import { harmlessJson } from '#core/text/foreign-text';
import { type Report, separator } from './report';

export function jsonReport(): Report {
  const comma = separator(',');
  let empty = true;
  return {
    begin: '[',
    file: ({ name: file, lines, findings }) =>
      findings
        .map(({ code, severity, message, offset, length }) => {
          empty = false;
          const range = { start: lines.positionAt(offset), end: lines.positionAt(offset + length) };
          return `${comma()}\n${indented(harmlessJson({ file, code, severity, message, range }))}`;
        })
        .join(''),
    end: () => (empty ? ']\n' : '\n]\n'),
  };
}

/** As an entry of a list stands. */
const indented = (json: string): string => json.replace(/^/gm, '  ');
