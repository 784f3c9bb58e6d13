/** Users: delegates, trainers, managers, and the two that examples name. */
import type { Row } from '../values';
import { mobile, phone, place, slug } from './places';
import { FORENAMES, JOB_TITLES, LOOKUPS, SURNAMES } from './vocabulary';
import type { Generator } from './world';
import { textOf, times } from './world';

/** The user that API keys and tokens act as. */
export const API_USER_ID = '1001';
/** The trainer, who sees fewer modules. */
export const TRAINER_USER_ID = '1002';

const TITLES = ['Mr', 'Mrs', 'Ms', 'Miss', 'Dr', 'Prof', 'Mx'] as const;
const DIETS = ['Vegetarian', 'Vegan', 'Gluten-free', 'Halal', 'Nut allergy; "severe"', 'Kosher'] as const;

/* eslint-disable max-lines-per-function -- a table: a line for each field */
export const users: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allCompanies = world.rows('Company');
  const nationalities = LOOKUPS['Nationality'] ?? [];
  const origins = LOOKUPS['EthnicOrigin'] ?? [];
  const needs = LOOKUPS['SpecialNeed'] ?? [];
  const mails = new Map<string, number>();
  return times(sizes.users, (index): Row => {
    const api = index === 0;
    // The guide's example of an upsert: exactly one user has this address.
    const smith = index === (sizes.users > 2 ? 2 : 1);
    const company = dice.pick(allCompanies);
    const where = place(dice);
    const forename = api ? 'API' : smith ? 'John' : dice.pick(FORENAMES);
    const surname = api ? 'Integration' : smith ? 'Smith' : dice.pick(SURNAMES);
    const name = `${forename} ${surname}`;
    const domain = textOf(company, 'Email').slice('training@'.length);
    const local = `${slug(forename)}.${slug(surname)}`;
    const before = mails.get(local) ?? 0;
    mails.set(local, before + 1);
    const hasMail = smith || api || dice.chance(0.95);
    const email = smith
      ? 'john.smith@my_company.com'
      : `${local}${before === 0 ? '' : before + 1}@${api ? 'integration.example' : domain}`;
    const status = smith || api ? 'Active' : dice.either(0.9, 'Active', dice.pick(['Inactive', 'Deleted']));
    const created = dice.int(30, 2000);
    const billing = dice.chance(0.2) ? place(dice) : undefined;
    const other = dice.chance(0.08) ? place(dice) : undefined;
    const shipping = dice.chance(0.08) ? place(dice) : undefined;
    const type = index === 1 ? 'Trainer' : dice.either(0.85, 'Delegate', dice.pick(['Trainer', 'Manager']));
    const attended = dice.chance(0.6) ? calendar.day(-dice.int(1, 270), 9) : null;
    // A choice is a text with a value, else an empty array (O).
    const country = dice.either(
      0.75,
      dice.either(0.93, 'United Kingdom', dice.pick(['Ireland', 'France'])),
      [],
    );
    return {
      Address: where.address,
      AgentID: dice.either(0.03, String(1001 + dice.int(0, 20)), null),
      AlternativeAddress: other?.address ?? null,
      AlternativeCounty: other?.county ?? null,
      AlternativePhone: other ? phone(dice) : null,
      AlternativePostcode: other?.postcode ?? null,
      AlternativeTown: other?.town ?? null,
      BillingAddress: billing?.address ?? null,
      BillingCounty: billing?.county ?? null,
      BillingEmail: billing ? `accounts@${domain}` : null,
      BillingPhone: billing ? phone(dice) : null,
      BillingPostcode: billing?.postcode ?? null,
      BillingTown: billing?.town ?? null,
      CostCentre: dice.either(0.3, `CC-${dice.digits(4)}`, null),
      County: where.county,
      CreatedByID: API_USER_ID,
      CreatedByName: 'API Integration',
      CurrencyLabel: 'Pound sterling',
      Email: hasMail ? email : null,
      EthnicOriginLabel: dice.either(0.5, dice.pick(origins), null),
      ExternalID: dice.either(0.4, `HR${dice.digits(6)}`, null),
      Fax: null,
      Forenames: forename,
      FullAddress: `${where.address}, ${where.town}, ${where.county}, ${where.postcode}`,
      Fullname: name,
      ID: String(1001 + index),
      JobTitle: dice.either(0.8, dice.pick(JOB_TITLES), null),
      MainCompanyID: textOf(company, 'ID'),
      MainCompanyName: textOf(company, 'Label'),
      MainRoleLabel: api ? 'API user' : type === 'Trainer' ? 'Trainer' : 'Delegate',
      MainUserTypeLabel: type,
      ManagedCompaniesLabels: type === 'Manager' ? textOf(company, 'Label') : '',
      ManagedUsersNames: '',
      ManagerUsersNames: '',
      MaritalStatus: dice.either(0.3, dice.pick(['Single', 'Married', 'Civil partnership']), null),
      MiddleNames: dice.either(0.2, dice.pick(FORENAMES), null),
      Mobile: dice.either(0.7, mobile(dice), null),
      NationalityLabel: dice.either(0.6, dice.pick(nationalities), null),
      // QQ is the prefix of examples: no real number has it.
      NINumber: dice.either(0.3, `QQ${dice.digits(6)}C`, null),
      Phone: dice.either(0.6, phone(dice), null),
      Postcode: where.postcode,
      PreferredLanguageName: dice.either(0.9, 'English', dice.pick(['Cymraeg', 'Polski', 'Français'])),
      SageTaxCode: 'T1',
      Sex: dice.pick(['Female', 'Male', 'Prefer not to say']),
      ShippingAddress: shipping?.address ?? null,
      ShippingCounty: shipping?.county ?? null,
      ShippingPostcode: shipping?.postcode ?? null,
      ShippingTown: shipping?.town ?? null,
      SpecialNeedNames: dice.either(0.06, dice.pick(needs), null),
      Status: status,
      Surname: surname,
      Tags: dice.either(0.1, dice.pick(['VIP', 'Newsletter, VIP', 'First aider']), null),
      Town: where.town,
      UniqueID: `U${String(100_000 + index)}`,
      UpdatedByID: API_USER_ID,
      UpdatedByName: 'API Integration',
      ActiveCoursesCount: dice.int(0, 4),
      ActiveInvoicesCount: dice.int(0, 2),
      ActiveTasksCount: dice.int(0, 3),
      AwardsCount: dice.int(0, 6),
      MoodleID: dice.either(0.2, dice.int(1, 90_000), null),
      NotesCount: dice.int(0, 5),
      OpportunitiesCount: dice.int(0, 1),
      AlternativeCountry: other ? 'United Kingdom' : [],
      BillingCountry: billing ? 'United Kingdom' : [],
      ContactMethod: dice.either(0.5, dice.pick(['Email', 'Phone', 'Post']), []),
      Country: country,
      CurrencyID: dice.either(0.9, 'GBP', []),
      MainRoleID: type === 'Trainer' ? '3' : '5',
      PreferredLanguageCode: dice.either(0.5, 'en-GB', []),
      ShippingCountry: shipping ? 'United Kingdom' : [],
      Title: smith ? 'Mr' : api ? [] : dice.either(0.7, dice.pick(TITLES), []),
      DailyTaskSummaryOptOut: dice.chance(0.5),
      HasEmail: hasMail,
      MainRoleIsDefault: true,
      MarketingOptIn: dice.chance(0.3),
      RestrictBooking: dice.chance(0.02),
      SmsAuthorised: dice.chance(0.4),
      TaxExempt: dice.chance(0.03),
      DateCreated: calendar.day(-created, dice.int(7, 19), dice.int(0, 59)),
      DateUpdated: calendar.day(-dice.int(0, Math.min(created, 200)), dice.int(7, 19), dice.int(0, 59)),
      DOB: dice.either(0.6, calendar.day(-dice.int(18 * 365, 65 * 365)), null),
      LastBooking: attended,
      LastLoggedOn: dice.either(0.7, calendar.day(-dice.int(0, 120), dice.int(0, 23), dice.int(0, 59)), null),
      LatestCourseDateAttended: attended,
      LatestCourseDateBooked: attended,
      MainUserCompanyEndDate: null,
      MainUserCompanyStartDate: calendar.day(-created),
      PasswordExpires: dice.either(0.5, calendar.day(dice.int(1, 180)), null),
      CF_DietaryRequirements: dice.either(0.25, dice.pick(DIETS), null),
      CF_RegionCode: where.region,
      CF_AuditDate: dice.either(0.2, calendar.day(dice.int(-200, 200)), null),
    };
  });
};
