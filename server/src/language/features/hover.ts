/** Explains the word under the cursor. */
import { ignoresCase } from '../analysis/dialect';
import { fieldText, listDocs, moduleDocs, valueText } from '../analysis/documentation';
import { evaluateReference, type EvaluationContext } from '../analysis/evaluate';
import { joiningDocs } from '../analysis/joining';
import { parameterText } from '../analysis/paging';
import { recordValueAt } from '../analysis/record-values';
import { connectionOf, modelOf, type RequestModel } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { Platforms } from '../catalog/platforms';
import { meaningOf } from '../catalog/traits';
import type { BlockTree, Clause } from '../syntax/nodes';
import { isListReference, type Reference } from '../syntax/references';
import { codeSpan, escapeMarkdown } from '../text/markdown';
import { type Span, touches } from '../text/span';
import { shortOnOneLine } from '../text/unseen';
import { dateBuiltin, valueBuiltin } from '../vocabulary/builtins';
import { COMPARISONS, FUNCTIONS } from '../vocabulary/filter-words';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import { METHODS } from '../vocabulary/methods';
import { parameterOf } from '../vocabulary/parameters';
import type { Hover } from './answers';
import { expectationHover } from './expectation-hover';
import { hoverInSql } from './sql/hover';

export function hover(
  tree: BlockTree,
  offset: number,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
  neighbours: readonly BlockTree[],
): Hover | undefined {
  const model = modelOf(tree, platforms);
  const at = (where: Span, markdown: string | undefined): Hover | undefined =>
    markdown === undefined ? undefined : { offset: where.offset, length: where.length, markdown };
  const reference = tree.references.find((each) => touches(each, offset));
  if (reference !== undefined) return at(reference, referenceDocs(reference, symbols, evaluation));
  const variable = tree.variables.find((each) => touches(each.name, offset));
  if (variable !== undefined) {
    const value =
      symbols.variables.get(variable.name.text)?.[0]?.node === variable
        ? evaluateReference(
            { ...NO_REFERENCE, target: { kind: 'variable', name: variable.name.text } },
            symbols,
            evaluation,
          )
        : undefined;
    return at(
      variable.name,
      `**${escapeMarkdown(variable.name.text)}** · variable${value === undefined ? '' : `\n\n${valueText(value)}`}`,
    );
  }
  const directive = tree.directives.find((each) => touches(each, offset));
  if (directive?.name.text === 'connection') {
    const connection = platforms.connection(connectionOf(tree) ?? '');
    return connection === undefined
      ? undefined
      : at(
          directive,
          `**${escapeMarkdown(connection.name)}** · connection${connection.production === true ? ', production' : ''}\n\n${codeSpan(connection.root)}`,
        );
  }
  if (directive?.expectation !== undefined) return expectationHover(model, directive.expectation, offset);
  const { request, body, sql } = tree;
  const record = recordValueAt({ model, symbols, evaluation, neighbours }, offset);
  if (record !== undefined)
    return at(
      record,
      `**${escapeMarkdown(shortOnOneLine(record.name, 300))}** · ${escapeMarkdown(record.module)} ${codeSpan(record.id)}`,
    );
  if (sql !== undefined) return hoverInSql(sql, tree.text, offset, symbols, platforms);
  if (request?.method !== undefined && touches(request.method, offset))
    return at(
      request.method,
      model.method === undefined ? undefined : `**${model.method}** · ${METHODS[model.method].docs}`,
    );
  if (request !== undefined && touches(request.target.module, offset))
    return at(request.target.module, model.module === undefined ? undefined : moduleDocs(model.module));
  for (const clause of tree.clauses) {
    if (touches(clause.name, offset)) {
      const parameter = parameterOf(clause.name.text);
      return at(
        clause.name,
        parameter === undefined
          ? undefined
          : `**${parameter}**\n\n${parameterText(parameter, model.traits).docs}`,
      );
    }
    if (touches(clause.valueSpan, offset)) return clauseHover(model, clause, offset);
  }
  if (body !== undefined && touches(body.content, offset)) return bodyHover(model, offset);
  return undefined;
}

const NO_REFERENCE: Omit<Reference, 'target'> = {
  offset: 0,
  length: 0,
  inner: { offset: 0, length: 0 },
  text: '',
  closed: true,
  ordinal: 0,
};

function clauseHover(model: RequestModel, clause: Clause, offset: number): Hover | undefined {
  if (clause.value.kind === 'plain') return undefined;
  const { tokens } = clause.value;
  const token = tokens.find((each) => each.kind === 'word' && touches(each, offset));
  if (token === undefined) return undefined;
  const found = (markdown: string): Hover => ({ offset: token.offset, length: token.length, markdown });
  const field = model.module?.field(token.text);
  const operator = comparisonOf(token.text);
  const call = functionOf(token.text);
  const caseNote = ignoresCase(model.traits) ? '' : `\n\n${meaningOf('textCase', model.traits.textCase)}`;
  if (clause.value.kind === 'filter') {
    if (operator !== undefined && field === undefined)
      return found(
        `**${operator}** · ${COMPARISONS[operator].meaning}\n\n\`Status ${operator} 'Available'\`${caseNote}`,
      );
    if (call !== undefined)
      return found(
        `**${call}(field,'text')** · ${FUNCTIONS[call].meaning}\n\n\`${call}(Label,'aid')\`${caseNote}`,
      );
    const lower = token.text.toLowerCase();
    if (lower === 'and' || lower === 'or')
      return found(
        `**${lower}** · ${lower === 'and' ? 'both conditions hold' : 'at least one of the two conditions holds'}. ${joiningDocs(model.traits)}`,
      );
  }
  const direction = token.text.toLowerCase();
  if (
    clause.value.kind === 'order' &&
    clause.value.items.some((item) => item.direction?.offset === token.offset)
  )
    return found(
      direction === 'desc'
        ? '**desc** · descending: last first\n\n`$orderby = StartDate desc`'
        : '**asc** · ascending, the default\n\n`$orderby = StartDate asc`',
    );
  return field === undefined || model.module === undefined
    ? undefined
    : found(fieldText(field, model.module).docs());
}

function bodyHover(model: RequestModel, offset: number): Hover | undefined {
  const { body } = model.tree;
  if (body === undefined || model.module === undefined) return undefined;
  for (const match of body.json.matchAll(/"([^"\\\r\n]*)"(?=\s*:)/g)) {
    const where = { offset: body.content.offset + match.index, length: match[0].length };
    const field = touches(where, offset) ? model.module.field(match[1] ?? '') : undefined;
    if (field !== undefined) return { ...where, markdown: fieldText(field, model.module).docs() };
  }
  return undefined;
}

function referenceDocs(reference: Reference, symbols: FileSymbols, evaluation: EvaluationContext): string {
  const { target } = reference;
  if (isListReference(reference))
    return `**{{${escapeMarkdown(reference.text)}}}**\n\n${listDocs(reference.target.request, reference.target.each.join('.'))}`;
  const value = evaluateReference(reference, symbols, evaluation);
  const documentation = builtinDocs(target);
  return `**{{${escapeMarkdown(reference.text)}}}**${documentation === undefined ? '' : ` · ${documentation}`}\n\n${valueText(value)}`;
}

function builtinDocs(target: Reference['target']): string | undefined {
  if (target.kind === 'date') return dateBuiltin(target.name).documentation;
  return target.kind === 'builtin' ? valueBuiltin(target.name).detail : undefined;
}
