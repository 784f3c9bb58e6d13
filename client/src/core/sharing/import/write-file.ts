/** Writes requests of another tool as a tidy `.apq` file. */
import { applyEdits, LanguageService } from '#language';
import type { Secrets } from '../../remote/secret-names';
import type { ForeignRequest, Imported } from './imported';
import type { Variables } from './variables';
import { comments, RequestWriter } from './write-request';

export interface Sources {
  readonly requests: readonly ForeignRequest[];
  readonly variables: Variables;
  readonly secrets: Secrets;
  /** What was left out, changed or guessed, other than in one request. */
  readonly notes: Iterable<string>;
  /** How many requests could not be read. */
  readonly missing?: number;
  /** What the whole is about. */
  readonly description?: string;
}

/** `nothing` is the message where there is no request. */
export function writeFile(
  { requests, variables, secrets, notes, missing = 0, description = '' }: Sources,
  nothing: string,
): Imported {
  const writer = new RequestWriter(variables, secrets);
  for (const note of notes) writer.notes.add(note);
  const alone = requests.length === 1;
  const blocks = requests.flatMap((request) => writer.write(request, alone) ?? []);
  writer.tellLost(requests.flatMap(({ folders }) => folders));
  if (blocks.length === 0)
    return { ok: false, message: [nothing, ...writer.notes].map((note) => secrets.hide(note)).join(' ') };
  // In the only request, the notes on the whole file stand in its block: it may be pasted into another file.
  const top = [
    ...comments(variables.inComment(description)),
    ...(alone ? [] : [...writer.notes].flatMap(comments)),
    ...[...variables.notes].flatMap(comments),
  ];
  const all = [...writer.notes, ...variables.notes, ...writer.told];
  return assemble([top, declarations(variables), blocks], all, secrets, missing + writer.missing);
}

/** Writes variables alone. */
export function writeVariables(
  { variables, secrets, notes }: Omit<Sources, 'requests'>,
  nothing: string,
): Imported {
  const declared = declarations(variables);
  if (declared.length === 0) return { ok: false, message: nothing };
  const all = [...notes, ...variables.notes];
  return assemble([all.flatMap(comments), declared], all, secrets, 0);
}

const declarations = ({ declared }: Variables): string[] =>
  declared.map(({ name, value }) => `@${name} = ${value ?? `?Value for ${name}`}`);

/** Joins paragraphs of lines, and tidies them. */
function assemble(
  paragraphs: readonly (readonly string[])[],
  notes: readonly string[],
  secrets: Secrets,
  missing: number,
): Imported {
  const whole = paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
  const hidden = secrets.hide(whole);
  // A text that is no secret may be the same as one.
  const note = '“***” stands where something of the import was the same as a secret in it.';
  const changed = hidden !== whole;
  const text = changed ? `${comments(note).join('\n')}\n\n${hidden}` : hidden;
  const language = new LanguageService();
  return {
    ok: true,
    text: applyEdits(text, language.format(language.parse(text))),
    notes: [...(changed ? [note] : []), ...notes.map((each) => secrets.hide(each))],
    missing,
  };
}
