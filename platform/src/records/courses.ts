/** Courses and their dates. */
import type { Row } from '../values';
import { COURSES, TOWNS } from './vocabulary';
import type { Generator } from './world';
import { numberOf, pounds, textOf, times } from './world';

/** The values that were seen (O): a course in a room, one at any time, or one with a trainer online. */
const courseType = (online: boolean, index: number): string =>
  online ? (index % 2 === 0 ? 'ELearning' : 'Web') : 'Class';

const region = (town: string): string | null => TOWNS.find(([name]) => name === town)?.[3] ?? null;

/** How the names of courses end that companies book for themselves. */
const IN_HOUSE = ': In-house';

export const courses: Generator = ({ sizes, calendar }, dice) => {
  const codes = COURSES.map(([code]) => code);
  return times(sizes.courses, (index): Row => {
    const [code, title, category, days, price] = COURSES[index % COURSES.length] ?? COURSES[0];
    const round = Math.floor(index / COURSES.length);
    const suffix = ['', ': Refresher', ': Online', IN_HOUSE, ': Advanced'][round] ?? ` ${round + 1}`;
    const online = round === 2;
    const numbered = dice.chance(0.4);
    return {
      Advertise: dice.chance(0.85),
      AutoComplete: dice.chance(0.3),
      AwardedAwardIDs: numbered ? [String(index + 1)] : [],
      AwardedAwardLabels: numbered ? [`${title} certificate`] : [],
      CategoryIDs: [String(index % 7)],
      CategoryLabels: index % 5 === 0 ? [category, 'Popular'] : [category],
      // A number with a value, else an empty text (O).
      CertificateNumber: numbered ? dice.int(1000, 99_999) : '',
      CertificatePrefix: numbered ? `${code.slice(0, 3).toUpperCase()}/` : null,
      Colour: dice.either(0.8, `#${dice.int(0x100000, 0xffffff).toString(16)}`, null),
      ConfigCodeCodes: [],
      Cost: pounds(price * (online ? 0.6 : 1 + round * 0.1)),
      CostType: 'Per delegate',
      CourseType: courseType(online, index),
      Coursework: dice.chance(0.1),
      CurrencyCode: 'GBP',
      DateCreated: calendar.day(-dice.int(400, 2500), 9, dice.int(0, 59)),
      DateUpdated: calendar.day(-dice.int(0, 399), 15, dice.int(0, 59)),
      Description: `${title}${suffix}: what everybody at work needs to know, with plenty of practice.`,
      Duration: days,
      DurationAsString: days < 1 ? 'Half a day' : days === 1 ? '1 day' : `${days} days`,
      DurationType: 'Days',
      ExternalID: dice.either(0.3, `EXT-${dice.digits(5)}`, null),
      Fundable: dice.either(0.2, 'Yes', 'No'),
      ID: round === 0 ? code : `${code}-${round + 1}`,
      IndustryIDs: [],
      IndustryLabels: dice.either(0.5, [category], []),
      IsModule: false,
      JoiningInstructionsText: dice.either(
        0.6,
        'Please arrive by 08:45. Bring photo ID & wear comfortable clothes; don’t forget a pen.',
        null,
      ),
      Label: `${title}${suffix}`,
      LastUpdatedBy: dice.pick(['Helen Ashworth', "Seán O'Brien", 'API Integration']),
      MinimumPassScore: dice.either(0.4, `${dice.int(10, 18) * 5}%`, null),
      Overview: `A ${category.toLowerCase()} course.`,
      SageDepartmentCode: dice.either(0.5, String(dice.int(1, 9)), null),
      SageNominalCode: '4000',
      SessionCourseIDs: days > 2 ? [dice.pick(codes)] : [],
      SetCompletedIfPassed: dice.chance(0.5),
      Summary: dice.either(0.8, `${title} in ${days < 1 ? 'half a day' : `${days} day(s)`}.`, null),
      TrainingPoints: Math.max(1, days * 6),
      TrainingPointsTypeLabel: dice.either(0.7, 'CPD hours', null),
      Unit: false,
      UnitsRequired: dice.either(0.1, dice.int(1, 4), null),
      UserTypeIDs: [],
      WaitingList: dice.either(0.5, 'Enabled', 'Disabled'),
      CF_RegionCode: dice.either(0.3, dice.pick(['NW', 'YH', 'SE', 'SC']), null),
      CF_AuditDate: dice.either(0.4, calendar.day(dice.int(-200, 200)), null),
    };
  });
};

/** The course date that the guide's examples update and delete has this ID. */
const EXAMPLE_ID = 2024;

export const courseDates: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allCourses = world.rows('Course');
  const allVenues = world.rows('Venue');
  const allCompanies = world.rows('Company');
  const first = Math.max(1, EXAMPLE_ID - Math.floor(sizes.courseDates / 2));
  return times(sizes.courseDates, (index): Row => {
    const id = first + index;
    const example = id === EXAMPLE_ID;
    // Every eighth date is the guide's course: enough of them, past and to come, in every size.
    const course = example || index % 8 === 3 ? allCourses[0] : dice.pick(allCourses);
    const venue = example || dice.chance(0.2) ? allVenues[0] : dice.pick(allVenues);
    if (!course || !venue) throw new Error('Course dates need courses and venues');
    const offset = calendar.weekday(example ? 14 : dice.int(-270, 270));
    const days = numberOf(course, 'Duration');
    const online = textOf(course, 'CourseType') !== 'Class';
    const inHouse = !example && (textOf(course, 'Label').endsWith(IN_HOUSE) || dice.chance(0.15));
    const startHour = days < 1 ? dice.pick([9, 13]) : dice.pick([9, 9, 9, 10]);
    const hours = days < 1 ? 3.5 : days * 7;
    const places = dice.int(2, 6) * 4;
    const cancelled = !example && dice.chance(0.06);
    const full = !example && dice.chance(0.15);
    const left = full ? 0 : dice.int(1, places);
    const town = textOf(venue, 'Town');
    const status = () => {
      if (cancelled) return 'Cancelled';
      if (offset + days <= 0) return 'Completed';
      if (full) return 'Full';
      return !example && dice.chance(0.08) ? 'Provisional' : 'Available';
    };
    return {
      ID: String(id),
      Label: online ? textOf(course, 'Label') : `${textOf(course, 'Label')} – ${town}`,
      CourseID: textOf(course, 'ID'),
      CompanyName: inHouse ? textOf(dice.pick(allCompanies), 'Label') : null,
      StartDate: calendar.day(offset, startHour),
      EndDate:
        days < 1
          ? calendar.day(offset, startHour + 3, 30)
          : calendar.day(offset + Math.ceil(days) - 1, startHour + 7, 30),
      CourseType: textOf(course, 'CourseType'),
      Status: status(),
      Cost: inHouse ? pounds(numberOf(course, 'Cost') * 8) : numberOf(course, 'Cost'),
      VenueID: online ? null : textOf(venue, 'ID'),
      VenueCost: online ? null : pounds(numberOf(venue, 'DailyRate') * Math.max(0.5, days)),
      VenueLabel: online ? null : textOf(venue, 'Label'),
      VenueTown: online ? null : town,
      DurationInHours: hours,
      Places: places,
      SpacesLeft: left,
      CF_RegionCode: online ? null : region(town),
      CF_AuditDate: dice.either(0.3, calendar.day(offset + dice.int(-30, 30)), null),
    };
  });
};
