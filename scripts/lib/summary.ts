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
  /** The counts of each file with a test that failed. */
  failing: Record<string, { passed: number; failed: number }>;
}

/**
 * Writes a run's counts to the file that the environment names, if any. The file appears only
 * when the run is over: if it is missing, the run crashed.
 */
export function summarize(runner: {
  on(event: string, listener: (test: { fullTitle(): string; file?: string | undefined }) => void): unknown;
}) {
  const target = process.env[SUMMARY_VARIABLE];
  if (!target) return;
  const files = new Map<string, { passed: number; failed: number }>();
  const countsOf = ({ file = '' }: { file?: string | undefined }) => {
    const counts = files.get(file) ?? { passed: 0, failed: 0 };
    files.set(file, counts);
    return counts;
  };
  const failures: string[] = [];
  let pending = 0;
  runner.on('pass', (test) => countsOf(test).passed++);
  runner.on('pending', () => pending++);
  runner.on('fail', (test) => {
    countsOf(test).failed++;
    failures.push(test.fullTitle());
  });
  runner.on('end', () => {
    const all = [...files.values()];
    const summary: Summary = {
      passed: all.reduce((sum, { passed }) => sum + passed, 0),
      failed: failures.length,
      pending,
      failures,
      failing: Object.fromEntries([...files].filter(([, { failed }]) => failed > 0)),
    };
    writeFileSync(target, JSON.stringify(summary));
  });
}

/** Reads a summary; returns undefined when the run didn't get that far. */
export function readSummary(file: string): Summary | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch {
    return undefined;
  }
}
