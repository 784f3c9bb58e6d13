/** `apq convert --as`: requests become programs, as *Copy Request As* of the editor makes them. */
import { writeWhole } from '#core/files/output-file';
import { refuseForeign } from '#core/running/before-sending';
import { planOf } from '#core/running/plan';
import {
  prepare,
  type Prepared,
  type PreparedRequest,
  type PreparePort,
  valuesOf,
} from '#core/running/prepare';
import { type QueryFile, titleOf } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import {
  type CodeLanguage,
  IS_SQL,
  keyHint,
  languagesFor,
  programFor,
  SIGNS_IN,
} from '#core/sharing/code/languages';
import type { RequestInfo } from '#language';
import { Exit, usage } from './exit';
import { outputNames } from './output-names';
import { chosenIn, openQueries, type Queries, type QueryOptions, refuseUnknownVariables } from './queries';
import { otherConnection } from './run-call';
import type { RunOptions } from './run-options';
import { exitFor } from './run-report';
import { inform, print, tell } from './terminal';

/** `output`: undefined for standard output. Nothing is written where one of the requests is refused. */
export async function convertToPrograms(
  path: string,
  content: string,
  language: CodeLanguage,
  { output, request, ...options }: QueryOptions & Pick<RunOptions, 'request' | 'output'>,
): Promise<void> {
  const queries = await openQueries(path, content, options);
  refuseUnknownVariables([queries.file], options.given);
  const chosen = chosenIn(queries.file, { request });
  const each = chosen.length > 1 && language.isScript !== true;
  if (each && output === undefined)
    throw usage(
      `A program is for one request, and there are ${chosen.length}. Write a file for each with --output FILE, or choose one with --request.`,
    );
  const programs = new Map<string, string[]>();
  const names = outputNames(output, each, chosen);
  for (const prepared of await prepareAll(queries, chosen, options)) {
    refuseLanguage(prepared, language);
    for (const note of notesOn(prepared)) tell(note);
    const name = names.get(prepared.request.index) ?? '';
    programs.set(name, [
      ...(programs.get(name) ?? []),
      programFor(prepared, language, queries.platforms.traitsOf(prepared.connection)),
    ]);
  }
  for (const [name, texts] of programs)
    await (name === '' ? print(texts.join('\n')) : writeWhole(name, texts.join('\n')));
  const written = output === undefined ? 'written' : `written to ${[...programs.keys()].join(', ')}`;
  inform(`${language.label} ${written}. ${keyHint(language)}`);
}

async function prepareAll(
  queries: Queries,
  chosen: readonly RequestInfo[],
  { given }: QueryOptions,
): Promise<PreparedRequest[]> {
  const { file, platforms, language } = queries;
  const port: PreparePort = {
    connection: async (request) => {
      const connection = platforms.sure(request);
      if (connection === undefined) throw noConnectionFor(request);
      return Promise.resolve(connection);
    },
    language: () => Promise.resolve(language),
    // Nothing is sent, so no answer is known.
    answer: () => undefined,
    given,
    // A program is a file, in which no secret may stand.
    masksSecrets: true,
  };
  const values = valuesOf(port);
  const prepared: PreparedRequest[] = [];
  try {
    for (const request of chosen) {
      if (request.sql !== undefined) throw new Exit(1, `“${titleOf(request)}” was not converted. ${IS_SQL}`);
      refuseChained(file, request);
      const one = await prepare(file, request, port, values);
      refuseForeign(one);
      if (one.kind === 'request') prepared.push(one);
    }
  } catch (error) {
    throw error instanceof Refusal ? exitFor(error, queries, 'converted') : error;
  }
  const { masked = new Set() } = values;
  if (masked.size > 0)
    tell(
      `“***” stands in the program in place of the value of ${[...masked].join(', ')}: let it get the secret where it runs.`,
    );
  return prepared;
}

/** A program sends one request. */
function refuseChained(file: QueryFile, request: RequestInfo): void {
  const needed = planOf(file, [request]).find(({ neededBy }) => neededBy !== undefined);
  if (needed !== undefined)
    throw new Exit(
      1,
      `“${titleOf(request)}” was not converted: it takes a value from the answer of “${titleOf(needed.request)}”, which is not known before that was sent. Write a variable in its place, and give that with --var.`,
    );
}

function refuseLanguage({ request, wire }: PreparedRequest, language: CodeLanguage): void {
  const possible = languagesFor(wire);
  const title = titleOf(request);
  if (possible.length === 0) throw new Exit(1, `“${title}” was not converted. ${SIGNS_IN}`);
  if (!possible.includes(language))
    throw usage(
      `“${title}” was not converted: ${language.label} only reads, and this is a ${wire.method}. Choose another language with --as.`,
    );
}

const notesOn = ({ request, connection, notes }: Prepared): string[] => {
  const other = otherConnection(request, connection);
  return other === undefined ? [...notes] : [...notes, other];
};
