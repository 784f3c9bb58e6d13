/** Writes a JSON body of another tool, if it is one. */
import { LanguageService } from '#language';
import { isSecretName, type Secrets } from '../../remote/secret-names';
import { isReference } from '../../text/braces';
import { shown } from './imported';
import type { Variables } from './variables';

/** Returns undefined where the language does not read the text as one JSON object. `tell` gets notes. */
export function writeBody(
  given: string,
  variables: Variables,
  secrets: Secrets,
  tell: (note: string) => void,
): string | undefined {
  const trimmed = given.trim();
  const repaired = [trimmed, plainSpaces(trimmed)].find((text) => isBody(variables.inJson(text)));
  if (repaired === undefined) return undefined;
  if (repaired !== trimmed) tell('No-break spaces in the body were read as spaces.');
  return variables.inJson(withoutSecrets(repaired, variables, secrets, tell));
}

/** The strings of the JSON keep theirs. */
const plainSpaces = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (part) =>
    part.startsWith('"') ? part : part.replace(/\s/g, (char) => (char === '\n' ? char : ' ')),
  );

/** Replaces a password in a body with a variable that is asked for when the request runs. */
function withoutSecrets(
  json: string,
  variables: Variables,
  secrets: Secrets,
  tell: (note: string) => void,
): string {
  return json.replace(
    /"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\w.+-]*)/g,
    (whole, written: string, colon: string, value: string) => {
      const name = decoded(written);
      if (!isSecretName(name) || value === '""') return whole;
      const text = value.replace(/^"|"$/g, '');
      if (isReference(text)) return whole;
      secrets.add(decoded(text));
      tell(`The value of ${shown(name)} was left out: it is asked for when the request runs.`);
      return `"${written}"${colon}"${variables.ask(name)}"`;
    },
  );
}

function decoded(inJson: string): string {
  try {
    const text: unknown = JSON.parse(`"${inJson}"`);
    return typeof text === 'string' ? text : inJson;
  } catch {
    return inJson;
  }
}

/** True when the language reads the text as one body and nothing else. */
function isBody(text: string): boolean {
  if (!text.startsWith('{')) return false;
  const language = new LanguageService();
  const document = language.parse(`POST x\n${text}`);
  return (
    document.file.blocks[0]?.tree.body?.length === text.length &&
    !language.diagnose(document).some(({ code }) => code === 'invalid-json')
  );
}
