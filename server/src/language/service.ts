export { pathOf } from './request/wire';
export type { Method, QueryParameter, WireRequest } from './request/wire';
