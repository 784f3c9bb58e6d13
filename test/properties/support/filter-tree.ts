/** A filter of OData 4 as a tree. It shares no code with the product, so that it can contradict it. */

export type Operand =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'duration'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Operand;
      readonly right: Operand;
    };

export const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'divby', 'mod'] as const;
export type ArithmeticOperator = (typeof ARITHMETIC)[number];
export const COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
export type ComparisonOperator = (typeof COMPARISONS)[number];

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'in'; readonly left: Operand; readonly values: readonly Operand[] }
  /** An operand that is true or false by itself. */
  | { readonly kind: 'bare'; readonly operand: Operand };

/** Thrown where the meaning of a filter can't be decided here. */
export class Undecided extends Error {}
