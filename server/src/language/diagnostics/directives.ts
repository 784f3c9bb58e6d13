/** `unknown-directive`, `invalid-directive`, `unknown-connection`: the `# @name value` lines. */
import { listed } from '../text/lists';
import { nearest } from '../text/nearest';
import { DIRECTIVE_NAMES, directiveOf, DIRECTIVES, isSecretDirective } from '../vocabulary/directives';
import { subjectOf } from '../vocabulary/expectation-words';
import type { Check } from './check';
import { nearestFixes } from './check';

/** The directives that change what is run or expected. */
const MATTERING = DIRECTIVE_NAMES.filter((name) => DIRECTIVES[name].matters);

/** True where the directive can have such a value. */
function suits(name: string, value: string): boolean {
  const kind = directiveOf(name)?.value;
  if (value === '') return false;
  if (kind?.kind === 'expectation') return subjectOf(/^\w*/.exec(value)?.[0] ?? '') !== undefined;
  return kind?.kind !== 'read' || kind.accepts(value);
}

export const checkDirectives: Check = ({ model, report }) => {
  const seen = new Set<string>();
  const written = new Set(model.tree.directives.map(({ name }) => name.text));
  const isFree = (name: string) => !written.has(name) || directiveOf(name)?.repeats === true;
  const { connections } = model.platforms;
  for (const { name, value } of model.tree.directives) {
    const row = directiveOf(name.text);
    if (row === undefined) {
      // Reported with other secrets.
      if (isSecretDirective(name.text, value.text)) continue;
      const { fixes, hint } = nearestFixes(
        { model },
        name,
        DIRECTIVE_NAMES,
        (near) => isFree(near) && suits(near, value.text),
      );
      report(
        'unknown-directive',
        name.length > 0 ? name : { offset: name.offset - 1, length: 1 },
        `There is no directive “@${name.text}”.${
          hint === '' ? ` The directives are ${listed(DIRECTIVE_NAMES.map((each) => `@${each}`))}.` : hint
        }`,
        // A request would run without it, or check less than its author thinks.
        { fixes, ...(nearest(name.text, MATTERING).length > 0 ? { severity: 'error' } : {}) },
      );
      continue;
    }
    if (value.length === 0)
      report(
        row.value.kind === 'expectation' ? 'invalid-expectation' : 'invalid-directive',
        name,
        row.missing ?? `Write a value after @${name.text}.`,
      );
    else if (row.value.kind === 'read' && !row.value.accepts(value.text))
      report('invalid-directive', value, row.value.invalid);
    else if (
      row.value.kind === 'connection' &&
      connections !== undefined &&
      model.platforms.connection(value.text) === undefined
    ) {
      const { fixes, hint } = nearestFixes({ model }, value, model.platforms.connectionNames);
      report(
        'unknown-connection',
        value,
        `There is no connection “${value.text}”, so this request can’t run.${hint}`,
        { fixes, next: hint === '' ? 'know-connection' : undefined, about: value.text },
      );
    }
    // A response may have to meet several expectations.
    if (seen.has(name.text) && !row.repeats)
      report('duplicate-name', name, `@${name.text} appears twice. Keep one.`);
    seen.add(name.text);
  }
};
