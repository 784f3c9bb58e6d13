/** Which fields tell most of a record: the one list, for what is offered first, selected in ready queries, and called a record’s name. */
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import { nameKey } from '../text/names';

const FORENAMES = ['Forenames', 'Forename', 'FirstName', 'FirstNames'];
const SURNAMES = ['Surname', 'LastName'];
const TITLES = ['Title', 'Reference', 'Subject'];
const wholeNames = (module: string) => [
  ...['Label', 'Name', 'FullName', 'DisplayName'],
  ...[`${module}Name`, `${module}Label`],
];

/** What tells most beside the name: who and what it is about, when, and how far it is. */
const TELLING = [
  ...['UserFullName', 'BookingUserName', 'CourseOrAliasName', 'CourseLabel', 'CourseName', 'DynamicLabel'],
  ...['StartDate', 'DateDue', 'Status', 'BookingStatus', 'CompletionStatus', 'SuccessStatus'],
  ...['CompanyName', 'MainCompanyName', 'VenueLabel', 'Town', 'SpacesLeft', 'VenueTown', 'Capacity'],
  ...['Amount', 'Outstanding', 'Email', 'Phone', 'CourseType', 'Cost', 'CurrencyCode', 'DurationAsString'],
];

/**
 * The fields that together are the name of a record, the surest first: one with the whole name, or its parts. A person’s
 * `Title` is Mr or Ms, so that comes after names. `fits` says which fields may be named.
 */
export function nameFields(module: CatalogModule, fits: Fits): FieldInfo[] {
  const whole = firstOf(wholeNames(module.name), module, fits);
  if (whole.length > 0) return whole;
  const parts = nameParts(module, fits);
  return parts.length > 0 ? parts : firstOf(TITLES, module, fits);
}

/** The same, with a column for each part of a person’s name. */
export function namesToShow(module: CatalogModule, fits: Fits): FieldInfo[] {
  const parts = nameParts(module, fits);
  return parts.length > 0 ? parts : nameFields(module, fits);
}

type Fits = (field: FieldInfo) => boolean;

const firstOf = (names: readonly string[], module: CatalogModule, fits: Fits): FieldInfo[] =>
  names
    .flatMap((name) => module.field(name) ?? [])
    .filter(fits)
    .slice(0, 1);

function nameParts(module: CatalogModule, fits: Fits): FieldInfo[] {
  const surname = firstOf(SURNAMES, module, fits);
  return surname.length === 0 ? [] : [...firstOf(FORENAMES, module, fits), ...surname];
}

/** The fields that tell most of a record: its ID, its name, then the others of the list. */
export function tellingFields(module: CatalogModule): FieldInfo[] {
  const present = (names: readonly string[]) => names.flatMap((name) => module.field(name) ?? []);
  return [...new Set([...present(['ID']), ...namesToShow(module, () => true), ...present(TELLING)])];
}

const orders = new WeakMap<CatalogModule, readonly FieldInfo[]>();

/** All fields: the telling ones first, then the dates, the start before the end; the others as in a dictionary. */
export function tellingFirst(module: CatalogModule): readonly FieldInfo[] {
  let order = orders.get(module);
  if (order === undefined) {
    const rest = (module.fields ?? []).map((field) => ({
      field,
      place: datePlace(field),
      key: nameKey(field.name),
    }));
    const sorted = rest.sort((a, b) => a.place - b.place || compare(a.key, b.key)).map(({ field }) => field);
    const telling = tellingFields(module).flatMap((field) => [field, ...endOf(field, module)]);
    order = [...new Set([...telling, ...sorted])];
    orders.set(module, order);
  }
  return order;
}

/** `EndDate` of `StartDate`: who looks for one often wants the other. */
const endOf = ({ name }: FieldInfo, module: CatalogModule): FieldInfo[] => {
  const rest = /^start(.*)$/i.exec(name)?.[1];
  const end = rest === undefined ? undefined : module.field(`End${rest}`);
  return end === undefined ? [] : [end];
};

function datePlace({ name, type }: FieldInfo): number {
  if (type !== 'datetime' && type !== 'date') return 3;
  const key = nameKey(name);
  if (key.startsWith('start')) return 0;
  return key.startsWith('end') ? 1 : 2;
}

const compare = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
