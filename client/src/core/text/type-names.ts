/** What the types of fields are called, for pages too. */
export { TYPE_NAMES } from '#language/text/type-names';
