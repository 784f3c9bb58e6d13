/** Comments behind other text of a line. The language has none, but people write them. */
import { endOf, type Span, type TextEdit, textOf } from '../text/span';
import { trimEnd } from './lines';
import type { SyntaxProblem } from './problems';

/** `# words` or `// words`, but not `#1`. */
const COMMENT = /^(?:#+(?![\d#])|\/\/)/;

/** The comment that starts at `at` and ends with its line; undefined where none does. */
export function commentAt(text: string, at: number, end: number): Span | undefined {
  if (!COMMENT.test(text.slice(at, at + 20))) return undefined;
  let stop = at;
  while (stop < end && text[stop] !== '\n' && text[stop] !== '\r') stop++;
  return { offset: at, length: trimEnd(text, at, stop) - at };
}

/** The comment behind words none of which is quoted. */
export function commentBehind(text: string): Span | undefined {
  const found = /(?:^|\s)(?=#|\/\/)/.exec(text);
  return found === null ? undefined : commentAt(text, found.index + found[0].length, text.length);
}

/** `text` is the block; the comment moves to the line above `owner`. */
export function misplacedComment(text: string, comment: Span, owner: number): SyntaxProblem {
  const lineStart = Math.max(text.lastIndexOf('\n', owner - 1), text.lastIndexOf('\r', owner - 1)) + 1;
  const before = trimEnd(text, lineStart, comment.offset);
  const words = textOf(text, comment).replace(/^(?:#+|\/\/)\s*/, '');
  const edits: TextEdit[] = [
    {
      offset: lineStart,
      length: 0,
      text: `${`# ${words}`.trimEnd()}${text.includes('\r\n') ? '\r\n' : '\n'}`,
    },
    { offset: before, length: endOf(comment) - before, text: '' },
  ];
  return {
    code: 'misplaced-comment',
    ...comment,
    message: 'A comment needs a line of its own.',
    // On its own line, `# @pages all` would be a directive.
    fixes: [{ title: 'Move it to a line above', preferred: !words.startsWith('@'), edits }],
  };
}
