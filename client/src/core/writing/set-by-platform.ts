/** Which fields the platform sets by itself, so that no new record can be given a value. */
import { type FieldInfo, nameKey } from '#language';

/** A: the help feed need not say what can be written. These are kept by the platform, or follow from other fields. */
const KEPT =
  /^(?:id|date(?:created|updated|modified)|(?:created|updated|modified)(?:by\w*|date|on|at)|lastupdated\w*|fullname|hasemail|spacesleft|outstanding)$/;

/** Whether the platform keeps a field by itself, and may refuse or pass over a value for it. */
export const isKeptByPlatform = (name: string, field: FieldInfo | undefined): boolean =>
  field?.writable !== true && KEPT.test(nameKey(name));

/** `field`: as the metadata have it; undefined where they don't name it. */
export const isSetByPlatform = (name: string, field: FieldInfo | undefined): boolean =>
  field?.writable === false ||
  isKeptByPlatform(name, field) ||
  (field?.writable !== true && isComputed(field));

/**
 * A: a value that is worked out when a record is read can neither be searched nor sorted by. So it is with a choice from
 * a list, which can be written, unless its name says that it has names of other records.
 */
const isComputed = (field: FieldInfo | undefined): boolean =>
  field !== undefined &&
  !field.filterable &&
  !field.sortable &&
  (field.type !== 'list' || /(?:Labels|Names)$/.test(field.name));
