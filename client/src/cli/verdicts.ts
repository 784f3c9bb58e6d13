/** Verdicts of a call: printed line by line on standard error, counted, and reported where the user asks for it. */
import { OutputFile } from '#core/files/output-file';
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import { type QueryFile, titleOf } from '#core/running/query-file';
import type { Verdict } from '#core/testing/judge';
import { type ReportedCase, toJunit } from '#core/testing/junit';
import type { RequestInfo } from '#language';
import type { Look, Part } from './color';
import { failed as ended } from './exit';
import { locatedError } from './located-error';
import { inform, printLine, tell, told } from './terminal';

type Failed = Extract<RunOutcome, { readonly kind: 'failed' }>;

export class Verdicts {
  readonly #suites: { readonly file: QueryFile; readonly cases: Map<number, readonly ReportedCase[]> }[] = [];
  #failed = 0;
  #skipped = 0;
  #checked = 0;

  private constructor(
    private readonly report: OutputFile | undefined,
    private readonly say: Say,
  ) {}

  /**
   * Creates the file of the JUnit report, so that a path that can't be written is told before anything is sent. `say`:
   * how each verdict is told.
   */
  static async open(report: string | undefined, say: Say = beside): Promise<Verdicts> {
    return new Verdicts(report === undefined ? undefined : await OutputFile.create(report), say);
  }

  /** What follows is about the requests of this file. */
  begin(file: QueryFile): void {
    this.#suites.push({ file, cases: new Map() });
  }

  get failed(): boolean {
    return this.#failed > 0;
  }

  /** Takes the verdicts of a response. */
  answered(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    if (verdicts.length === 0) this.#report(request, [{ name: 'answers', milliseconds }]);
    else this.#tell(request, verdicts, milliseconds);
  }

  /** Takes a refusal by the API. Returns true where expectations judge it; false where it is a failure. */
  refused(request: RequestInfo, { error, verdicts = [], milliseconds }: Failed): boolean {
    if (verdicts.length === 0) return false;
    const { code, message } = ended(error);
    const passed = verdicts.every((each) => each.passed);
    // Without a sign-in, or where the platform is out of order, verdicts mean nothing.
    if (!passed && code !== 1) return false;
    const status = error instanceof ApiError ? error.status : undefined;
    const title = titleOf(request);
    if (passed) inform(`${title}: refused with ${status ?? '?'}, as expected`);
    else
      tell(locatedError(this.#suite.file, request, error, `${title}: ${message}`) ?? `${title}: ${message}`);
    this.#tell(request, verdicts, milliseconds);
    return true;
  }

  /** Takes a request that was not sent, and why. */
  notRun(request: RequestInfo, message: string): void {
    this.#say('FAILED', message, request);
    this.#checked++;
    this.#failed++;
    this.#unreached(request, message);
  }

  /** Takes a request that is left out, and why. */
  skipped(request: RequestInfo, why: string): void {
    this.#skipped++;
    this.#say('skipped', why, request);
    this.#report(
      request,
      request.expectations.map(({ text: name }) => ({ name, skipped: why })),
    );
  }

  /** Takes the error that ended the run early. */
  broke(request: RequestInfo, error: unknown): void {
    this.#unreached(request, error instanceof Error ? error.message : String(error));
  }

  /** Takes those of the `chosen` requests of the file that were not reached, and why. */
  rest(chosen: readonly RequestInfo[], why: string): void {
    for (const request of chosen) if (!this.#suite.cases.has(request.index)) this.#unreached(request, why);
  }

  /** Writes the last line, and the report. */
  async end(): Promise<void> {
    const skipped =
      this.#skipped === 0 ? '' : ` ${this.#skipped} request${this.#skipped === 1 ? '' : 's'} skipped.`;
    if (this.#failed > 0) tell(`Expectations FAILED: ${this.#failed} of ${this.#checked}.${skipped}`);
    else if (this.#checked > 0) inform(`Expectations met: ${this.#checked} of ${this.#checked}.${skipped}`);
    else if (this.#skipped > 0) inform(skipped.trim());
    if (this.report === undefined) return;
    const suites = this.#suites.map(({ file: { id }, cases }) => ({
      ...{ name: id, file: id },
      cases: [...cases.values()].flat(),
    }));
    await this.report.write(toJunit(suites));
    await this.report.keep();
  }

  get #suite() {
    const last = this.#suites.at(-1);
    if (last === undefined) throw new Error('No file was begun.');
    return last;
  }

  #say(word: Parameters<Say>[0], text: string, request: RequestInfo, index = 0): void {
    const { file } = this.#suite;
    this.say(word, text, `${file.id}:${lineOf(file, request, index)}: ${titleOf(request)}`);
  }

  #tell(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    for (const [index, { passed, text, message }] of verdicts.entries()) {
      this.#say(passed ? 'ok' : 'FAILED', passed ? text : message, request, index);
      this.#checked++;
      if (!passed) this.#failed++;
    }
    this.#report(
      request,
      // The time is the request's: its first case has it, so that the sum is right.
      verdicts.map(({ text: name, passed, message }, index) => ({
        ...{ name, milliseconds: index === 0 ? milliseconds : 0 },
        ...(passed ? {} : { failure: message }),
      })),
    );
  }

  /** Reports each expectation as one that could not be judged, for the reason `error`. */
  #unreached(request: RequestInfo, error: string): void {
    const names = request.expectations.map(({ text: written }) => written);
    this.#report(
      request,
      (names.length === 0 ? ['answers'] : names).map((name) => ({ name, milliseconds: 0, error })),
    );
  }

  /** `cases`: one for each expectation; one where there is none. */
  #report(request: RequestInfo, cases: readonly Omit<ReportedCase, 'className'>[]): void {
    const { file, cases: known } = this.#suite;
    known.set(
      request.index,
      cases.map((each, index) => ({
        className: titleOf(request),
        file: file.id,
        line: lineOf(file, request, index),
        ...each,
      })),
    );
  }
}

const LOOKS = { ok: 'good', FAILED: 'error', skipped: 'aside' } as const satisfies Record<string, Look>;

/** How a verdict is told. */
type Say = (word: keyof typeof LOOKS, text: string, place: string) => void;

/** The word, in a column of its own. */
const headed = (word: keyof typeof LOOKS): Part[] => [
  { look: LOOKS[word], text: word },
  { text: ' '.repeat(8 - word.length) },
];

/** Below the line of its request, on standard error. */
const beside: Say = (word, text) =>
  (word === 'ok' ? inform : tell)([{ text: '  ' }, ...headed(word), { text }]);

/** As a result of its own, on standard output; with `--quiet`, only where it is not met. */
export const alone: Say = (word, text, place) => {
  if (word === 'FAILED' || told() !== 'quiet')
    void printLine([...headed(word), { text: `${place}: ${text}` }]);
};

/** The line of an expectation, else of the request, from 1. */
const lineOf = ({ parsed }: QueryFile, request: RequestInfo, index: number): number =>
  parsed.positions.positionAt((request.expectations[index]?.span ?? request.line).offset).line + 1;
