// The rule `apq/layers` of the linter: layers.ts, applied to each import as it is typed.
import type { Rule } from 'eslint';
import { forbidden } from './layers';
import { fromRoot, resolveImport } from './resolve';

/** A node that may name a module: the source of an import, or another node in its place. */
type Source = { readonly type: string; readonly value?: unknown } | null | undefined;

export const layersRule: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{why}}' } },
  create(context) {
    const check = (node: Rule.Node, source: Source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const target = resolveImport(context.filename, source.value);
      const why = target && forbidden(fromRoot(context.filename), source.value, target);
      if (why !== undefined) context.report({ node, messageId: 'forbidden', data: { why } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      TSImportType: (node: Rule.Node & { source?: Source }) => check(node, node.source),
    };
  },
};
