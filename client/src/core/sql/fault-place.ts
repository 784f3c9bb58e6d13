import type { SqlError } from '#engine/faults';
import type { RequestInfo } from '#language';

/** Where in the file the engine found an error; where it does not say, at the request's first line. */
export const placeOfFault = ({ sql, line }: RequestInfo, { fault }: SqlError): number =>
  sql === undefined || fault.offset === undefined ? line.offset : sql.offset + fault.offset;
