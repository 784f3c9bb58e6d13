// What came out of a mocha run, for whoever adds it all up. Runs in Node and in VS Code's extension host.
import { readFileSync, writeFileSync } from 'node:fs';

/** Names the file that a test run writes its summary to. */
export const SUMMARY_VARIABLE = 'APQ_TEST_SUMMARY';

/** Starts every message of the reporter inside VS Code, among all that VS Code logs itself. */
export const MARK = '[tests] ';

/**
 * @typedef {{ passed: number, failed: number, pending: number, failures: string[] }} Summary
 */

/**
 * Counts a run's results into the file that the environment names, if it names one. The file appears only
 * when the run is over: without it, the run crashed.
 * @param {{ on(event: string, listener: (test: { fullTitle(): string }) => void): unknown }} runner
 */
export function summarize(runner) {
  const file = process.env[SUMMARY_VARIABLE];
  if (!file) return;
  /** @type {Summary} */
  const summary = { passed: 0, failed: 0, pending: 0, failures: [] };
  runner.on('pass', () => summary.passed++);
  runner.on('pending', () => summary.pending++);
  runner.on('fail', (test) => {
    summary.failed++;
    summary.failures.push(test.fullTitle());
  });
  runner.on('end', () => writeFileSync(file, JSON.stringify(summary)));
}

/**
 * Reads a summary; undefined when the run didn't get that far.
 * @param {string} file
 * @returns {Summary | undefined}
 */
export function readSummary(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
