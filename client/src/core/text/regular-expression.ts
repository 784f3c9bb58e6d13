/** Regular expressions of users, for expectations and the web view alike. */
// Not through the façade: the web view has this file, and must not grow by what it leaves unused.
export { regularExpression, type RegularExpression } from '#language/text/regular-expression';
