/** Lists of fields: the values of `$select` and `$orderby`. */
import { between, endOf, type Span, type TextEdit } from '../text/span';
import { meansExcept } from '../vocabulary/all-words';
import { directionOf, MAX_DIRECTION_WORDS, sortingOf } from '../vocabulary/directions';
import { figureOf } from '../vocabulary/figures';
import type { FieldItem, OrderItem, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import type { Token } from './tokens';

const asWord = (token: Token): Word => ({
  offset: token.offset,
  length: token.length,
  text: token.text,
  references: token.references,
});

/** What people write between fields instead of a comma. */
const SEPARATORS = /^(?:and|then|&+|\|+|;+)$/i;

const otherSeparator = (before: Span, token: Token): SyntaxProblem => ({
  code: 'unexpected-text',
  ...spanOf([token]),
  message: `Separate the fields with commas, not with “${token.text}”.`,
  fixes: [
    {
      title: 'Replace with a comma',
      preferred: true,
      edits: [{ ...between(endOf(before), endOf(token)), text: ',' }],
    },
  ],
});

/** Splits tokens at commas, and reports a comma with nothing before or after it. */
function commaSeparated(tokens: readonly Token[], problems: SyntaxProblem[], what: string): Token[][] {
  const parts: Token[][] = [[]];
  const inside = insideParentheses(tokens);
  for (const [index, token] of tokens.entries()) {
    if (inside.has(token)) {
      parts.at(-1)?.push(token);
      continue;
    }
    const isInstead = index > 0 && tokens[index + 1] !== undefined && SEPARATORS.test(token.text);
    if (token.kind !== ',' && !(isInstead && (token.kind === 'word' || token.kind === 'symbol'))) {
      parts.at(-1)?.push(token);
      continue;
    }
    if (token.kind !== ',') {
      problems.push(otherSeparator(tokens[index - 1] ?? token, token));
      parts.push([]);
      continue;
    }
    const next = tokens[index + 1];
    if (parts.at(-1)?.length === 0 || next === undefined) {
      const previous = tokens[index - 1];
      const from = next === undefined && previous !== undefined ? endOf(previous) : token.offset;
      problems.push({
        code: 'missing-value',
        offset: token.offset,
        length: token.length,
        message: `Write a field ${next === undefined ? 'after' : 'before'} this comma in ${what}, or remove it.`,
        fixes: [
          {
            title: 'Remove the comma',
            preferred: true,
            edits: [{ offset: from, length: endOf(token) - from, text: '' }],
          },
        ],
      });
    }
    parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

/** What stands between parentheses that are closed: `concat(Label, Status)` is one part of a list. */
function insideParentheses(tokens: readonly Token[]): ReadonlySet<Token> {
  const inside = new Set<Token>();
  const open = tokens.findIndex(({ kind }) => kind === '(');
  if (open < 0) return inside;
  const last = tokens.findLastIndex(({ kind }) => kind === ')');
  let depth = 0;
  for (const token of tokens.slice(open, last)) {
    if (token.kind === '(') depth++;
    else if (token.kind === ')') depth--;
    else if (depth > 0) inside.add(token);
  }
  return inside;
}

export const spanOf = (tokens: readonly Token[]): Span => {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined
    ? { offset: 0, length: 0 }
    : { offset: first.offset, length: endOf(last) - first.offset };
};

/** The name in quotes, as in `"Label"`, as a word. */
function nameIn(token: Token, problems: SyntaxProblem[]): Token {
  if (token.kind !== 'string' || token.closed !== true || !/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(token.text))
    return token;
  problems.push(bareName(spanOf([token]), token.text));
  return { ...token, kind: 'word', text: token.text.replaceAll(' ', '') };
}

const bareName = (where: Span, text: string): SyntaxProblem => {
  const name = text.replaceAll(' ', '');
  return {
    code: 'unexpected-text',
    ...where,
    message: `The name of a field stands by itself. Write ${name}.`,
    fixes: [{ title: `Write ${name}`, preferred: true, edits: [{ ...where, text: name }] }],
  };
};

/** `[Label]`, as a table of a spreadsheet or a database names its columns. */
function withoutBrackets(tokens: readonly Token[], problems: SyntaxProblem[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'bracket')) return tokens;
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [open, word, close] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (open === undefined) break;
    const isName =
      open.kind === 'bracket' && open.text === '[' && word?.kind === 'word' && close?.text === ']';
    if (!isName) {
      found.push(open);
      continue;
    }
    problems.push(bareName(spanOf([open, close]), word.text));
    found.push(word);
    at += 2;
  }
  return found;
}

/** The fields of `$select`. */
export function parseFields(tokens: readonly Token[], problems: SyntaxProblem[]): FieldItem[] {
  const items: FieldItem[] = [];
  for (const part of commaSeparated(withoutBrackets(tokens, problems), problems, '$select')) {
    for (const [index, written] of part.entries()) {
      const first = nameIn(written, problems);
      const call = first.kind === 'word' ? callAt(part, index) : undefined;
      if (call !== undefined && index > 0 && meansExcept(call.call.name.text)) {
        // `* except (Label, Cost)`
        for (const word of [call.call.name, ...call.call.of])
          items.push({
            offset: word.offset,
            length: word.length,
            field: word,
            runsOn: true,
          });
        break;
      }
      if (call !== undefined) {
        items.push({ ...call, ...(index === 0 ? {} : { runsOn: true }) });
        break;
      }
      if (first.kind !== 'word') {
        const rest = spanOf(part.slice(index));
        problems.push({
          code: 'unexpected-text',
          ...rest,
          message: 'Write fields, separated by commas: ID, Label, StartDate.',
        });
        items.push({ ...rest, field: undefined });
        break;
      }
      items.push({
        offset: first.offset,
        length: first.length,
        field: asWord(first),
        ...(index === 0 ? {} : { runsOn: true }),
      });
    }
  }
  return items;
}

/** `sum(Cost)` and `count(*) as Records` at the end of a part: the checks know what is meant. */
function callAt(
  part: readonly Token[],
  index: number,
): (FieldItem & Required<Pick<FieldItem, 'call'>>) | undefined {
  const [name, open] = [part[index], part[index + 1]];
  const close = part.findLastIndex(({ kind }) => kind === ')');
  const [as, alias, more] = part.slice(close + 1);
  const isNamed = as === undefined || (/^as$/i.test(as.text) && alias?.kind === 'word' && more === undefined);
  if (name === undefined || open?.kind !== '(' || close < 0 || !isNamed) return undefined;
  // Behind a space, nobody knows what the parentheses mean, unless the word is known.
  const isKnown = figureOf(name.text) !== undefined || meansExcept(name.text);
  if (!isKnown && endOf(name) !== open.offset) return undefined;
  const inside = part.slice(index + 2, close);
  const of = inside.filter(({ kind }) => kind === 'word' || kind === 'string');
  return {
    ...spanOf(part.slice(index)),
    field: undefined,
    call: {
      name: asWord(name),
      of: of.map(asWord),
      isNested: inside.some(({ kind }) => kind === '('),
      ...(alias === undefined ? {} : { alias: asWord(alias) }),
    },
  };
}

/** `-StartDate` and `+StartDate`, as other APIs sort. `sign` is one on its own, `- StartDate`. */
function withoutSign(
  sign: Token | undefined,
  token: Token,
  direction: Token | undefined,
  problems: SyntaxProblem[],
): Token {
  const [written = ''] = SIGN.exec(sign?.text ?? token.text) ?? [];
  if (token.kind !== 'word' || written === '' || (sign === undefined && token.text === written)) return token;
  const name = sign === undefined ? token.text.slice(1) : token.text;
  const better = written === '+' ? name : `${name} desc`;
  problems.push({
    code: 'unknown-operator',
    ...spanOf([sign ?? token, token]),
    message:
      direction === undefined
        ? `The API has no “${written}” before a field. Write ${better}.`
        : `The API has no “${written}” before a field. Remove it, and write asc or desc after the field.`,
    fixes:
      direction === undefined
        ? [{ title: `Replace with “${better}”`, preferred: true, edits: signEdits(sign, token, better) }]
        : [],
  });
  const cut = endOf(token) - name.length;
  return { ...token, text: name, offset: cut, length: name.length };
}

/** Comments between a sign and its field are the user's, and stay. */
const signEdits = (sign: Token | undefined, { offset, length }: Token, better: string): TextEdit[] =>
  sign === undefined
    ? [{ offset, length, text: better }]
    : [
        { offset: sign.offset, length: sign.length, text: '' },
        { offset, length, text: better },
      ];

const SIGN = /^[-+–−]/;

/** The sign of `- StartDate`, which is a token of its own, and the tokens after it. */
function splitSign(part: readonly Token[]): readonly [Token | undefined, readonly Token[]] {
  const [sign, field] = part;
  return sign?.kind === 'word' && sign.text.length === 1 && SIGN.test(sign.text) && field?.kind === 'word'
    ? [sign, part.slice(1)]
    : [undefined, part];
}

/** The fields of `$orderby`, with their directions. */
export function parseOrder(tokens: readonly Token[], problems: SyntaxProblem[]): OrderItem[] {
  const parts = commaSeparated(withoutBrackets(tokens, problems), problems, '$orderby');
  return parts.flatMap((part, index) => orderItem(part, parts[index - 1] ?? [], problems));
}

function orderItem(
  part: readonly Token[],
  previous: readonly Token[],
  problems: SyntaxProblem[],
): OrderItem[] {
  const [sign, written] = splitSign(part);
  const where = spanOf(part);
  const before = endsInDirection(previous) ? undefined : previous.at(-1);
  const alone = before === undefined ? undefined : directionIn(part);
  // Words that are said of some values only may be those of another field: the metadata know.
  const isSaid = sortingOf(textOfWords(part))?.kind !== undefined;
  if (before !== undefined && alone !== undefined && !isSaid) {
    const [first, second] = part;
    const word = first !== undefined && second === undefined && isDirection(first) ? first.text : alone;
    problems.push(rewritten(between(endOf(before), endOf(where)), ` ${word}`, 'Remove the comma'));
    return [];
  }
  const { own, direction } = divided(turned(withoutBy(written, problems), problems), problems);
  const [first, ...rest] = own;
  const field =
    first === undefined ? undefined : withoutSign(sign, nameIn(first, problems), direction, problems);
  if (field?.kind !== 'word') {
    problems.push({
      code: 'unexpected-text',
      ...where,
      message: 'Write a field, perhaps followed by desc: StartDate desc.',
    });
    return [{ ...where, field: undefined, direction: undefined }];
  }
  const odd = rest.find(({ kind, text }) => kind !== 'word' || !/^[\p{L}_]/u.test(text));
  if (odd !== undefined)
    problems.push({
      code: 'unexpected-text',
      ...spanOf([odd]),
      message: `Write asc or desc after a field, and a comma between two fields, instead of “${odd.text}”.`,
    });
  return [
    {
      ...where,
      field: asWord(field),
      direction: direction === undefined ? undefined : asWord(direction),
      ...(odd !== undefined || rest.length === 0 ? {} : { more: rest.map(asWord) }),
    },
  ];
}

const isDirection = ({ kind, text }: Token): boolean => kind === 'word' && /^(?:asc|desc)$/i.test(text);

/** One message, with the one fix that writes what is meant. */
const rewritten = (where: Span, text: string, title = `Write ${text}`): SyntaxProblem => ({
  code: 'unexpected-text',
  ...where,
  message: `A field comes first, and asc or desc right behind it. ${title}.`,
  fixes: [{ title, preferred: true, edits: [{ ...where, text }] }],
});

/** `by StartDate` */
function withoutBy(own: readonly Token[], problems: SyntaxProblem[]): readonly Token[] {
  const [by, next] = own;
  if (
    by?.kind !== 'word' ||
    !/^by$/i.test(by.text) ||
    next?.kind !== 'word' ||
    directionOf(next.text) !== undefined
  )
    return own;
  problems.push(rewritten(between(by.offset, next.offset), '', 'Remove “by”'));
  return own.slice(1);
}

/** `desc StartDate`, `newest first by StartDate`, `newest StartDate first` */
function turned(own: readonly Token[], problems: SyntaxProblem[]): readonly Token[] {
  if (directionIn(own) !== undefined) return own;
  const [lead, middle, tail, more] = own;
  const around =
    lead === undefined || tail === undefined || more !== undefined ? undefined : directionIn([lead, tail]);
  if (around !== undefined && middle?.kind === 'word') {
    problems.push(rewritten(spanOf(own), `${middle.text} ${around}`));
    return [middle];
  }
  const field = own.at(-1);
  const before = own.slice(0, -1);
  const words = /^(?:by|of)$/i.test(before.at(-1)?.text ?? '') ? before.slice(0, -1) : before;
  const direction = directionIn(words);
  if (direction === undefined || field?.kind !== 'word' || directionOf(field.text) !== undefined) return own;
  problems.push(rewritten(spanOf(own), `${field.text} ${direction}`));
  return [field];
}

/** The direction that the tokens are, all together. */
const directionIn = (words: readonly Token[]): 'asc' | 'desc' | undefined =>
  words.length === 0 || words.length > MAX_DIRECTION_WORDS ? undefined : directionOf(textOfWords(words));

const endsInDirection = (part: readonly Token[]): boolean =>
  part
    .slice(1)
    .slice(-MAX_DIRECTION_WORDS)
    .some((_, index, tail) => directionIn(tail.slice(index)) !== undefined);

/** As people say them: `(desc)` and `“a-z”` without what is around them. */
const textOfWords = (words: readonly Token[]): string =>
  words
    .map((word) => word.text)
    .join(' ')
    .replace(/^\( | \)$/g, '');

/** The name and the direction behind it; one in other words is reported. */
function divided(
  part: readonly Token[],
  problems: SyntaxProblem[],
): { readonly own: readonly Token[]; readonly direction: Token | undefined } {
  const last = part.at(-1);
  if (
    part.length > 1 &&
    last !== undefined &&
    (isDirection(last) || (part.length === 2 && last.references.length > 0))
  )
    return { own: part.slice(0, -1), direction: last };
  const [field, middle, ...behind] = part;
  if (field !== undefined && middle !== undefined && behind.length > 0 && isDirection(middle)) {
    problems.push({
      code: 'unexpected-text',
      ...spanOf(behind),
      ...(directionIn(behind) === undefined
        ? {
            message: 'Separate the fields with commas.',
            fixes: [
              {
                title: 'Insert a comma',
                preferred: true,
                edits: [{ offset: endOf(middle), length: 0, text: ',' }],
              },
            ],
          }
        : { message: `A field has one direction. Remove this, or “${middle.text}”.` }),
    });
    return { own: [field], direction: middle };
  }
  // A direction alone lacks its field: the metadata know which one may be meant.
  const most = directionIn(part) === undefined ? Math.min(MAX_DIRECTION_WORDS, part.length - 1) : 0;
  for (let count = most; count > 0; count--) {
    const words = part.slice(-count);
    const text = textOfWords(words);
    const direction = directionOf(text);
    if (direction === undefined) continue;
    const own = part.slice(0, -count);
    // Two directions are one too many: that is said of the first.
    if (endsInDirection(own)) return { own, direction: undefined };
    const where = spanOf(words);
    problems.push({
      code: 'unexpected-text',
      ...where,
      message: `Write asc or desc after a field, and a comma between two fields, instead of “${text}”.`,
      fixes: [
        { title: `Replace with “${direction}”`, preferred: true, edits: [{ ...where, text: direction }] },
      ],
    });
    return { own, direction: undefined };
  }
  return { own: part, direction: undefined };
}
