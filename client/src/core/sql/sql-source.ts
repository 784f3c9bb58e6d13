import type { RequestInfo } from '#language';
import type { KeptAnswer } from '../running/answer';

/** A table of a SQL request. */
export interface SqlSource {
  /** Its `# @name`. */
  readonly name: string;
  readonly request: RequestInfo;
  /** Undefined before its request has run. */
  readonly answer: KeptAnswer | undefined;
}
