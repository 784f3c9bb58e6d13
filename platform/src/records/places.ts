/** Venues and companies. */
import type { Dice } from '../random';
import type { Row, Value } from '../values';
import { COMPANY_STEMS, COMPANY_TRADES, FORENAMES, STREETS, SURNAMES, TOWNS } from './vocabulary';
import type { Generator } from './world';
import { times } from './world';

export interface Place {
  readonly address: string;
  readonly town: string;
  readonly county: string;
  readonly postcode: string;
  readonly region: string;
}

/** Makes an address whose postcode fits its town. */
export function place(dice: Dice, [town, county, district, region] = dice.pick(TOWNS)): Place {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  const unit = `${dice.int(1, 9)}${dice.pick([...letters])}${dice.pick([...letters])}`;
  const address = `${dice.int(1, 180)} ${dice.pick(STREETS)}`;
  return { address, town, county, region, postcode: `${district} ${unit}` };
}

/** Makes a number from Ofcom's range for drama, which no one has. */
export const phone = (dice: Dice): string => `01632 960${dice.digits(3)}`;
export const mobile = (dice: Dice): string => `07700 900${dice.digits(3)}`;

const slugs = new Map<string, string>();

/** Keeps only letters and digits, as in a mail address; cached, since names recur. */
export function slug(text: string): string {
  let made = slugs.get(text);
  if (made === undefined) {
    made = text
      .replaceAll('ł', 'l')
      .replaceAll('Ł', 'L')
      .replaceAll('ø', 'o')
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/[^a-z0-9]+/gi, '')
      .toLowerCase();
    slugs.set(text, made);
  }
  return made;
}

const VENUE_KINDS = [
  'Training Centre',
  'Conference Centre',
  'Business Park',
  'Town Hall',
  'Hotel & Spa',
  'College',
];

export const venues: Generator = ({ sizes, calendar }, dice) =>
  times(sizes.venues, (index): Row => {
    // The first venues are in the first towns, Lancaster above all, so that small sets also have them.
    const where = place(dice, index < 6 ? TOWNS[index % 3] : dice.pick(TOWNS));
    const label = `${where.town} ${VENUE_KINDS[index % VENUE_KINDS.length] ?? 'Centre'}`;
    return {
      ID: String(index + 1),
      Label: index < VENUE_KINDS.length ? label : `${label} ${dice.pick(['North', 'South', 'East', 'West'])}`,
      Status: dice.either(0.92, 'Active', 'Inactive'),
      Address: where.address,
      Town: where.town,
      County: where.county,
      Postcode: where.postcode,
      Country: countryOf(index),
      FullAddress: `${where.address}, ${where.town}, ${where.county}, ${where.postcode}`,
      Capacity: dice.int(2, 30) * 4,
      DailyRate: dice.int(8, 60) * 10,
      WheelchairAccess: dice.chance(0.9),
      Email: `bookings@${slug(where.town)}.venues.example`,
      Phone: phone(dice),
      Directions: dice.either(0.7, `Ten minutes' walk from ${where.town} station; parking £5 a day.`, null),
      DateCreated: calendar.day(-dice.int(300, 2000), 9, dice.int(0, 59)),
      DateUpdated: calendar.day(-dice.int(1, 290), 14, dice.int(0, 59)),
    };
  });

export const companies: Generator = ({ sizes, calendar }, dice) => {
  const taken = new Map<string, number>();
  return times(sizes.companies, (index): Row => {
    const where = place(dice);
    const [trade, industry] = dice.pick(COMPANY_TRADES);
    const name = `${COMPANY_STEMS[index % COMPANY_STEMS.length] ?? 'Albion'} ${trade}`;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    const label = before === 0 ? name : `${name} (${where.town}${before > 1 ? ` ${before}` : ''})`;
    return {
      ID: String(501 + index),
      Label: label,
      Status: dice.either(0.9, 'Active', dice.pick(['Prospect', 'Inactive'])),
      Email: `training@${slug(label)}.example`,
      Phone: phone(dice),
      Address: where.address,
      Town: where.town,
      County: where.county,
      Postcode: where.postcode,
      Country: dice.either(0.8, 'United Kingdom', []),
      IndustryLabel: industry,
      AccountManagerName: dice.either(0.6, `${dice.pick(FORENAMES)} ${dice.pick(SURNAMES)}`, null),
      VATNumber: dice.either(0.7, `GB${dice.digits(9)}`, null),
      CreditLimit: dice.either(0.5, dice.int(1, 40) * 500, null),
      EmployeesCount: dice.int(3, 4000),
      OnStop: dice.chance(0.04),
      Notes: dice.either(0.15, 'Orders need a PO number; invoices to "Accounts & Payments".', null),
      DateCreated: calendar.day(-dice.int(200, 2500), 10, dice.int(0, 59)),
      DateUpdated: calendar.day(-dice.int(0, 199), 16, dice.int(0, 59)),
    };
  });
};

/** A choice: a text, or an empty list where there is none (O). */
function countryOf(index: number): Value {
  if (index % 7 === 6) return [];
  return index % 9 === 8 ? 'Ireland' : 'United Kingdom';
}
