/** One-line helpers for language tests: a text with a cursor, or a text with annotations. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  type ApqDocument,
  type CompletionItem,
  type Diagnostic,
  LanguageService,
  type Metadata,
} from '#language';
import { metadata, NOW } from './metadata';

export function serviceWith(known: Metadata | undefined = metadata): LanguageService {
  const service = new LanguageService(() => ({ now: NOW }));
  service.client = 'vscode';
  service.setMetadata(known);
  return service;
}

/** The text without its one `$0`, and the offset of that. */
export function cursor(marked: string): { text: string; offset: number } {
  const parts = marked.split('$0');
  assert.equal(parts.length, 2, `exactly one $0 in ${JSON.stringify(marked)}`);
  return { text: parts.join(''), offset: parts[0]?.length ?? 0 };
}

/** Parses a file with a cursor. */
export function at(
  marked: string,
  known?: Metadata,
): { service: LanguageService; document: ApqDocument; offset: number; text: string } {
  const service = serviceWith(known);
  const { text, offset } = cursor(marked);
  return { service, document: service.parse(text), offset, text };
}

export function completions(marked: string, known?: Metadata): CompletionItem[] {
  const { service, document, offset } = at(marked, known);
  return service.complete(document, offset);
}

/** The text after taking the item, with each placeholder of a snippet as its text. */
export function accept(marked: string, label: string): string {
  const { service, document, offset, text } = at(marked);
  const item = service.complete(document, offset).find((each) => each.label === label);
  assert.ok(item, `no item “${label}” at ${JSON.stringify(marked)}`);
  const inserted =
    item.snippet === true
      ? item.insert.replace(
          /(\\[\\$}])|\$\{?0\}?|\$\{\d(?::([^}]*)|\|([^,|]*)[^}]*\|)?\}/g,
          (_all, escaped?: string, value?: string, choice?: string) =>
            escaped?.slice(1) ?? value ?? choice ?? '',
        )
      : item.insert;
  return applyEdits(text, [...(item.also ?? []), { ...item.replace, text: inserted }]);
}

const ANNOTATION = /^ *\^+ (?:error|warning|information|hint) [a-z-]+: .*$/;

/** The lines that are not annotations. */
export const withoutAnnotations = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !ANNOTATION.test(line))
    .join('\n');

/** The text with a `^^^ severity code: message` line under each diagnostic's first line. */
export function annotate(text: string, diagnostics: readonly Diagnostic[]): string {
  const out: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    out.push(line);
    const here = diagnostics.filter(
      (each) =>
        each.offset >= offset &&
        each.offset <= offset + line.length &&
        !(each.offset === offset + line.length && line.length > 0 && text[each.offset - 1] === '\n'),
    );
    for (const each of here) {
      const width = Math.max(1, Math.min(each.length, offset + line.length - each.offset));
      out.push(
        `${' '.repeat(each.offset - offset)}${'^'.repeat(width)} ${each.severity} ${each.code}: ${each.message}`,
      );
    }
    offset += line.length + 1;
  }
  return out.join('\n');
}
