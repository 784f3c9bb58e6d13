// The rule `apq/own-keys` of the linter: no plain object is read or written at a word from outside. `table['constructor']`
// is a function that the table does not hold, and writing `__proto__` changes what every key means.
import type { Rule } from 'eslint';
import type { Node as TypeScriptNode, Program } from 'typescript';

/** What the parser of typescript-eslint adds; the linter's own types don't know it. */
interface ParserServices {
  readonly program: Program;
  readonly esTreeNodeToTSNodeMap: { readonly get: (node: unknown) => TypeScriptNode };
}

const isServices = (value: unknown): value is ParserServices =>
  typeof value === 'object' && value !== null && 'program' in value && 'esTreeNodeToTSNodeMap' in value;

export const ownKeysRule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      inherited: 'A word may be “constructor” or “__proto__”: use a Map, or ownValue() of text/own-value.ts.',
    },
  },
  create(context) {
    const services: unknown = context.sourceCode.parserServices;
    if (!isServices(services)) return {};
    const checker = services.program.getTypeChecker();
    const partsOf = (node: unknown) => {
      const type = checker.getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node));
      return type.isUnion() ? type.types : [type];
    };
    return {
      MemberExpression(node) {
        if (!node.computed || node.property.type === 'Literal') return;
        // A type of known words can only be one of them.
        if (!partsOf(node.property).includes(checker.getStringType())) return;
        if (partsOf(node.object).every((type) => checker.isArrayLikeType(type))) return;
        context.report({ node, messageId: 'inherited' });
      },
    };
  },
};
