/** Findings as SARIF 2.1.0, the format of code scanning. */
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { harmlessJson, harmlessSentence } from '#core/text/foreign-text';
import { CODES, type Diagnostic, type DiagnosticCode, docsOf, type Severity } from '#language';
import { DIAGNOSTIC_DOCS, type DiagnosticDoc } from '#language/diagnostics/documentation';
import { version } from '#package.json';
import { type CheckedFile, placeOf, type Report, separator } from './report';
import { pathInRepository } from './repository-path';

const LEVELS = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
} satisfies Record<Severity, string>;

// Object.entries keeps the order of the table, by which results refer to rules.
const DOCS = Object.entries(DIAGNOSTIC_DOCS) as [DiagnosticCode, DiagnosticDoc][];
const INDEX = new Map(DOCS.map(([code], index) => [code, index]));

export function sarifReport(): Report {
  const comma = separator(',');
  return {
    begin: `{
"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
"version": "2.1.0",
"runs": [{
"tool": ${harmlessJson({ driver: { name: 'apq', version, informationUri: docsOf(), rules: DOCS.map(ruleOf) } })},
"columnKind": "utf16CodeUnits",
"results": [`,
    file: (checked) =>
      checked.findings.map((finding) => `${comma()}\n${harmlessJson(resultOf(checked, finding))}`).join(''),
    end: (problems) => `\n],\n"invocations": [${harmlessJson(invocationOf(problems))}]\n}]\n}\n`,
  };
}

const invocationOf = (problems: readonly string[]) => ({
  executionSuccessful: problems.length === 0,
  toolExecutionNotifications: problems.map((problem) => ({
    level: 'error',
    message: { text: harmlessSentence(problem) },
  })),
});

function ruleOf([code, { when, fix, wrong, right }]: [DiagnosticCode, DiagnosticDoc]) {
  const [sentence = when] = when.split(/(?<=\.) /);
  const text = fix === undefined ? when : `${when}\n\nFix: ${fix}`;
  return {
    id: code,
    shortDescription: { text: plain(sentence) },
    fullDescription: { text: plain(when) },
    helpUri: docsOf(code),
    help: {
      text: plain(text),
      markdown: [text, fenced(wrong), ...(wrong === right ? [] : ['Instead:', fenced(right)])].join('\n\n'),
    },
    defaultConfiguration: { level: LEVELS[CODES[code]] },
  };
}

function resultOf({ name, lines }: CheckedFile, finding: Diagnostic) {
  const { line, column, endLine, endColumn } = placeOf(lines, finding);
  return {
    ruleId: finding.code,
    ruleIndex: INDEX.get(finding.code),
    level: LEVELS[finding.severity],
    message: { text: harmlessSentence(finding.message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(name) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
  };
}

/** Relative to the repository, where the file is in it. */
function uriOf(name: string): string {
  const path = pathInRepository(name);
  return isAbsolute(path)
    ? pathToFileURL(path).href
    : path
        .split('/')
        .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
        .join('/');
}

/** Without the marks of Markdown that the docs use: of code, and of emphasis. */
const plain = (markdown: string): string => markdown.replace(/`|\b_|_\b/g, '');

const fenced = (text: string): string => `\`\`\`apq\n${text}\n\`\`\``;
