/** What the words of a filter mean: its fields by the metadata, its variables by the file. */
import type { FieldInfo } from '../catalog/catalog';
import { ASSUMED, type Traits } from '../catalog/traits';
import type { Value } from '../syntax/nodes';
import { type EvaluationContext, substitute } from './evaluate';
import type { RequestModel } from './request-model';
import type { FileSymbols } from './symbols';

export interface FilterMeaning {
  /** Undefined: there is no such field, or the fields are not known. */
  readonly field: (name: string) => FieldInfo | undefined;
  /** False where the module's fields are not known: then any word may be one. */
  readonly knowsFields: boolean;
  /** What the platform does where the guide leaves it open. */
  readonly traits: Traits;
  /** True when the file defines the variable. */
  readonly isVariable: (name: string) => boolean;
  /** The text of a value with its variables replaced; undefined where a variable has no value before the request runs. */
  readonly textOf: (value: Pick<Value, 'text' | 'references'>) => string | undefined;
}

/** No metadata and no file. */
export const NOTHING_KNOWN: FilterMeaning = {
  field: () => undefined,
  knowsFields: false,
  traits: ASSUMED,
  isVariable: () => false,
  textOf: ({ text, references }) => (references.length === 0 ? text : undefined),
};

export function filterMeaning(context: {
  readonly model: RequestModel;
  readonly symbols: FileSymbols;
  readonly evaluation: EvaluationContext;
}): FilterMeaning {
  const { model, symbols, evaluation } = context;
  const { module } = model;
  return {
    field: (name) => module?.field(name),
    knowsFields: module?.fields !== undefined,
    traits: model.traits,
    isVariable: (name) => symbols.variables.has(name),
    textOf: (value) => {
      if (value.references.length === 0) return value.text;
      const evaluated = substitute(value, symbols, evaluation);
      return evaluated.ok ? evaluated.text : undefined;
    },
  };
}
