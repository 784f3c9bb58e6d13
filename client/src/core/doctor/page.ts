/** The page about what a platform supports: Markdown, with what was asked and answered. */
import { type Asked, codeSpan, escapeMarkdown, type PlatformFindings } from '#language';
import { harmless } from '../text/foreign-text';
import type { Examination } from './examine';
import { type Finding, findingsOf, inShort } from './findings';

/** The check that the page is about. */
interface Checked extends Pick<Examination, 'sent' | 'notes'> {
  readonly platform: PlatformFindings;
  /** Of the connection. */
  readonly name: string;
  readonly root: string;
  /** Why it ended early, as a sentence. */
  readonly ended?: string | undefined;
}

const plain = (text: string): string => escapeMarkdown(harmless(text));

export function pageOf({ platform, name, root, sent, notes, ended }: Checked): string {
  const findings = findingsOf(platform);
  const differing = findings.filter(({ differs }) => differs);
  const open = findings.filter(({ found }) => found === undefined);
  const when = new Date(platform.checkedAt).toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const summary = [
    `${findings.length - open.length} of ${findings.length} questions were answered; ${differing.length === 0 ? 'all answers are as APQ assumed' : `${differing.length} ${differing.length === 1 ? 'answer is' : 'answers are'} other than APQ assumed`}.`,
    'APQ uses the answers from now on, in checks, fixes and when it sends requests.',
  ];
  return [
    `# What ${plain(name)} supports`,
    `${codeSpan(root)}, checked on ${when} with ${sent} requests that only read.`,
    ...(ended === undefined ? [] : [`**The check ended early.** ${plain(ended)}`]),
    summary.join(' '),
    ...notes.map((note) => `- ${plain(note)}`),
    ...section('Other than assumed', differing),
    ...section('Not known', open),
    ...section(
      'As assumed',
      findings.filter((finding) => !differing.includes(finding) && !open.includes(finding)),
    ),
    '## What was asked and answered',
    ...findings.flatMap(details),
    '',
  ].join('\n\n');
}

function section(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(
    ({ subject, found, means, assumed, used }) =>
      `| ${plain(subject)} | **${cell(inShort(found))}** | ${cell(inShort(assumed))} | ${cell(`${found === undefined ? 'As assumed: ' : ''}${means}`)} ${cell(used)} |`,
  );
  return [
    `## ${title}`,
    [
      '| Question | Found | Assumed | What that means, and how APQ uses it |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

const cell = (text: string): string => plain(text).replaceAll('\n', ' ');

function details({ subject, why, unknown, asked }: Finding): string[] {
  return [
    `### ${plain(subject)}`,
    [why, ...(unknown === undefined ? [] : [`Not known: ${unknown}`])].map(plain).join(' '),
    asked.length === 0
      ? 'Nothing was asked for this.'
      : asked
          .map((each) => `- ${codeSpan(harmless(readable(each.address)))}  \n  ${answerOf(each)}`)
          .join('\n'),
  ];
}

/** The address as people write it; unchanged where it can't be decoded. */
function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function answerOf({ status, words, records, ids = [] }: Asked): string {
  if (words !== undefined) return `→ ${status === undefined ? '' : `${status}: `}${plain(words)}`;
  const shown = ids.filter((id) => id !== '').map((id) => codeSpan(harmless(id)));
  const more = (records ?? 0) > shown.length && shown.length > 0 ? ', …' : '';
  const which = shown.length === 0 ? '' : `, ID ${shown.join(', ')}${more}`;
  return `→ ${status ?? ''}: ${records ?? 0} ${records === 1 ? 'record' : 'records'}${which}`;
}
