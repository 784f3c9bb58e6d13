/** The formats of `apq check --format`. */
import { extname } from 'node:path';
import { alternatives } from '../frame/words';
import { githubReport } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';
import type { Report } from './report';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** `ending`: of the files that hold it, by which `--output` chooses the format. */
const FORMATS = {
  text: { make: textReport, ending: '' },
  json: { make: jsonReport, ending: '.json' },
  github: { make: githubReport, ending: '' },
  sarif: { make: sarifReport, ending: '.sarif' },
  junit: { make: junitReport, ending: '.xml' },
} as const satisfies Record<string, { readonly make: () => Report; readonly ending: string }>;

export type ReportFormat = keyof typeof FORMATS;

export const REPORT_FORMATS = Object.keys(FORMATS) as ReportFormat[];

export const newReport = (format: ReportFormat): Report => FORMATS[format].make();

/** Returns the format that the ending of a file stands for. */
export function formatOf(path: string): ReportFormat | undefined {
  const ending = extname(path).toLowerCase();
  return REPORT_FORMATS.find((format) => ending !== '' && FORMATS[format].ending === ending);
}

/** The endings that stand for a format, in words. */
export const ENDINGS = alternatives(
  Object.values(FORMATS).flatMap(({ ending }) => (ending === '' ? [] : [ending])),
);
