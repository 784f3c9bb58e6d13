/** `apq convert`: commands and collections of other tools as requests, and requests as programs. */
import { CODE_LANGUAGES } from '#core/sharing/code/languages';
import { convertToPrograms } from '../convert-to-programs';
import { convertToRequests } from '../convert-to-requests';
import { usage } from '../exit';
import { command, longName, type ValuesOf } from '../frame/command';
import { choice } from '../frame/option';
import { readInput, STDIN_FILEPATH } from '../inputs';
import { output, pathOf } from '../options';
import { RUN_OPTIONS } from '../run-options';
import { refuseSameFile } from '../same-file';

const { request, root, var: variable, connection, metadata } = RUN_OPTIONS;
/** No platform is asked. */
const ASKS_NOTHING = { apiKeyStdin: false, timeout: undefined, retries: undefined };
/** Options that say which request becomes a program, and where that sends it. */
const OF_PROGRAMS = { request, root, var: variable, connection, metadata };

export const convert = command({
  name: 'convert',
  summary: 'Convert cURL commands or a Postman collection to requests, or requests to programs',
  details: [
    'Without --as, FILE (-: standard input) holds cURL commands of any shell, addresses of the API, or a Postman collection or environment. What is left out, changed or guessed stands on standard error and in comments. Keys, tokens and passwords are never in the output.',
    'With --as, FILE holds requests. The program reads the key from APQ_API_KEY where it runs.',
  ],
  operands: { name: 'FILE|-', least: 1, most: 1 },
  options: {
    as: choice(
      CODE_LANGUAGES.map(({ id }) => id),
      `Write requests of FILE as ${CODE_LANGUAGES.map(({ id, label }) => `${id} (${label})`).join(', ')}`,
      { value: 'LANGUAGE' },
    ),
    ...OF_PROGRAMS,
    stdinFilepath: STDIN_FILEPATH,
    output: output('Write to a file, whole or not at all (-: standard output)'),
  },
  examples: [
    ['convert command.txt -o users.apq', 'Makes requests of the cURL commands in a text.'],
    ['convert acme.postman_collection.json > acme.apq', 'Makes requests of a Postman collection.'],
    [
      'convert courses.apq --as python --request "Upcoming courses" -o courses.py',
      'Makes a program of one request, for the platform of APQ_ROOT.',
    ],
    ['convert courses.apq --as curl --request all', 'Makes cURL commands of all requests.'],
  ],
  statuses: {
    1: 'nothing could be converted, or a request was left out; with --as: a request has errors, or needs the answer of another one',
  },
  environment: ['APQ_ROOT', 'APQ_METADATA'],
  run: async ([path = ''], { as, output: written, stdinFilepath, ...values }) => {
    const language = CODE_LANGUAGES.find(({ id }) => id === as);
    if (language === undefined) refuseOptions(values);
    const target = pathOf(written);
    if (target !== undefined) await refuseSameFile(path, [target], undefined);
    const { name, text } = await readInput(path, stdinFilepath);
    if (language === undefined) return convertToRequests(name, text, target);
    const { var: given, connection: connections, ...others } = values;
    const options = { ...others, given, connections, output: target, ...ASKS_NOTHING };
    await convertToPrograms(name, text, language, options);
    return 0;
  },
});

/** Without `--as`, none of the options of programs means anything. */
function refuseOptions(values: ValuesOf<typeof OF_PROGRAMS>): void {
  for (const [name, value] of Object.entries(values))
    if (isGiven(value)) throw usage(`${longName(name)} is for programs: name a language with --as.`);
}

function isGiven(value: string | readonly string[] | ReadonlyMap<string, string> | undefined): boolean {
  if (value instanceof Map) return value.size > 0;
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
