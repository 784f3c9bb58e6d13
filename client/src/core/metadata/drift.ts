/** What changed between two readings of a platform's metadata, and what that breaks. */
import {
  ByName,
  codeSpan,
  escapeMarkdown,
  type FieldInfo,
  LineIndex,
  linkTarget,
  type Metadata,
  TYPE_NAMES,
} from '#language';
import { languageHere } from '../client';

export interface Drift {
  readonly modulesAdded: readonly string[];
  readonly modulesGone: readonly string[];
  /** Only modules whose fields were known before and after. */
  readonly modules: readonly ModuleDrift[];
}

interface ModuleDrift {
  readonly name: string;
  readonly fieldsAdded: readonly string[];
  readonly fieldsGone: readonly string[];
  /** In words: `StartDate: date and time → date`. */
  readonly changes: readonly string[];
}

/** A place in a file that was right with the old metadata and is an error with the new. Lines count from 1. */
export interface BrokenPlace {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Returns undefined where nothing changed. */
export function driftBetween(before: Metadata, after: Metadata): Drift | undefined {
  const old = new ByName(before.modules);
  const now = new ByName(after.modules);
  const modules = after.modules.flatMap((module): ModuleDrift[] => {
    const known = old.get(module.name);
    if (known?.fields === undefined || module.fields === undefined) return [];
    const drift = fieldDrift(module.name, known.fields, module.fields);
    return drift.fieldsAdded.length + drift.fieldsGone.length + drift.changes.length > 0 ? [drift] : [];
  });
  const drift: Drift = {
    modulesAdded: after.modules.filter(({ name }) => old.get(name) === undefined).map(({ name }) => name),
    modulesGone: before.modules.filter(({ name }) => now.get(name) === undefined).map(({ name }) => name),
    modules,
  };
  return drift.modulesAdded.length + drift.modulesGone.length + modules.length > 0 ? drift : undefined;
}

function fieldDrift(name: string, before: readonly FieldInfo[], after: readonly FieldInfo[]): ModuleDrift {
  const old = new ByName(before);
  const now = new ByName(after);
  const changes = after.flatMap((field) => {
    const known = old.get(field.name);
    if (known === undefined) return [];
    const words = [
      ...(known.type === field.type ? [] : [`${TYPE_NAMES[known.type]} → ${TYPE_NAMES[field.type]}`]),
      ...flag(known.filterable, field.filterable, 'be filtered'),
      ...flag(known.sortable, field.sortable, 'be sorted'),
      ...flag(known.writable ?? true, field.writable ?? true, 'be written'),
    ];
    return words.length === 0 ? [] : [`${field.name}: ${words.join(', ')}`];
  });
  return {
    name,
    fieldsAdded: after.filter((field) => old.get(field.name) === undefined).map((field) => field.name),
    fieldsGone: before.filter((field) => now.get(field.name) === undefined).map((field) => field.name),
    changes,
  };
}

const flag = (before: boolean, after: boolean, what: string): string[] =>
  before === after ? [] : [after ? `can now ${what}` : `can’t ${what} any more`];

/** Returns the errors that the new metadata causes in query files: texts, with the names that the report shows. */
export function brokenBy(
  before: Metadata,
  after: Metadata,
  files: Iterable<readonly [file: string, text: string]>,
): BrokenPlace[] {
  const service = languageHere();
  const errorsOf = (metadata: Metadata, text: string) => {
    service.setMetadata(metadata);
    return service.diagnose(service.parse(text)).filter(({ severity }) => severity === 'error');
  };
  const found: BrokenPlace[] = [];
  for (const [file, text] of files) {
    const known = new Set(errorsOf(before, text).map(({ offset, code }) => `${offset} ${code}`));
    const lines = new LineIndex(text);
    for (const { offset, code, message } of errorsOf(after, text))
      if (!known.has(`${offset} ${code}`))
        found.push({ file, line: lines.positionAt(offset).line + 1, message });
  }
  return found;
}

/** `2 modules and 1 field removed, 3 fields added`. */
export function driftInWords({ modulesAdded, modulesGone, modules }: Drift): string {
  const sum = (of: (module: ModuleDrift) => readonly string[]) =>
    modules.reduce((total, module) => total + of(module).length, 0);
  const count = (number: number, word: string) =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];
  const removed = [
    ...count(modulesGone.length, 'module'),
    ...count(
      sum((each) => each.fieldsGone),
      'field',
    ),
  ];
  const added = [
    ...count(modulesAdded.length, 'module'),
    ...count(
      sum((each) => each.fieldsAdded),
      'field',
    ),
  ];
  const changed = count(
    sum((each) => each.changes),
    'field',
  );
  return [
    ...(removed.length > 0 ? [`${removed.join(' and ')} removed`] : []),
    ...(added.length > 0 ? [`${added.join(' and ')} added`] : []),
    ...(changed.length > 0 ? [`${changed.join('')} changed`] : []),
  ].join(', ');
}

/** What a report says of the workspace. */
export interface DriftFiles {
  /** Returns the address of a place in a file. */
  readonly link: (place: BrokenPlace) => string;
  /** A sentence where not all files were looked at. */
  readonly more?: string | undefined;
}

/** Returns the report as Markdown. */
export function driftReport(
  connection: string,
  drift: Drift,
  broken: readonly BrokenPlace[],
  { link, more }: DriftFiles,
): string {
  const names = (list: readonly string[]) => list.map(codeSpan).join(', ');
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
  return [
    `# What changed on ${escapeMarkdown(connection)}`,
    '',
    `${driftInWords(drift)}.`,
    '',
    ...section(
      'Queries of this workspace that no longer work',
      broken.map(
        (place) =>
          `[${escapeMarkdown(`${place.file}:${place.line}`)}](${linkTarget(link(place))}): ${escapeMarkdown(place.message)}`,
      ),
    ),
    ...(broken.length === 0 && more === undefined
      ? ['No query file of this workspace is affected.', '']
      : []),
    ...(more === undefined ? [] : [escapeMarkdown(more), '']),
    ...section(
      'Removed modules',
      drift.modulesGone.length === 0
        ? []
        : [names(drift.modulesGone), 'The user of this connection may have lost the permission to see them.'],
    ),
    ...section('Added modules', drift.modulesAdded.length === 0 ? [] : [names(drift.modulesAdded)]),
    ...section(
      'Fields',
      drift.modules.flatMap((module) => [
        ...(module.fieldsGone.length === 0
          ? []
          : [`**${escapeMarkdown(module.name)}** lost ${names(module.fieldsGone)}`]),
        ...(module.fieldsAdded.length === 0
          ? []
          : [`**${escapeMarkdown(module.name)}** gained ${names(module.fieldsAdded)}`]),
        ...module.changes.map((change) => `**${escapeMarkdown(module.name)}**: ${escapeMarkdown(change)}`),
      ]),
    ),
  ].join('\n');
}
