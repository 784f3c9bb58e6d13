/** The changes view without a window: keeps what is shown, and answers as a test says. */
import type { ChangeSource } from '#core/writing/change-source';
import type {
  ChangesPress,
  ChangesProgress,
  ChangesReport,
  ChangesToShow,
  ChangesView,
  ShowsChanges,
} from '#editor/writing/changes';

export class ChangesTwin implements ShowsChanges {
  readonly views: TwinView[] = [];
  /** The answers to the next questions, in order: whether the user agrees, or a function that is called before. */
  readonly answers: (boolean | (() => boolean | Promise<boolean>))[] = [];

  open(what: ChangesToShow): ChangesView {
    const view = new TwinView(what, async () => {
      const next = this.answers.shift() ?? false;
      return typeof next === 'function' ? next() : next;
    });
    this.views.push(view);
    return view;
  }
}

class TwinView implements ChangesView {
  /** What the user saw, first to last; `why` says why it was shown again. */
  readonly shown: (ChangesToShow & { readonly why?: string })[];
  readonly steps: ChangesProgress[] = [];
  report: ChangesReport | undefined;
  closed = false;
  readonly #heard: ((press: ChangesPress) => void)[] = [];

  constructor(
    what: ChangesToShow,
    private readonly answer: () => Promise<boolean>,
  ) {
    this.shown = [what];
  }

  get now(): ChangesToShow {
    const last = this.shown.at(-1);
    if (last === undefined) throw new Error('nothing is shown');
    return last;
  }

  get source(): ChangeSource {
    return this.now.source;
  }

  async agreed(): Promise<boolean> {
    return (await this.answer()) && !this.closed;
  }

  show(again: Parameters<ChangesView['show']>[0], why: string): void {
    this.shown.push({ ...this.now, ...again, why });
  }

  progress(progress: ChangesProgress): void {
    this.steps.push(progress);
  }

  end(report: ChangesReport): void {
    this.report = report;
  }

  onPress(heard: (press: ChangesPress) => void): void {
    this.#heard.push(heard);
  }

  /** Presses a button, as a user does. */
  press(press: ChangesPress): void {
    if (press === 'closed') this.closed = true;
    for (const heard of this.#heard) heard(press);
  }

  close(): void {
    this.press('closed');
  }
}
