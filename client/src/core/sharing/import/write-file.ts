/** Writes requests of another tool as a tidy `.apq` file. */
import { applyEdits, CODES, LanguageService } from '#language';
import { isSecretName, type Secrets } from '../../remote/secret-names';
import { oneLine } from '../../text/foreign-text';
import { mask } from '../../text/mask';
import type { ForeignRequest, Imported, Parameter } from './imported';
import { readTarget } from './target';
import type { Variables } from './variables';

export interface Sources {
  readonly requests: readonly ForeignRequest[];
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly notes: Iterable<string>;
}

/** `nothing` is the message where there is no request. */
export function writeFile({ requests, variables, secrets, notes }: Sources, nothing: string): Imported {
  const writer = new Writer(variables, secrets, new Set(notes));
  const blocks = requests.flatMap((request) => writer.request(request, requests.length > 1) ?? []);
  if (blocks.length === 0)
    return { ok: false, message: [nothing, ...writer.notes].map((note) => secrets.hide(note)).join(' ') };
  const declared = variables.declared.map(({ name, value }) => `@${name} = ${value ?? `?Value for ${name}`}`);
  const text = secrets.hide([...declared, ...(declared.length > 0 ? [''] : []), ...blocks].join('\n'));
  const language = new LanguageService();
  const document = language.parse(text);
  return {
    ok: true,
    text: applyEdits(text, language.format(document)),
    notes: [...writer.notes].map((note) => secrets.hide(note)),
  };
}

const METHODS: Readonly<Record<string, string>> = {
  GET: 'GET',
  POST: 'POST',
  PUT: 'PUT',
  DELETE: 'DELETE',
  HEAD: 'GET',
  PATCH: 'PUT',
  MERGE: 'PUT',
};

class Writer {
  #folder = '';
  readonly #titles = new Set<string>();

  constructor(
    private readonly variables: Variables,
    private readonly secrets: Secrets,
    readonly notes: Set<string>,
  ) {}

  /** Returns the block, or undefined where the request was left out; a note explains why. */
  request(request: ForeignRequest, titled: boolean): string | undefined {
    const { notes } = this;
    const called = request.title === '' ? '' : ` “${shortened(request.title)}”`;
    const method = METHODS[request.method.toUpperCase()];
    if (method === undefined) {
      notes.add(`The request${called} was left out: the API knows GET, POST, PUT and DELETE.`);
      return undefined;
    }
    const target = readTarget(this.variables.expandStart(request.address));
    if (target === undefined) {
      notes.add(`The request${called} was left out: its address has no /api/v2/ and so is not the API’s.`);
      return undefined;
    }
    if (target.signedIn !== undefined) {
      this.secrets.add(target.signedIn);
      this.secrets.add(target.signedIn.split(':').slice(1).join(':'));
      notes.add('The user name and password in the address were left out: the connection signs in.');
    }
    if (target.endpoint === 'token') {
      notes.add(`The request${called} was left out: the connection signs in by itself.`);
      return undefined;
    }
    if (method !== request.method.toUpperCase())
      notes.add(`${request.method.toUpperCase()} became ${method}: the API knows GET, POST, PUT and DELETE.`);
    if (target.host !== undefined)
      notes.add(`Requests go to the connection that you choose, not to ${target.host}.`);
    const clauses = this.#clauses(
      target.endpoint === 'help' ? [] : [...target.parameters, ...request.parameters],
    );
    const body = this.#body(request.body, method, called);
    const title = this.#title(request.title, titled ? `${method} ${target.title}` : '');
    return [
      ...this.#heading(request.folder),
      title === '' ? '###' : `### ${title}`,
      ...(request.description.trim() === ''
        ? []
        : [`# @description ${shortened(mask(oneLine(request.description)), 500)}`]),
      `${method} ${this.variables.translate(target.target)}`,
      ...clauses,
      ...(body === undefined ? [] : [body]),
      '',
    ].join('\n');
  }

  /** Folders are comments above their first request. */
  #heading(folder: string): string[] {
    if (folder === this.#folder) return [];
    this.#folder = folder;
    return folder === '' ? [] : [`# ---- ${shortened(mask(oneLine(folder)))} ----`, ''];
  }

  /** Returns a unique title, so that `--request TITLE` finds it. */
  #title(given: string, otherwise: string): string {
    const plain = mask(oneLine(given)).replace(/^[#\s]+/, '');
    const base = shortened(plain === '' ? oneLine(otherwise) : plain);
    if (base === '') return '';
    let title = base;
    for (let number = 2; this.#titles.has(title.toLowerCase()); number++) title = `${base} (${number})`;
    this.#titles.add(title.toLowerCase());
    return title;
  }

  #clauses(parameters: readonly Parameter[]): string[] {
    return parameters.flatMap(({ name, value }) => {
      if (isSecretName(name)) {
        this.secrets.add(value);
        this.notes.add(`The parameter ${shortened(name)} was left out: the connection signs in.`);
      } else if (
        !/^\$[a-z]+$/i.test(name) &&
        !/^(?:select|filter|orderby|top|skip|count|upsert)$/i.test(name)
      )
        this.notes.add(`The parameter “${shortened(name)}” was left out: the API has none of that name.`);
      else if (value.trim() === '') this.notes.add(`The parameter ${name} was left out: it has no value.`);
      else {
        // A value in a file can't contain a line break.
        if (/[\r\n]/.test(value.trim())) this.notes.add(`Line breaks in ${name} became spaces.`);
        return [`${name.startsWith('$') ? name : `$${name}`} = ${this.variables.translate(oneLine(value))}`];
      }
      return [];
    });
  }

  #body(given: string | undefined, method: string, called: string): string | undefined {
    if (given === undefined || given.trim() === '') return undefined;
    const note = (why: string) =>
      void this.notes.add(`The body of the request${called} was left out: ${why}`);
    if (method === 'GET' || method === 'DELETE') return note(`${method} has none.`);
    const written = this.#withoutSecrets(this.variables.translate(given.trim()));
    if (!isBody(written)) return note('it is not a JSON object.');
    return written;
  }

  /** Replaces a password in a body with a variable that is asked for when the request runs. */
  #withoutSecrets(json: string): string {
    return json.replace(
      /"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\w.+-]*)/g,
      (whole, name: string, colon: string, value: string) => {
        if (!isSecretName(name) || value === '""' || value.includes('{{')) return whole;
        this.secrets.add(value.replace(/^"|"$/g, ''));
        this.notes.add(
          `The value of ${shortened(name)} was left out: it is asked for when the request runs.`,
        );
        return `"${name}"${colon}"${this.variables.ask(name)}"`;
      },
    );
  }
}

/** True when the language reads the text as one whole body. */
function isBody(text: string): boolean {
  if (!text.startsWith('{')) return false;
  const language = new LanguageService();
  const document = language.parse(`POST x\n${text}`);
  const [block, ...others] = document.file.blocks;
  return (
    others.length === 0 &&
    block?.tree.body !== undefined &&
    !language
      .diagnose(document)
      .some(({ code }) => CODES[code] === 'error' && /^(?:invalid-json|unexpected-text)$/.test(code))
  );
}

const shortened = (text: string, length = 120): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
