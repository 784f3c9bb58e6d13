/** Regular expressions of users, for expectations and the web view alike. */
// Not through the façade: the web view includes this file, and must not grow by code that it does not use.
export { regularExpression, type RegularExpression } from '#language/text/regular-expression';
