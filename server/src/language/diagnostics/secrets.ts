/** `secret-in-file`: a password or key in an address, in a variable, or behind what looks like a directive. */
import type { RequestLine, Variable } from '../syntax/nodes';
import { isSecretName } from '../text/secret-names';
import { textOf } from '../text/span';
import { isSecretDirective } from '../vocabulary/directives';
import type { Check, CheckContext } from './check';
import { clauseRemoval, removal } from './check';

export const checkSecrets: Check = (context) => {
  const { tree } = context.model;
  for (const clause of tree.request?.target.query ?? []) checkParameter(context, clause);
  for (const variable of tree.variables) checkVariable(context, variable);
  for (const directive of tree.directives)
    if (isSecretDirective(directive.name.text, directive.value.text))
      context.report('secret-in-file', directive, ADVICE, {
        severity: 'warning',
        next: 'keep-secret',
        fixes: [removal(directive, 'Remove it from the file')],
      });
};

const ADVICE =
  'A password or key does not belong in a file. Remove it here, and change it if others could have seen it.';

function checkParameter(
  { model, report }: CheckContext,
  clause: RequestLine['target']['query'][number],
): void {
  if (!isSecretName(clause.name.text) || clause.valueSpan.length === 0) return;
  report('secret-in-file', clause, ADVICE, {
    // A variable may be asked for, and then no key is in the file.
    ...(hasLiteral(textOf(model.tree.text, clause.valueSpan)) ? {} : { severity: 'warning' }),
    next: 'keep-secret',
    fixes: [clauseRemoval(model.tree, clause, 'Remove it from the file')],
  });
}

/** A name such as `courseKey` may be that of an ordinary value: so it is a warning, and nothing is removed unasked. */
function checkVariable({ report }: CheckContext, variable: Variable): void {
  const { name, value } = variable;
  if (!isSecretName(name.text) || value.text.startsWith('?') || !hasLiteral(value.text)) return;
  report(
    'secret-in-file',
    variable.name,
    `By its name, “${name.text}” holds a password or key, which does not belong in a file. Write @${name.text} = ?${name.text} to be asked for it, or choose another name if it is no secret.`,
    {
      severity: 'warning',
      next: 'keep-secret',
      fixes: [
        {
          title: 'Ask for it when the request runs',
          edits: [{ offset: value.offset, length: value.length, text: `?${name.text}` }],
        },
      ],
    },
  );
}

const hasLiteral = (text: string): boolean => text.replace(/\{\{[^{}]*\}\}/g, '').trim() !== '';
