/** Comments behind other text of a line. The language has none, but people write them. */
import { endOf, type Span, type TextEdit, textOf } from '../text/span';
import { lineEndAt, lineStart, trimEnd } from './lines';
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

/** `text` is the block; the comments move to the line above `owner`. */
export function misplacedComments(text: string, comments: readonly Span[], owner: number): SyntaxProblem[] {
  if (comments.length === 0) return [];
  const above = lineStart(text, owner);
  const eol = lineEndAt(text, above);
  return comments.map((comment) => misplacedComment(text, comment, above, eol));
}

function misplacedComment(text: string, comment: Span, above: number, eol: string): SyntaxProblem {
  const before = trimEnd(text, above, comment.offset);
  const words = textOf(text, comment).replace(/^(?:#+|\/\/)\s*/, '');
  const edits: TextEdit[] = [
    {
      offset: above,
      length: 0,
      text: `${`# ${words}`.trimEnd()}${eol}`,
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
