/** Explains the words of `# @expect`. */
import { fieldText } from '../analysis/documentation';
import { expectedField } from '../analysis/expectations';
import type { RequestModel } from '../analysis/request-model';
import type { Expectation } from '../syntax/nodes';
import { type Span, touches } from '../text/span';
import { EXPECTATION_OPERATORS, SUBJECTS } from '../vocabulary/expectation-words';

/** Markdown, and the span that it explains (relative to the block). */
export function expectationHover(
  { module }: RequestModel,
  { subject, operator }: Expectation,
  offset: number,
): (Span & { markdown: string }) | undefined {
  const at = ({ offset: start, length }: Span, markdown: string) => ({ offset: start, length, markdown });
  if (operator !== undefined && touches(operator, offset))
    return at(operator, `**${operator.meaning}** · ${EXPECTATION_OPERATORS[operator.meaning].meaning}`);
  if (subject?.kind === undefined) return undefined;
  const name = expectedField(subject);
  if (name !== undefined && touches(name, offset)) {
    const field = module?.field(name.text);
    return field === undefined || module === undefined
      ? undefined
      : at(name, fieldText(field, module).docs());
  }
  return touches(subject, offset)
    ? at(subject, `**${subject.kind}** · ${SUBJECTS[subject.kind].docs}`)
    : undefined;
}
