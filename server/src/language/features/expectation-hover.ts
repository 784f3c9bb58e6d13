/** What the words of `# @expect` mean. */
import { EXPECTATION_OPERATOR_NAMES, fieldText, SUBJECT_DOCS } from '../analysis/documentation';
import { expectedField } from '../analysis/expectations';
import type { RequestModel } from '../analysis/request-model';
import type { Expectation } from '../syntax/nodes';
import { touches, type Span } from '../text/span';

/** Markdown, and the span it speaks of (relative to the block). */
export function expectationHover(
  { module }: RequestModel,
  { subject, operator }: Expectation,
  offset: number,
): (Span & { markdown: string }) | undefined {
  const at = ({ offset: start, length }: Span, markdown: string) => ({ offset: start, length, markdown });
  if (operator !== undefined && touches(operator, offset))
    return at(operator, `**${operator.meaning}** · ${EXPECTATION_OPERATOR_NAMES[operator.meaning]}`);
  if (subject?.kind === undefined) return undefined;
  const name = expectedField(subject);
  if (name !== undefined && touches(name, offset)) {
    const field = module?.field(name.text);
    return field === undefined || module === undefined ? undefined : at(name, fieldText(field, module).docs);
  }
  return touches(subject, offset)
    ? at(subject, `**${subject.kind}** · ${SUBJECT_DOCS[subject.kind]}`)
    : undefined;
}
