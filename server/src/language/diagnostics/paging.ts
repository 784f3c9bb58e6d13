/** `$top`, `$skip`, `$count`: `type-mismatch`, `large-page`, `skip-is-pages`, `skip-is-records`. */
import { wholeNumber } from '../analysis/field-types';
import { advisedPageSize, bringsAll, mostRecords, sizeOfPages, skipsRecords } from '../analysis/paging';
import { lineEndAt } from '../syntax/lines';
import type { Word } from '../syntax/nodes';
import { isListReference } from '../syntax/references';
import { PAGE_SIZE } from '../text/limits';
import { pagesOf } from '../vocabulary/directives';
import type { ParameterName } from '../vocabulary/parameters';
import type { Check, CheckContext } from './check';
import { clauseRemoval, replace, staticText } from './check';

export const checkPaging: Check = (context) => {
  const { report } = context;
  const top = numberOf(context, '$top', 1);
  const { traits } = context.model;
  const advised = advisedPageSize(traits);
  const skip = numberOf(context, '$skip', 0);
  if (top !== undefined && top.value > mostRecords(traits)) reportTooLarge(context, top, skip?.value ?? 0);
  else if (top !== undefined && top.value > PAGE_SIZE) {
    report(
      'large-page',
      top.word,
      `More than ${PAGE_SIZE} records at a time are not recommended: they slow the platform down. Use # @pages all to fetch page after page.`,
      {
        fixes: [replace(top.word, String(advised), `Use ${advised}`, false)],
      },
    );
  }
  if (top !== undefined) checkSmallPage(context, top);
  if (skip !== undefined) checkSkip(context, skip, top?.value ?? PAGE_SIZE);
  checkCount(context);
};

/** More records than the platform brings at a time, which fetching several pages makes up for. */
function reportTooLarge({ report, pages, model }: CheckContext, top: NumberWord, skip: number): void {
  const most = mostRecords(model.traits);
  const several = pages !== undefined && pages !== 1;
  const isCapped = several && sizeOfPages(top.value, skip, model.traits) <= most;
  const instead = several
    ? `Write $top = ${most}, and $skip = the number of such pages to leave out.`
    : `Write $top = ${most}, and # @pages all to fetch page after page.`;
  const limit = `This platform brings at most ${most} records at a time`;
  report(
    'large-page',
    top.word,
    isCapped ? `${limit}, so each page is fetched with $top = ${most}.` : `${limit}. ${instead}`,
    {
      severity: isCapped ? 'information' : 'error',
      fixes: [replace(top.word, String(most), `Use ${most}`, false)],
    },
  );
}

function checkSkip(context: CheckContext, skip: NumberWord, size: number): void {
  const { report, model } = context;
  if (skipsRecords(model.traits)) {
    if (skip.value === 0 || skip.value >= size) return;
    const records = skip.value * size;
    report(
      'skip-is-records',
      skip.word,
      `On this platform, $skip counts records, not pages: this leaves out ${skip.value} of them. For page number ${skip.value}, counted from 0, write $skip = ${records}.`,
      { fixes: [replace(skip.word, String(records), `Leave out ${records} records`, false)] },
    );
    return;
  }
  if (skip.value >= size && skip.value % size === 0 && size > 1) {
    const page = skip.value / size;
    report(
      'skip-is-pages',
      skip.word,
      `$skip counts pages, not records: this skips ${skip.value} pages of ${size}. For the records from number ${skip.value + 1} on, write $skip = ${page}.`,
      {
        fixes: [replace(skip.word, String(page), `Write page number ${page}`, false)],
      },
    );
  }
}

function checkCount(context: CheckContext): void {
  const { report } = context;
  const count = plainWord(context, '$count');
  if (count !== undefined) {
    const text = staticText(context, count);
    if (text !== undefined && !/^(true|false)$/i.test(text)) {
      report(
        'type-mismatch',
        count,
        `Write $count = true, or leave $count out. “${text}” is neither true nor false.`,
        { fixes: [replace(count, 'true')] },
      );
    }
  }
}

/** Few records on each of all pages: a request for each page, where the first few records may be meant. */
function checkSmallPage({ model, report }: CheckContext, top: NumberWord): void {
  const all = model.tree.directives.filter(
    ({ name, value }) => name.text === 'pages' && pagesOf(value.text) === 'all',
  );
  const advised = advisedPageSize(model.traits);
  if (all.length === 0 || top.value >= advised) return;
  // A list of values is fetched to its end, whatever its page holds.
  const isForList = model.tree.references.some(isListReference);
  report(
    'small-page',
    top.word,
    `With all pages, $top = ${top.value} asks for every record, ${top.value} at a time. Write $top = ${advised} to fetch all, or remove # @pages all to fetch only ${top.value}.`,
    {
      fixes: [
        replace(top.word, String(advised), `Use ${advised}`, false),
        ...(isForList
          ? []
          : [
              {
                title: 'Remove # @pages all',
                edits: all.map(({ offset, length }) => ({ offset, length, text: '' })),
              },
            ]),
      ],
    },
  );
}

function plainWord({ model }: CheckContext, name: ParameterName): Word | undefined {
  const clause = model.clause(name);
  return clause?.value.kind === 'plain' && clause.value.text.length > 0 ? clause.value.text : undefined;
}

interface NumberWord {
  readonly word: Word;
  readonly value: number;
}

/** `$top = all` */
function reportAll({ model, report }: CheckContext, word: Word, text: string): void {
  const { tree } = model;
  const clause = model.clause('$top');
  const start = tree.request?.offset;
  const isPossible = clause?.origin === 'line' && start !== undefined;
  report(
    'type-mismatch',
    word,
    `$top is a number, and “${text}” is none. To get all records, write # @pages all above the request, or choose Fetch all in the results.`,
    {
      fixes: isPossible
        ? [
            {
              title: 'Fetch all pages: # @pages all',
              preferred: true,
              edits: [
                { offset: start, length: 0, text: `# @pages all${lineEndAt(tree.text, start)}` },
                ...clauseRemoval(tree, clause, '').edits,
              ],
            },
          ]
        : [],
    },
  );
}

function numberOf(context: CheckContext, name: ParameterName, least: number): NumberWord | undefined {
  const word = plainWord(context, name);
  const text = word === undefined ? undefined : staticText(context, word);
  if (word === undefined || text === undefined) return undefined;
  if (name === '$top' && text === '-1' && bringsAll(context.model.traits)) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return { word, value: Number(text) };
  // A comma that does not divide thousands may divide two numbers.
  const digits = wholeNumber(text.replace(/^(['"])(.*)\1$/s, '$2'));
  if (name === '$top' && /^(?:all|max|\*)$/i.test(text)) {
    reportAll(context, word, text);
    return undefined;
  }
  const skipped = skipsRecords(context.model.traits)
    ? 'a number of records, from 0'
    : 'the number of a page, from 0';
  const what = name === '$top' ? 'the number of records, 1 or more' : skipped;
  const more = /[,;&?]\s*\$\w/.test(text) ? ' Write each parameter on its own line.' : '';
  context.report(
    'type-mismatch',
    word,
    `${name} is ${what}, in digits: ${name} = ${name === '$top' ? 20 : 1}.${more}`,
    {
      fixes: digits !== undefined && Number(digits) >= least ? [replace(word, String(Number(digits)))] : [],
    },
  );
  return undefined;
}
