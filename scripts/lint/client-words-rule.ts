// The rule `apq/client-words` of the linter: what is also read in a terminal or in another editor names no command, key or
// place of VS Code. Such advice stands in the table of next steps, once for each kind of client.
import type { Rule } from 'eslint';

const OF_VSCODE = /APQ: [A-Z]|Ctrl\+(?!C\b)|status bar|command palette/;

export const clientWordsRule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { words: 'Only VS Code has this: say it for each kind of client in vocabulary/next-steps.ts.' },
  },
  create: (context) => ({
    Literal(node) {
      if (typeof node.value === 'string' && OF_VSCODE.test(node.value))
        context.report({ node, messageId: 'words' });
    },
    TemplateElement(node) {
      if (OF_VSCODE.test(node.value.raw)) context.report({ node, messageId: 'words' });
    },
  }),
};
