/** What all steps of a call of `apq run` share. */
import { nextStepHere } from '#core/client';
import type { Connection } from '#core/connections/connection';
import type { QueryFile } from '#core/running/query-file';
import type { SqlRunner } from '#core/sql/run-sql';
import type { LanguageService, RequestInfo } from '#language';
import { OWN_ID } from './platform-access';
import type { ProgressLine } from './progress-line';
import type { RunOptions } from './run-options';
import type { RunOutput } from './run-output';
import type { RunPlatforms } from './run-platforms';

export interface Call {
  readonly file: QueryFile;
  readonly options: RunOptions;
  readonly platforms: RunPlatforms;
  readonly language: LanguageService;
  /** Of SQL requests. */
  readonly engine: SqlRunner;
  readonly output: RunOutput;
  readonly progress: ProgressLine;
  /** True where only the expectations matter, and no records are written. */
  readonly onlyJudges?: boolean;
}

/** Returns a warning where `# @connection` names a connection that the command line does not know. */
export const otherConnection = (
  { connection: name }: RequestInfo,
  { id, root }: Connection,
): string | undefined =>
  name === undefined || id !== OWN_ID
    ? undefined
    : `This request asks for the connection “${name}”; the command line runs it on ${root}. ${nextStepHere('know-connection', name)}`;
