/** The languages of *Copy As*. */
import type { PlatformTraits, WireRequest } from '#language';
import type { PreparedRequest } from '../../running/prepare';
import { csharp } from './csharp';
import { curl } from './curl';
import { javascript } from './javascript';
import { type Generator, KEY } from './plan';
import { powerQuery } from './power-query';
import { powershell } from './powershell';
import { python } from './python';

export interface CodeLanguage {
  /** As `apq convert --as` names it. */
  readonly id: string;
  readonly label: string;
  /** What it requires, or where it runs. */
  readonly description: string;
  /** VS Code's id of the language, for highlighting. */
  readonly languageId: string;
  /** True where a program can't send a change. */
  readonly readsOnly?: true;
  /** True where programs can follow one another in one file. */
  readonly isScript?: true;
  readonly generate: Generator;
}

export const CODE_LANGUAGES: readonly CodeLanguage[] = [
  {
    id: 'curl',
    label: 'cURL',
    description: 'sh, bash, zsh',
    languageId: 'shellscript',
    isScript: true,
    generate: curl,
  },
  {
    id: 'powershell',
    label: 'PowerShell',
    description: 'Windows PowerShell 5.1, PowerShell 7',
    languageId: 'powershell',
    generate: powershell,
  },
  {
    id: 'python',
    label: 'Python',
    description: '3.8 or later, nothing to install',
    languageId: 'python',
    generate: python,
  },
  { id: 'csharp', label: 'C#', description: '.NET 8 or later', languageId: 'csharp', generate: csharp },
  {
    id: 'javascript',
    label: 'JavaScript',
    description: 'Node.js 20 or later',
    languageId: 'javascript',
    generate: javascript,
  },
  {
    id: 'm',
    label: 'Power Query M',
    description: 'Power BI and Excel',
    languageId: 'powerquery',
    readsOnly: true,
    generate: powerQuery,
  },
];

/** Returns the languages that can send the request; none for signing in, which is the connection's work. */
export const languagesFor = ({ method, endpoint }: WireRequest): readonly CodeLanguage[] =>
  endpoint === 'token'
    ? []
    : CODE_LANGUAGES.filter(({ readsOnly }) => method === 'GET' || readsOnly !== true);

/** Why a SQL request is no program. */
export const IS_SQL =
  'A SQL request is answered here, from the answers of its tables: nothing of it is sent. Choose the requests of its tables, or copy the statement itself.';

/** Why a list of values that needs several requests is no program. */
export const IS_LIST =
  'The values of this list are asked for in several requests, and a program sends one. Filter for fewer values, or copy the addresses with “Copy Request”.';

/** Why a request that signs in is no program. */
export const SIGNS_IN =
  'This address signs in, which the connection does by itself. Choose the request that you need the sign-in for.';

/**
 * Returns the request as a program, which fetches as many pages as `# @pages` says. `traits`: what was found out about
 * the platform.
 */
export const programFor = (
  { wire, connection, request }: PreparedRequest,
  { generate }: CodeLanguage,
  traits: PlatformTraits | undefined,
): string => generate(wire, connection.root, { pages: request.pages ?? 1, traits });

/** Says where a program gets the key from, which is never in it. */
export const keyHint = ({ readsOnly }: CodeLanguage): string =>
  readsOnly === true ? 'Put your key into its parameter.' : `It reads your key from the variable ${KEY}.`;
