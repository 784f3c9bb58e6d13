/** A SQL statement as an engine prepares it: `{{…}}` are parameters, never text. */
import type { Sql } from '../../syntax/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import type { Span } from '../../text/span';

/** A value that is bound. */
export interface SqlParameter extends Span {
  /** The string in quotes, or the `{{…}}` outside them. Offsets are of the block. */
  readonly token: SqlToken;
  /** Without quotes, what looks like a number is one. */
  readonly quoted: boolean;
}

export interface PreparedSql {
  /** As long as the statement in the file: `?1`, `?2`, … stand for the parameters, with spaces behind. */
  readonly text: string;
  /** In the order of their numbers. */
  readonly parameters: readonly SqlParameter[];
}

export function prepareSql(sql: Sql): PreparedSql {
  const parameters: SqlParameter[] = [];
  let text = '';
  let copied = 0;
  for (const token of sql.tokens) {
    if (token.references.length === 0 || (token.kind !== 'string' && token.kind !== 'variable')) continue;
    const { offset, length } = token;
    parameters.push({ offset, length, token, quoted: token.kind === 'string' });
    const start = offset - sql.offset;
    text += sql.text.slice(copied, start) + `?${parameters.length}`.padEnd(length);
    copied = start + length;
  }
  return { text: text + sql.text.slice(copied), parameters };
}

/**
 * The number that a variable outside quotes is bound as, where its text is one as SQL writes it. One with leading zeros is
 * none: it may be the number of a customer.
 */
export function boundNumber(text: string): number | bigint | undefined {
  if (/^-?(?:0|[1-9]\d{0,17})$/.test(text)) {
    const whole = BigInt(text);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  return /^-?(?:0|[1-9]\d*)\.\d+$/.test(text) ? Number(text) : undefined;
}
