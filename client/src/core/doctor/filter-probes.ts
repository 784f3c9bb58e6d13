/**
 * What a filter may hold, and how it is read. Each filter is made so that every reading brings other records, and all
 * that a question needs besides is known to work: single conditions with quoted values, joined by `and` or `or`.
 */
import type { Traits } from '#language';
import type { Sample } from './ground';
import type { Answer } from './inquiry';
import { brings, known, type Outcome, undecided, unknown } from './outcome';
import type { Questions } from './questions';

/** Accepted and read as meant: yes. Refused: no. */
const supported = (answer: Answer, ids: readonly string[]): Outcome<boolean> => {
  if (brings(answer, ids)) return known(true);
  return answer.kind === 'refused' ? known(false) : undecided(answer);
};

/** Without grouping, the record B is found as well, in either order of reading. */
export async function parentheses(ask: Questions): Promise<Outcome<boolean>> {
  const [a, b] = ask.main.ids;
  return supported(await ask.filter(`ID eq '${a}' and (ID eq '${a}' or ID eq '${b}')`), [a]);
}

export async function precedence(ask: Questions): Promise<Outcome<Traits['precedence']>> {
  const [a, b] = ask.main.ids;
  const answer = await ask.filter(`ID eq '${a}' or ID eq '${b}' and ID eq '${b}'`);
  if (brings(answer, [a, b])) return known('and-first');
  return brings(answer, [b]) ? known('left-to-right') : undecided(answer);
}

export async function not(ask: Questions): Promise<Outcome<boolean>> {
  const [a] = ask.main.ids;
  return supported(await ask.filter(`not (ID ne '${a}')`), [a]);
}

export async function inList(ask: Questions): Promise<Outcome<boolean>> {
  const [a, b] = ask.main.ids;
  return supported(await ask.filter(`ID in ('${a}','${b}')`), [a, b]);
}

/** Behind the value stands a condition that finds a record only where the value ends where it should. */
export async function quotes(ask: Questions): Promise<Outcome<Traits['quotes']>> {
  const [a] = ask.main.ids;
  const doubled = await ask.filter(`ID eq 'a''b' or ID eq '${a}'`);
  const backslash = await ask.filter(`ID eq 'a\\'b' or ID eq '${a}'`);
  const isRefused = [doubled, backslash].map(({ kind }) => kind === 'refused');
  if (brings(doubled, [a]) && isRefused[1] === true) return known('doubled');
  if (brings(backslash, [a]) && isRefused[0] === true) return known('backslash');
  if (isRefused.every((each) => each)) return known('none');
  if (brings(doubled, [a]) && brings(backslash, [a]))
    return unknown('Both ways to write a quote were accepted, so what each means is open.');
  return undecided(isRefused[0] === true ? backslash : doubled);
}

export async function bareNumbers(ask: Questions): Promise<Outcome<boolean>> {
  return bare(ask, ask.fit(ask.ground.number, 'a number by which records can be filtered'));
}

export async function bareBooleans(ask: Questions): Promise<Outcome<boolean>> {
  return bare(ask, ask.fit(ask.ground.boolean, 'a true or false by which records can be filtered'));
}

async function bare(ask: Questions, sample: Sample<number | boolean>): Promise<Outcome<boolean>> {
  const { module, field, value, id } = sample;
  const filter = (written: string) => `${field} eq ${written} and ID eq '${id}'`;
  if (!brings(await ask.filter(filter(`'${value}'`), module), [id])) return lost(sample);
  return supported(await ask.filter(filter(String(value)), module), [id]);
}

/** The question makes no sense where the ordinary way to ask does not work. */
const lost = ({ field, module }: Sample<unknown>) =>
  unknown(`A record of ${module} was not found by its own value of ${field}.`);

export async function keywordCase(ask: Questions): Promise<Outcome<Traits['keywordCase']>> {
  const [a, b] = ask.main.ids;
  const answer = await ask.filter(`ID EQ '${a}' OR ID Eq '${b}'`);
  if (brings(answer, [a, b])) return known('any');
  return answer.kind === 'refused' ? known('lower') : undecided(answer);
}

export async function textCase(ask: Questions): Promise<Outcome<Traits['textCase']>> {
  const sample = ask.fit(ask.ground.text, 'a text by which records can be filtered');
  const { module, field, value, id } = sample;
  const filter = (text: string) => `${field} eq '${text}' and ID eq '${id}'`;
  if (!brings(await ask.filter(filter(value), module), [id])) return lost(sample);
  const answer = await ask.filter(filter(otherCase(value)), module);
  if (brings(answer, [id])) return known('ignored');
  return brings(answer, []) ? known('matters') : undecided(answer);
}

const otherCase = (text: string): string =>
  [...text].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
