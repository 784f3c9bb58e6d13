/** Values that a field is known to have, the most frequent first, and a way to look up more of them. */
import { fieldText } from '../analysis/documentation';
import { knownValues } from '../analysis/known-values';
import type { RequestModel } from '../analysis/request-model';
import type { FieldInfo, FieldType } from '../catalog/catalog';
import { isWritableText } from '../syntax/writable-text';
import { codeSpan, escapeMarkdown } from '../text/markdown';
import type { Span } from '../text/span';
import { type CompletionContext, note } from './context';
import type { CompletionItem } from './items';
import { recordsFor } from './records';

/** More are a search, not a list. */
const MOST_VALUES = 100;

/** Types whose values can be a list to choose from. */
const LISTED: ReadonlySet<FieldType> = new Set(['string', 'unknown', 'list']);

/** How a value is written at a place. */
interface Written {
  readonly label: string;
  readonly insert: string;
  /** What is compared with the text that stands there. */
  readonly filter: string;
}

/** Where a value of a field belongs. */
interface FieldPlace {
  readonly model: Pick<RequestModel, 'catalog' | 'module'>;
  readonly field: FieldInfo;
  readonly replace: Span;
  /** Undefined for a value that can't be written there. */
  readonly write: (value: string) => Written | undefined;
}

/** The known values of the field; last, why there are no more, and what to do. */
export function knownValueItems(context: CompletionContext, place: FieldPlace): CompletionItem[] {
  const { model, field, replace, write } = place;
  const { catalog, module } = model;
  if (catalog === undefined || module === undefined) return [];
  const age = learntAgo(catalog.known.field(module.name, field.name)?.learntAt, context.evaluation.now);
  const documentation = fieldText(field, module).docs;
  const items = knownValues(catalog, module, field)
    .slice(0, MOST_VALUES)
    .flatMap(({ value, often }): CompletionItem[] => {
      const written = isWritableText(value) ? write(value) : undefined;
      if (written === undefined) return [];
      return [
        {
          label: written.label,
          kind: 'value',
          detail: often === undefined ? field.name : `${often}, ${age}`,
          everywhere: often !== undefined,
          documentation,
          replace,
          insert: written.insert,
          filter: written.filter,
          rank: 0,
        },
      ];
    });
  return [...items, ...lookUpNote(context, place)];
}

/** Offers to ask the platform, or says why nobody does. Only where the editor has the command. */
function lookUpNote(context: CompletionContext, { model, field }: FieldPlace): CompletionItem[] {
  const { catalog, module } = model;
  if (catalog === undefined || module === undefined || context.evaluation.client !== 'vscode') return [];
  if (!LISTED.has(field.type) || !catalog.known.isTold || recordsFor({ model }, field.name) !== undefined)
    return [];
  const { connection, learns } = catalog.known;
  const at: Span = { offset: context.offset, length: 0 };
  const where = `${codeSpan(field.name)} of ${escapeMarkdown(module.name)}`;
  if (!learns || connection === undefined)
    return [
      {
        ...note(
          'Values are not learnt: that is switched off',
          `With the setting \`apq.completion.learnValues\` switched on, the values of ${where} can be offered here.`,
          at,
        ),
        rank: 9,
      },
    ];
  return [
    {
      ...note(
        'Look up values…',
        `Asks the platform for a few pages of ${where}, and offers the values that repeat; nothing else is sent. Values that look like names or addresses of people, or like free text, are left out.`,
        at,
      ),
      rank: 9,
      lookUp: { connection, module: module.name, field: field.name },
    },
  ];
}

const DAY = 86_400_000;

/** In words; a time that can't be read is today. */
function learntAgo(learntAt: string | undefined, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(learntAt ?? '')) / DAY);
  if (!(days >= 1)) return 'learnt today';
  return days === 1 ? 'learnt yesterday' : `learnt ${days.toLocaleString('en-GB')} days ago`;
}
