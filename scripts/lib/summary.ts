// The summary of a mocha run, for the script that adds them up. Runs in Node and in VS Code's extension host.
import { readFileSync, writeFileSync } from 'node:fs';

/** Names the file that a test run writes its summary to. */
export const SUMMARY_VARIABLE = 'APQ_TEST_SUMMARY';

/** The beginning of each line of the reporter inside VS Code, to tell it from VS Code's own log. */
export const MARK = '[tests] ';

export interface Summary {
  passed: number;
  failed: number;
  pending: number;
  /** Full titles of the tests that failed. */
  failures: string[];
}

/**
 * Writes a run's counts to the file that the environment names, if any. The file appears only
 * when the run is over: if it is missing, the run crashed.
 */
export function summarize(runner: {
  on(event: string, listener: (test: { fullTitle(): string }) => void): unknown;
}) {
  const file = process.env[SUMMARY_VARIABLE];
  if (!file) return;
  const summary: Summary = { passed: 0, failed: 0, pending: 0, failures: [] };
  runner.on('pass', () => summary.passed++);
  runner.on('pending', () => summary.pending++);
  runner.on('fail', (test) => {
    summary.failed++;
    summary.failures.push(test.fullTitle());
  });
  runner.on('end', () => writeFileSync(file, JSON.stringify(summary)));
}

/** Reads a summary; returns undefined when the run didn't get that far. */
export function readSummary(file: string): Summary | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch {
    return undefined;
  }
}
