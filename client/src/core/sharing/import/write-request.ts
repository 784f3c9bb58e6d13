/** Writes requests of another tool as blocks of an `.apq` file. */
import { parameterOf } from '#language';
import { isSecretName, type Secrets } from '../../remote/secret-names';
import { harmless, oneLine, singleSpaced } from '../../text/foreign-text';
import { mask } from '../../text/mask';
import { cut, type Folder, type ForeignRequest, type Parameter, shown } from './imported';
import { readTarget } from './target';
import type { Variables } from './variables';
import { writeBody } from './write-body';

/** The method that stands for another one of HTTP. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ...['GET', 'POST', 'PUT', 'DELETE'].map((method) => [method, method] as const),
  ['HEAD', 'GET'],
  ['PATCH', 'PUT'],
  ['MERGE', 'PUT'],
]);

/** Comment lines. A foreign text in one is no directive. */
export const comments = (text: string): string[] =>
  harmless(text)
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim().replace(/^@.*/s, '“$&”'))
    .filter((line) => line !== '')
    .map((line) => `# ${line}`);

export class RequestWriter {
  #folder: string = '';
  readonly #described = new Set<Folder>();
  /** How often a title was used, in lower case. */
  readonly #titles = new Map<string, number>();
  /** Notes that concern the whole file. */
  readonly notes = new Set<string>();
  /** How many requests were left out that a file could have. */
  missing = 0;
  /** All notes, in order. */
  readonly told = new Set<string>();

  constructor(
    private readonly variables: Variables,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Returns the block, or undefined where the request was left out; a note explains why. `alone`: it is the only one, so
   * all notes stand in it, and it needs no title.
   */
  write(request: ForeignRequest, alone: boolean): string | undefined {
    const called = this.#called(request);
    const leave = (why: string) => void this.notes.add(`The request ${called} was left out: ${why}`);
    const refuse = (why: string) => {
      this.missing++;
      return leave(why);
    };
    const given = request.method.toUpperCase();
    const method = METHODS.get(given);
    if (method === undefined) return refuse('the API knows GET, POST, PUT and DELETE.');
    const target = readTarget(request.address);
    if (target === undefined) return refuse('its address has no /api/v2/ and so is not the API’s.');
    if (target.signedIn !== undefined) {
      this.secrets.add(target.signedIn);
      this.secrets.add(target.signedIn.split(':').slice(1).join(':'));
      this.notes.add('The user name and password in the address were left out: the connection signs in.');
    }
    if (target.endpoint === 'token') return leave('the connection signs in by itself.');
    if (target.host !== undefined)
      this.notes.add(`Requests go to the platform that you run them on, not to ${shown(target.host)}.`);
    const notes = new Set(request.notes);
    const tell = (note: string) => void notes.add(note);
    if (method !== given) tell(`${given} became ${method}: the API knows GET, POST, PUT and DELETE.`);
    if (target.guessed !== undefined) tell(target.guessed);
    // What was meant for the sandbox must not look as if it were for any site.
    if (target.site !== undefined)
      tell(`This is a request for the site “${shown(target.site)}”: run it there.`);
    const parameters = [...target.parameters, ...request.parameters];
    const clauses = target.endpoint === 'help' ? [] : this.#clauses(parameters, tell);
    if (target.endpoint === 'help' && parameters.length > 0)
      tell('The parameters were left out: a list of modules or fields takes none.');
    const body = this.#body(request.body, method, tell);
    const path = target.path.map((segment) => this.variables.inPath(segment)).join('/');
    const plain = this.variables.inComment(target.path.join('/'));
    const title = this.#title(request.title, alone ? '' : `${method} ${plain}`, tell);
    for (const note of notes) this.told.add(note);
    return [
      ...this.#heading(request.folders),
      title === '' ? '###' : `### ${title}`,
      ...(alone ? [...this.notes] : []).flatMap(comments),
      ...[...notes].flatMap(comments),
      ...this.#description(request.description),
      `${method} ${path}`,
      ...clauses,
      ...(body === undefined ? [] : [body]),
      '',
    ].join('\n');
  }

  /** Notes folders whose descriptions are in the file nowhere. */
  tellLost(folders: Iterable<Folder>): void {
    for (const folder of folders)
      if (folder.description.trim() !== '' && !this.#described.has(folder))
        this.notes.add(
          `The description of the folder “${shown(folder.name)}” was left out: none of its requests was kept.`,
        );
  }

  /** What a note calls the request: its title, else its address without what may be a secret. */
  #called({ title, method, address }: ForeignRequest): string {
    const plain = this.variables.inComment(title.trim() === '' ? `${method} ${address}` : title);
    return `“${shown(title.trim() === '' ? plain.replace(/\/\/[^/\s]*@/, '//').replace(/[?#].*/s, '') : plain)}”`;
  }

  /** Folders are comments above their first request. */
  #heading(folders: readonly Folder[]): string[] {
    const folder = folders
      .map(({ name }) => oneLine(name))
      .filter((name) => name !== '')
      .join(' / ');
    const descriptions = folders.filter((each) => !this.#described.has(each));
    for (const each of descriptions) this.#described.add(each);
    const lines = [
      ...(folder === this.#folder || folder === '' ? [] : [`# ---- ${cut(mask(folder))} ----`]),
      ...descriptions.flatMap(({ description }) => comments(this.variables.inComment(description))),
    ];
    this.#folder = folder;
    return lines.length === 0 ? [] : [...lines, ''];
  }

  /** Returns a unique title, so that `--request TITLE` finds it. */
  #title(given: string, otherwise: string, tell: (note: string) => void): string {
    const whole = singleSpaced(this.variables.inComment(given)).replace(/^[#\s]+/, '');
    const base = cut(mask(whole === '' ? singleSpaced(otherwise) : whole));
    if (base === '') return '';
    if (base.endsWith('…') && !whole.endsWith('…')) tell(`The title was cut: ${whole}`);
    let title = base;
    let number = this.#titles.get(base.toLowerCase()) ?? 0;
    while (this.#titles.has(title.toLowerCase())) title = `${base} (${++number})`;
    this.#titles.set(base.toLowerCase(), Math.max(number, 1));
    this.#titles.set(title.toLowerCase(), 1);
    return title;
  }

  /** A description of more than a few lines is a comment. */
  #description(given: string): string[] {
    const text = mask(oneLine(this.variables.inComment(given)));
    if (text === '') return [];
    return text.length <= 500
      ? [`# @description ${text}`]
      : [...comments(this.variables.inComment(given)), `# @description ${text.slice(0, 499)}…`];
  }

  #clauses(parameters: readonly Parameter[], tell: (note: string) => void): string[] {
    return parameters.flatMap(({ name: written, value }) => {
      const name = oneLine(this.variables.inComment(written));
      const text = value.trim();
      if (isSecretName(name)) {
        this.secrets.add(text);
        tell(`The parameter ${shown(name)} was left out: the connection signs in.`);
      } else if (!/^\$[a-z]+$/i.test(name)) {
        const own = parameterOf(`$${name}`);
        const why =
          own === undefined
            ? 'the API has none of that name'
            : `the API’s own is ${own}, and it ignores others`;
        tell(`The parameter ${shown(`${name}=${this.variables.inComment(text)}`)} was left out: ${why}.`);
      } else if (text === '') tell(`The parameter ${name} was left out: it has no value.`);
      else {
        // A value in a file can't contain a line break.
        if (/[\r\n]/.test(text)) tell(`Line breaks in ${name} became spaces.`);
        return [`${name} = ${this.variables.inClause(text)}`];
      }
      return [];
    });
  }

  #body(given: string | undefined, method: string, tell: (note: string) => void): string | undefined {
    if (given === undefined || given.trim() === '') return undefined;
    if (method === 'GET' || method === 'DELETE') {
      tell(`The body was left out: ${method} has none.`);
      return undefined;
    }
    const written = writeBody(given, this.variables, this.secrets, tell);
    if (written === undefined) tell('The body was left out: it is not a JSON object.');
    return written;
  }
}
