// The rule `apq/no-long-spread` of the linter: no list becomes the arguments of a call, each of which takes room on the
// stack. `list.push(...others)` overflows it from about 120,000 elements on.
import type { Rule } from 'eslint';

/** Methods of lists that take any number of elements. */
const METHODS: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'concat', 'fromCharCode']);

export const spreadRule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      long: 'The list may have more elements than a call can have arguments: take them one by one.',
    },
  },
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (!METHODS.has(callee.property.name)) return;
      for (const argument of node.arguments)
        if (argument.type === 'SpreadElement') context.report({ node: argument, messageId: 'long' });
    },
  }),
};
