/** The formats of `apq check --format`. */
import { extname } from 'node:path';
import { githubReport } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';
import type { Report } from './report';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** `ending`: of the files that hold it, by which `--output` chooses the format. */
const FORMATS = {
  text: { make: textReport, ending: '.txt' },
  json: { make: jsonReport, ending: '.json' },
  github: { make: githubReport, ending: '' },
  sarif: { make: sarifReport, ending: '.sarif' },
  junit: { make: junitReport, ending: '.xml' },
} as const satisfies Record<string, { readonly make: () => Report; readonly ending: string }>;

export type ReportFormat = keyof typeof FORMATS;

export const REPORT_FORMATS = Object.keys(FORMATS) as ReportFormat[];

export const newReport = (format: ReportFormat): Report => FORMATS[format].make();

/** Returns the format of a file by its ending; text where that says nothing. */
export function formatOf(path: string | undefined): ReportFormat {
  const ending = extname(path ?? '').toLowerCase();
  return REPORT_FORMATS.find((format) => ending !== '' && FORMATS[format].ending === ending) ?? 'text';
}
