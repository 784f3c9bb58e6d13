/** Turns a block and its variables into what is sent: the one source for the editor, the command line and `--dry-run`. */
import { NO_QUOTE, quotedForSending, takesBare } from '../analysis/dialect';
import {
  evaluateList,
  evaluateReference,
  type Evaluation,
  type EvaluationContext,
  substitute,
} from '../analysis/evaluate';
import { baseOf } from '../analysis/named-platform';
import {
  type FilterPrinter,
  isOpaque,
  isQuoted,
  isWholeValue,
  printFilter,
  printTerm,
  printValue,
  quote,
  unquoted,
} from '../analysis/print-filter';
import { modelOf, type RequestModel } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import { type ListFault, type ListFilter, listFilter } from '../analysis/value-list';
import type { Platforms } from '../catalog/platforms';
import { parseBlock } from '../syntax/block-parser';
import type { BlockTree, Body, Clause, FilterList, Value, Word } from '../syntax/nodes';
import { findReferences, referencesInView } from '../syntax/references';
import { PAGE_SIZE } from '../text/limits';
import { withoutLineEnds } from '../text/lines';
import { listed } from '../text/lists';
import { endOf, type Span } from '../text/span';
import { visibleOnOneLine } from '../text/unseen';
import { METHOD_NAMES } from '../vocabulary/methods';
import { parameterOf } from '../vocabulary/parameters';
import { escapeInJson, minifyJson } from './body';
import { filterOf } from './list';
import type { QueryParameter, ValueList, WireRequest } from './wire';

/**
 * Why a request can't be built. For a prompt: ask the user, then build again with the answer in `given`; for `env`, the
 * environment variable `name` could not be read.
 */
export interface BuildProblem extends Span {
  readonly reason: 'prompt' | 'env' | 'variable' | 'syntax';
  readonly name: string;
  readonly message: string;
}

export type BuiltRequest =
  | { readonly ok: true; readonly request: WireRequest; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly BuildProblem[] };

class Stop extends Error {
  constructor(readonly problem: BuildProblem) {
    super(problem.message);
  }
}

/**
 * Builds what a block sends. Names get the metadata's spelling where it is known, filters get one space between words and
 * lower-case keywords, and JSON bodies lose comments and white space. All missing prompts are reported at once.
 */
export function buildRequest(
  tree: BlockTree,
  symbols: FileSymbols,
  platforms: Platforms,
  context: EvaluationContext,
): BuiltRequest {
  const prompts = missingPrompts(tree, symbols, context);
  if (prompts.length > 0) return { ok: false, problems: prompts };
  try {
    return new Builder(modelOf(tree, platforms), symbols, context).build();
  } catch (error) {
    if (error instanceof Stop) return { ok: false, problems: [error.problem] };
    throw error;
  }
}

export function missingPrompts(
  tree: BlockTree,
  symbols: FileSymbols,
  context: EvaluationContext,
): BuildProblem[] {
  const found = new Map<string, BuildProblem>();
  // Prompts in the block's own variables are asked only if the block uses the variable.
  const own = new Set(tree.variables.flatMap((variable) => variable.value.references));
  const waiting = tree.references
    .filter((reference) => !own.has(reference))
    .map((reference) => ({ reference, where: reference }))
    .reverse();
  // Not recursive: a chain of variables may be as long as a file.
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { target } = next.reference;
    if (target.kind !== 'variable' || seen.has(target.name) || context.given?.has(target.name) === true)
      continue;
    const { name } = target;
    seen.add(name);
    const value = symbols.variables.get(name)?.[0]?.node.value;
    if (value === undefined) continue;
    const { offset, length } = next.where;
    if (value.text.startsWith('?'))
      found.set(name, {
        offset,
        length,
        reason: 'prompt',
        name,
        message: value.text.slice(1).trim() || `Value for ${name}`,
      });
    else
      for (const reference of [...value.references].reverse()) waiting.push({ reference, where: next.where });
  }
  return [...found.values()];
}

/** One half of a pair of UTF-16 units. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

class Builder {
  readonly #notes: string[] = [];
  #list: ValueList | undefined;

  constructor(
    private readonly model: RequestModel,
    private readonly symbols: FileSymbols,
    private readonly context: EvaluationContext,
  ) {}

  build(): BuiltRequest {
    const { tree, method, endpoint } = this.model;
    const { request } = tree;
    if (request === undefined)
      throw stop(
        { offset: 0, length: tree.text.length },
        'syntax',
        '',
        'There is no request here. Write a module, for example GET coursedate.',
      );
    if (method === undefined)
      throw stop(
        request.method ?? request,
        'syntax',
        request.method?.text ?? '',
        `The API has ${listed(METHOD_NAMES)}.`,
      );
    const target = request.target;
    const base = method === 'GET' ? undefined : baseOf(target, tree.text);
    // For a change it must be known which platform its address names: `{{$env BASE}}` may be another one.
    if (base !== undefined) this.#take(substitute(base, this.symbols, this.context), target);
    const written = this.#segment(target.module, 'the name of a module');
    if (written === '' && endpoint !== 'modules')
      throw stop(target, 'syntax', '', 'Write the name of a module, for example GET coursedate.');
    const id = target.id === undefined ? undefined : this.#segment(target.id, 'an ID');
    if (id?.trim() === '')
      throw stop(target.id ?? target, 'syntax', '', 'The ID is empty: its variable has no value.');
    let query = tree.clauses.map((clause) => this.#parameter(clause));
    let sentId = id;
    if (
      method === 'GET' &&
      endpoint === 'data' &&
      id !== undefined &&
      !query.some(({ name }) => name === '$filter')
    ) {
      // Contract: there is no documented read of one record by path; clients filter by ID.
      query = [
        { name: '$filter', value: `ID eq ${this.#sent(id, 'quoted', target.id ?? target)}` },
        ...query,
      ];
      sentId = undefined;
      this.#notes.push(
        `Read with $filter=ID eq ${quote(id)}: the API has no address for reading one record.`,
      );
    }
    const body = tree.body === undefined ? undefined : this.#body(tree.body);
    for (const text of [written, id ?? '', body ?? '', ...query.map(({ value }) => value)])
      if (LONE_SURROGATE.test(text))
        throw stop(
          request,
          'syntax',
          '',
          'The request holds half a character, which can’t be sent. Write the text again.',
        );
    return {
      ok: true,
      notes: this.#notes,
      request: {
        method,
        endpoint,
        module: this.model.catalog?.module(written)?.name ?? written,
        query,
        ...(sentId === undefined ? {} : { id: sentId }),
        ...(this.#list === undefined ? {} : { list: this.#list }),
        ...(body === undefined ? {} : { body }),
      },
    };
  }

  #take(value: Evaluation, where: Span): string {
    if (value.ok) return value.text;
    const reason = value.reason === 'prompt' || value.reason === 'env' ? value.reason : 'variable';
    throw stop(where, reason, value.name, value.message);
  }

  /** A part of the path. It never becomes another path, whatever a variable or an earlier response holds. */
  #segment(word: Word, what: string): string {
    const text = this.#text(word);
    if (!leavesSegment(text)) return text;
    const source = word.references.length === 0 ? 'it' : `the value of ${word.text}`;
    throw stop(
      word,
      'syntax',
      '',
      `“${visibleOnOneLine(text)}” can’t be ${what}: a slash, a backslash, “..” or a control character in it could lead to another address. Correct ${source}.`,
    );
  }

  /** True for the place of a value that a response will supply: `{{name.results[0].ID}}`. */
  #isPlace(text: string): boolean {
    return this.context.withPlaces === true && /^\{\{[^{}]*\}\}$/.test(text);
  }

  #text(word: Word): string {
    return word.references.length === 0
      ? word.text
      : this.#take(substitute(word, this.symbols, this.context), word);
  }

  /** A field in the metadata's spelling. */
  #field(word: Word): string {
    const text = this.#text(word);
    return this.#canonical(text);
  }

  #canonical(name: string): string {
    return this.#module()?.field(name)?.name ?? name;
  }

  #module() {
    const { model } = this;
    const { target } = model.tree.request ?? {};
    return (
      model.module ??
      (target === undefined || target.module.references.length === 0
        ? undefined
        : model.catalog?.module(this.#text(target.module)))
    );
  }

  /** A value of a filter as it is sent. `text` is that of the value, or what a variable without quotes holds. */
  #sent(text: string, form: Value['form'], where: Span): string {
    if (takesBare(form, this.model.traits)) return text.trim().toLowerCase();
    const sent = quotedForSending(text, this.model.traits);
    if (sent === undefined) throw stop(where, 'syntax', '', NO_QUOTE);
    return sent;
  }

  #value(value: Value): string {
    const { form } = value;
    if (value.references.length === 0)
      return isQuoted(form) || isBare(form) ? this.#sent(value.text, form, value) : value.text;
    const text = this.#textOf(value);
    if (isQuoted(form)) return this.#sent(text, form, value);
    if (form !== 'variable' || this.#isPlace(text)) return text;
    const inner = unquoted(text);
    if (inner !== undefined) return this.#sent(inner, 'quoted', value);
    return this.#sent(text.trim(), /^\s*[a-z]/i.test(text) ? 'boolean' : 'number', value);
  }

  /** A filter in which a variable stands for conditions or a name, as the text that it is with the variable’s value. */
  #filter(list: FilterList): string | undefined {
    const printer = { word: (word: Word) => this.#field(word), value: (each: Value) => this.#value(each) };
    const found = listFilter(list, this.model.traits);
    if (found !== undefined && this.model.method === 'GET') return this.#filterOfList(found, printer);
    if (!list.terms.some(isOpaque)) return printFilter(list, printer);
    const text = printFilter(list, {
      word: (word) => this.#field(word),
      value: (each) => printValue(each, this.#textOf(each)),
    });
    const whole = text === undefined ? undefined : readFilter(text);
    if (text === undefined || whole === undefined) return text;
    // What a variable held is text now: braces in it are no references.
    return printFilter(whole, {
      word: (word) => this.#canonical(word.text),
      value: ({ form, text: inner, ...where }) =>
        isQuoted(form) || isBare(form) ? this.#sent(inner, form, { ...where }) : inner,
    });
  }

  /** A filter with a list: asks for all its values at once, and notes how to ask for some of them. */
  #filterOfList(found: ListFilter | ListFault, printer: FilterPrinter): string {
    if ('message' in found) throw stop(found.reference, 'syntax', found.reference.text, found.message);
    const { comparison, reference, value } = found;
    const start = `${this.#field(comparison.field)} eq `;
    const rest = found.rest.map((conditions) =>
      conditions.map((term) => {
        const text = printTerm(term, printer);
        if (text === undefined) throw stop(term, 'syntax', '', 'Complete or correct this condition first.');
        return text;
      }),
    );
    const list = evaluateList(reference, this.context);
    if (typeof list === 'object' && 'ok' in list) return this.#take(list, value);
    if (typeof list === 'string')
      this.#notes.push(
        `All different values of ${reference.text} take the place of {{${reference.text}}}, at most ${PAGE_SIZE} of them in each request.`,
      );
    if (typeof list === 'object') {
      const { part } = list;
      this.#list = { start, values: list.values, rest, ...(part === undefined ? {} : { part }) };
      for (const note of list.notes) this.#notes.push(note);
    }
    // Without values nothing is sent; the place stands where they have not arrived.
    const [place] = typeof list === 'string' ? [list] : [''];
    const values = typeof list === 'object' && list.values.length > 0 ? list.values : [place];
    const filter = filterOf({ start, values, rest }, this.model.traits);
    if (filter === undefined) throw stop(value, 'syntax', '', NO_QUOTE);
    return filter;
  }

  /** The text of a value with its variables replaced. It is never able to become another condition. */
  #textOf(value: Value): string {
    if (value.references.length === 0) return value.text;
    const text = this.#take(substitute(value, this.symbols, this.context), value);
    if (value.form === 'variable' && !isWholeValue(text) && !this.#isPlace(text))
      throw stop(
        value,
        'syntax',
        value.text,
        `“${text}” is text. Write ${value.text} in single quotes: ${quote(value.text)}.`,
      );
    return text;
  }

  #parameter(clause: Clause): QueryParameter {
    const name = parameterOf(clause.name.text) ?? clause.name.text;
    const { value } = clause;
    switch (value.kind) {
      case 'filter': {
        return { name, value: this.#filter(value.filter) ?? this.#raw(clause) };
      }
      case 'fields': {
        const names = value.items.map((item) => (item.field === undefined ? '' : this.#field(item.field)));
        return { name, value: names.join(',') };
      }
      case 'order':
        return {
          name,
          value: value.items
            .map((item) =>
              [
                item.field === undefined ? '' : this.#field(item.field),
                item.direction === undefined ? '' : this.#text(item.direction).toLowerCase(),
              ]
                .join(' ')
                .trim(),
            )
            .join(','),
        };
      case 'plain': {
        const text = withoutLineEnds(this.#text(value.text));
        // The guide writes the word in lower case.
        return { name, value: name === '$count' ? text.toLowerCase() : text };
      }
    }
  }

  /** The user's own text with its lines joined, for a filter that can't be parsed. */
  #raw(clause: Clause): string {
    const text = withoutLineEnds(clause.view.text.replace(/[\r\n]+[ \t]*(?:#|\/\/)[^\r\n]*/g, '')).trim();
    const references =
      clause.plus === undefined ? findReferences(text, 0, text.length) : referencesInView(clause.view);
    return this.#take(substitute({ text, references }, this.symbols, this.context), clause);
  }

  #body(body: Body): string {
    const { text } = this.model.tree;
    let result = '';
    let last = body.content.offset;
    for (const reference of body.references) {
      if (!reference.closed) continue;
      const taken = this.#take(evaluateReference(reference, this.symbols, this.context), reference);
      // References outside strings are masked in `json`; inside a string the text is unchanged.
      const inString = body.json[reference.offset - body.content.offset] === '{';
      const value = !inString && this.#isPlace(taken) ? JSON.stringify(taken) : taken;
      if (!inString && !isJson(value)) {
        throw stop(
          reference,
          'syntax',
          reference.text,
          `“${value}” is not a JSON value. Put quotes around {{${reference.text}}}, or give it a number, true, false or null.`,
        );
      }
      result += text.slice(last, reference.offset) + (inString ? escapeInJson(value) : value);
      last = endOf(reference);
    }
    const sent = minifyJson(result + text.slice(last, endOf(body.content)), (name) => this.#canonical(name));
    if (!isJson(sent))
      throw stop(body.content, 'syntax', '', 'The body is not valid JSON: correct what is underlined in it.');
    return sent;
  }
}

/** So often a text is decoded at most; one that is still encoded then is meant to deceive. */
const MAX_DECODINGS = 5;

/**
 * True for a text that is more than one segment of a path, or becomes so for a server that decodes it, perhaps more
 * than once (`%2F`, `%252F`).
 */
function leavesSegment(text: string): boolean {
  let [before, decoded] = ['', text];
  for (let times = 0; decoded !== before; times++) {
    if (times > MAX_DECODINGS || decoded.trim() === '.') return true;
    if (/\.\.|[/\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(decoded)) return true;
    before = decoded;
    decoded = before.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
  return false;
}

/** True for a value that is quoted when it is sent, unless the platform takes it as it is. */
const isBare = (form: Value['form']) => form === 'number' || form === 'boolean';

/** Reads a filter on its own; undefined where it has a mistake. */
function readFilter(text: string): FilterList | undefined {
  if (/[\r\n]/.test(text)) return undefined;
  const tree = parseBlock(`GET x\n$filter = ${text}`);
  const value = tree.clauses[0]?.value;
  return tree.problems.length === 0 && tree.clauses.length === 1 && value?.kind === 'filter'
    ? value.filter
    : undefined;
}

const stop = (where: Span, reason: BuildProblem['reason'], name: string, message: string) =>
  new Stop({ offset: where.offset, length: where.length, reason, name, message });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
