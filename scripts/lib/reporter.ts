// mocha's own output, plus a summary file. `--reporter-option style=dot` shows dots instead of titles.
import Mocha, { type MochaOptions, type Runner } from 'mocha';
import { summarize } from './summary';

const { Spec, Dot } = Mocha.reporters;

export default class SummaryReporter {
  constructor(runner: Runner, options: MochaOptions) {
    const { style } = (options.reporterOptions ?? {}) as { style?: unknown };
    const Style = style === 'dot' ? Dot : Spec;
    new Style(runner, options);
    summarize(runner);
  }
}
