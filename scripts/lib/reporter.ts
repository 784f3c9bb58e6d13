// mocha's own output, plus a summary file. `--reporter-option style=dot` shows dots instead of titles.
import Mocha from 'mocha';
import { summarize } from './summary.mjs';

const { Spec, Dot } = Mocha.reporters;

export default class SummaryReporter {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    const Style = options.reporterOptions?.style === 'dot' ? Dot : Spec;
    new Style(runner, options);
    summarize(runner);
  }
}
