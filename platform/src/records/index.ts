/** The generator of each module's records, and the two sites' worlds. */
import { seedFrom } from '../random';
import { communications, eLearning, userCourseDates, userCourseDatesWeb } from './attendance';
import { courseDates, courses } from './courses';
import { resourceRequirements, trainerConfirmations } from './delivery';
import { general } from './general';
import { users } from './people';
import { companies, venues } from './places';
import { bookings, invoiceItems, invoices } from './sales';
import type { Generator } from './world';
import { Calendar, World } from './world';

const GENERATORS: ReadonlyMap<string, Generator> = new Map([
  ['Venue', venues],
  ['Company', companies],
  ['Course', courses],
  ['CourseDate', courseDates],
  ['User', users],
  ['Invoice', invoices],
  ['InvoiceItem', invoiceItems],
  ['CourseDateBooking', bookings],
  ['UserCourseDate', userCourseDates],
  ['UserCourseDateWeb', userCourseDatesWeb],
  ['UserCourseDateELearning', eLearning],
  ['Communication', communications],
  ['TrainerConfirmation', trainerConfirmations],
  ['ResourceRequirementCourseDate', resourceRequirements],
]);

/** The names of both sites in addresses (D). */
export const SITES = ['accessplan', 'accessplansandbox'] as const;
export type SiteName = (typeof SITES)[number];

export interface WorldOptions {
  /** How many course dates the production site has; the sandbox has a tenth. */
  readonly records: number;
  readonly seed: number;
  /** Any moment of the day in the middle of the training year. */
  readonly now: number;
}

export function makeWorld(site: SiteName, { records, seed, now }: WorldOptions): World {
  const today = Math.floor(now / 86_400_000) * 86_400_000;
  const count = site === 'accessplan' ? records : Math.max(1, Math.round(records / 10));
  return new World(count, new Calendar(today), seedFrom(seed, site), (module) => {
    return GENERATORS.get(module) ?? general;
  });
}
