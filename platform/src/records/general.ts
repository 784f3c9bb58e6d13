/** Records of modules that no public client describes: lookups, and a modest number of plausible others. */
import { findModule } from '../catalog';
import type { Dice } from '../random';
import type { Row, Value } from '../values';
import { LOOKUPS } from './vocabulary';
import type { Generator, World } from './world';
import { textOf, times } from './world';

/** `CourseDateSession` → `Course date session`. */
function words(module: string): string {
  const spaced = module.replace(/([a-z])([A-Z\d])/g, '$1 $2');
  return spaced.charAt(0) + spaced.slice(1).toLowerCase();
}

const ADJECTIVES = [
  'Standard',
  'Spring',
  'Autumn',
  'Regional',
  'Northern',
  'Déjà vu',
  'Q1 & Q2',
  "Trainer's",
];

function valueOf(field: string, world: World, dice: Dice): Value {
  switch (field) {
    case 'Description':
      return dice.either(0.5, 'See the handbook, section "Administration".', null);
    case 'CourseID':
      return textOf(dice.pick(world.rows('Course')), 'ID');
    case 'CourseDateID':
      return textOf(dice.pick(world.rows('CourseDate')), 'ID');
    case 'InvoiceID':
      return textOf(dice.pick(world.rows('Invoice')), 'ID');
    case 'StartDate':
    case 'DateDue':
      return dice.either(0.9, world.calendar.day(dice.int(-270, 270), 9), null);
    case 'IsActive':
    case 'Succeeded':
      return dice.chance(0.85);
    case 'Amount':
      return dice.int(100, 90_000) / 100;
    case 'Quantity':
      return dice.int(1, 12);
    case 'Tags':
      return dice.either(0.4, ['Follow up'], []);
    case 'Subject':
      return dice.pick(['Booking confirmed', 'Reminder', 'Invoice', 'Course date changed']);
    case 'Status':
      return dice.pick(['Active', 'Active', 'Active', 'Draft', 'Closed']);
    default:
      return null;
  }
}

export const general: Generator = (world, dice, name) => {
  const module = findModule(name);
  const labels = LOOKUPS[name];
  return times(
    labels?.length ?? dice.int(Math.ceil(world.sizes.other / 2), world.sizes.other),
    (index): Row => {
      const row: Record<string, Value> = {};
      const user = module?.field('UserID') && dice.pick(world.rows('User'));
      const company = module?.field('CompanyID') && dice.pick(world.rows('Company'));
      const created = dice.int(10, 900);
      const label = labels?.[index] ?? `${words(name)} ${index + 1}: ${dice.pick(ADJECTIVES)}`;
      const linked: Readonly<Record<string, Value>> = {
        ID: String(index + 1),
        Label: label,
        Name: label,
        DateCreated: world.calendar.day(-created, dice.int(7, 18), dice.int(0, 59)),
        DateUpdated: world.calendar.day(-dice.int(0, 9), dice.int(7, 18), dice.int(0, 59)),
        ...(user && { UserID: textOf(user, 'ID'), UserFullName: textOf(user, 'Fullname') }),
        ...(company && { CompanyID: textOf(company, 'ID'), CompanyName: textOf(company, 'Label') }),
      };
      for (const field of module?.fields ?? []) {
        row[field.name] = linked[field.name] ?? valueOf(field.name, world, dice);
      }
      if (row['CourseID'] !== undefined) {
        const course = world.rows('Course').find((candidate) => candidate['ID'] === row['CourseID']);
        row['CourseLabel'] = course ? textOf(course, 'Label') : null;
      }
      return row;
    },
  );
};
