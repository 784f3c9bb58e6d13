/** The languages of *Copy As*. */
import type { WireRequest } from '#language';
import { csharp } from './csharp';
import { curl } from './curl';
import { javascript } from './javascript';
import type { Generator } from './plan';
import { powerQuery } from './power-query';
import { powershell } from './powershell';
import { python } from './python';

export interface CodeLanguage {
  readonly id: string;
  readonly label: string;
  /** What it requires, or where it runs. */
  readonly description: string;
  /** VS Code's id of the language, for highlighting. */
  readonly languageId: string;
  /** True where a program can't send a change. */
  readonly readsOnly?: true;
  readonly generate: Generator;
}

export const CODE_LANGUAGES: readonly CodeLanguage[] = [
  { id: 'curl', label: 'cURL', description: 'sh, bash, zsh', languageId: 'shellscript', generate: curl },
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
    id: 'powerquery',
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
