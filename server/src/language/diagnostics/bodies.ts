/** `body-required`, `body-not-allowed`, `invalid-json`, `unknown-body-field`, `body-type-mismatch`. */
import { type Node, printParseErrorCode } from 'jsonc-parser';
import { MemberRule } from '../analysis/body-members';
import { bodyTree } from '../analysis/body-tree';
import type { Body } from '../syntax/nodes';
import { type Fix } from '../syntax/problems';
import { ownValue } from '../text/own-value';
import { endsStep, type Steps } from '../text/steps';
import type { CheckContext, LongCheck } from './check';
import { removal, replace } from './check';

const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not a JSON value. Text needs double quotes: "text".',
  InvalidNumberFormat: 'This is not a number. Write digits, such as 5 or 99.5.',
  PropertyNameExpected:
    'A member’s name in double quotes belongs here. After the last member there is no comma.',
  ValueExpected: 'A value belongs here: "text", 5, true or null. After the last one there is no comma.',
  ColonExpected: 'A colon belongs between a name and its value.',
  CommaExpected: 'A comma belongs between two members.',
  CloseBraceExpected: 'The closing “}” is missing.',
  CloseBracketExpected: 'The closing “]” is missing.',
  EndOfFileExpected: 'Nothing can follow the body’s last “}”.',
  UnexpectedEndOfString:
    'The closing double quote is missing. Write it on the same line; a new line in a text is \\n.',
  InvalidEscapeCharacter: 'This escape is unknown. Write \\\\ for a backslash.',
  InvalidUnicode: 'A \\u needs four hexadecimal digits, such as \\u00e9.',
  InvalidCharacter: 'This character must be escaped in text: write \\n for a new line, \\t for a tab.',
  UnexpectedEndOfComment: 'The comment is not closed. Write */ at its end.',
};

const KEYWORDS: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  none: 'null',
};

export const checkBody: LongCheck = function* (context) {
  const { model, report } = context;
  const { request, body } = model.tree;
  if (request === undefined || model.meant === undefined) return;
  const writes = model.meant === 'POST' || model.meant === 'PUT';
  if (body === undefined) {
    if (writes && model.endpoint === 'data') {
      report(
        'body-required',
        request.method ?? request.target,
        `${model.meant} needs a JSON body: { "${exampleField(context)}": "…" }`,
      );
    }
    return;
  }
  if (!writes) {
    report(
      'body-not-allowed',
      { offset: body.content.offset, length: 1 },
      `${model.meant} sends no body. Remove it, or write POST or PUT.`,
      {
        fixes: [
          {
            title: 'Remove the body',
            preferred: true,
            edits: model.tree.items.flatMap(({ kind, offset, length }) =>
              kind === 'body' ? [{ offset, length, text: '' }] : [],
            ),
          },
        ],
      },
    );
    return;
  }
  const read = bodyTree(body.json);
  if (read === undefined) {
    report(
      'invalid-json',
      { offset: body.content.offset, length: 1 },
      'The body is nested too deeply. A record is one object of fields.',
    );
    return;
  }
  const { root, errors } = read;
  for (const { error, offset, length } of errors.slice(0, 1))
    reportError(context, body, printParseErrorCode(error), offset, length);
  if (root === undefined) return;
  if (root.type !== 'object') {
    if (errors.length === 0)
      report(
        'invalid-json',
        body.content,
        'The body is one JSON object, from “{” to “}”: one record at a time.',
      );
    return;
  }
  if (errors.length === 0 && root.children?.length === 0) {
    report(
      'body-required',
      body.content,
      `${model.meant} needs at least one field in the body: { "${exampleField(context)}": "…" }`,
    );
  }
  // After an unclosed string, the parser takes names for values and values for names.
  const open = errors.find(({ error }) => printParseErrorCode(error) === 'UnexpectedEndOfString');
  yield* checkMembers(context, body, root, open?.offset);
};

/** The whole word without quotes at an offset of the body, where a name or a value can stand. */
const bareWordAt = ({ json }: Body, offset: number): string | undefined =>
  '{[,:'.includes(json.slice(0, offset).trimEnd().at(-1) ?? ' ')
    ? /^[A-Za-z_]\w*(?=[\s,:}\]]|$)/.exec(json.slice(offset))?.[0]
    : undefined;

/** Fixes for the JSON parser's error at `offset` of the body; `start` is where it is marked in the block. */
function fixesOf(body: Body, error: string, offset: number, start: number): readonly Fix[] {
  const { content, json } = body;
  const rest = json.slice(offset);
  const before = json.slice(0, offset).trimEnd();
  const insert = (title: string, at: number, text: string): Fix => ({
    title,
    preferred: true,
    edits: [{ offset: content.offset + at, length: 0, text }],
  });
  if (before.endsWith(',') && /^[}\]]/.test(rest))
    return [removal({ offset: content.offset + before.length - 1, length: 1 }, 'Remove the comma')];
  if (error === 'CommaExpected') return [insert('Insert a comma', before.length, ',')];
  if (error === 'CloseBraceExpected') return [insert('Insert “}”', content.length, '\n}')];
  const bare = bareWordAt(body, offset);
  if (bare !== undefined && (error === 'InvalidSymbol' || error === 'PropertyNameExpected')) {
    // Python’s `True` and `None`.
    const keyword = error === 'InvalidSymbol' ? ownValue(KEYWORDS, bare.toLowerCase()) : undefined;
    return [replace({ offset: start, length: bare.length }, keyword ?? JSON.stringify(bare))];
  }
  // Text in single quotes.
  const single = /^'([^'"\\\r\n]*)'/.exec(rest);
  return single === null
    ? []
    : [replace({ offset: start, length: single[0].length }, JSON.stringify(single[1]))];
}

function reportError(
  { report }: CheckContext,
  body: Body,
  error: string,
  offset: number,
  length: number,
): void {
  // An error at the end of the body is marked at its last character.
  const at = Math.min(offset, body.content.length - 1);
  const where = {
    offset: body.content.offset + at,
    length: Math.max(1, Math.min(length, body.content.length - at)),
  };
  const bare = bareWordAt(body, offset);
  const fixes = fixesOf(body, error, offset, where.offset);
  const isName = bare !== undefined && /^\s*:/.test(body.json.slice(offset + bare.length));
  const message = isName
    ? `A member’s name needs double quotes: ${JSON.stringify(bare)}.`
    : (ownValue(MESSAGES, error) ?? 'This is not valid JSON.');
  report('invalid-json', where, message, { fixes });
}

const exampleField = ({ model }: CheckContext) =>
  model.module?.fields?.find((field) => field.name !== 'ID' && field.writable !== false)?.name ?? 'Field';

function* checkMembers(context: CheckContext, body: Body, root: Node, until = Infinity): Steps<void> {
  const { model, report } = context;
  const rule = new MemberRule(model.module);
  for (const [index, property] of (root.children ?? []).entries()) {
    if (endsStep(index)) yield;
    const [key, value] = property.children ?? [];
    const name: unknown = key?.value;
    if (key === undefined || typeof name !== 'string') continue;
    if (name.includes('{{') || key.offset > until) continue;
    const whereOf = ({ offset, length }: Node) => ({ offset: body.content.offset + offset, length });
    for (const { code, message, near, better } of rule.problems(name, value, body.json)) {
      const where = whereOf(code === 'body-type-mismatch' && value !== undefined ? value : key);
      report(code, where, message, {
        next: near?.length === 0 ? 'list-fields' : undefined,
        fixes: [
          // No guess is sure in what is written.
          ...(near ?? []).map((each) => replace(where, JSON.stringify(each), undefined, false)),
          ...(better === undefined ? [] : [replace(where, better)]),
        ],
      });
    }
  }
}
