/**
 * Modules and fields: their names and types, and what each field allows.
 * Names and types: public client code (O), in modules.json and fields.json. Which field is sortable, filterable,
 * writable or pre-defined is this platform's choice (A): the guide only says that fields differ in this (D).
 */
import fieldsOfModules from './fields.json';
import moduleList from './modules.json';
import type { FieldKind } from './values';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** The type's name in the help feed, as a .NET service would call it (A). */
  readonly dataType: string;
  readonly sortable: boolean;
  readonly filterable: boolean;
  readonly writable: boolean;
  /** Its JSON type changes from record to record (O): '' or [] means no value. */
  readonly variant: boolean;
}

export interface Module {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The pre-defined fields of an answer without $select (D: some exist; A: which). */
  readonly preset: readonly Field[];
  /** Finds a field by its name in any case (D, O). */
  field(name: string): Field | undefined;
}

type Kinds = Readonly<Record<string, string>>;

const KNOWN: Readonly<Record<string, Kinds>> = fieldsOfModules;

/** Two modules that the others refer to: places and customers. */
const OWN: Readonly<Record<string, Kinds>> = {
  Company: {
    ID: 'string',
    Label: 'string',
    Status: 'string',
    Email: 'string',
    Phone: 'string',
    Address: 'string',
    Town: 'string',
    County: 'string',
    Postcode: 'string',
    Country: 'list',
    IndustryLabel: 'string',
    AccountManagerName: 'string',
    VATNumber: 'string',
    CreditLimit: 'decimal',
    EmployeesCount: 'integer',
    OnStop: 'boolean',
    Notes: 'string',
    DateCreated: 'datetime',
    DateUpdated: 'datetime',
  },
  Venue: {
    ID: 'string',
    Label: 'string',
    Status: 'string',
    Address: 'string',
    Town: 'string',
    County: 'string',
    Postcode: 'string',
    FullAddress: 'string',
    Capacity: 'integer',
    DailyRate: 'decimal',
    WheelchairAccess: 'boolean',
    Email: 'string',
    Phone: 'string',
    Directions: 'string',
    DateCreated: 'datetime',
    DateUpdated: 'datetime',
  },
};

/** Fields that public clients name of modules that they otherwise don't describe (O). */
const MORE: Readonly<Record<string, Kinds>> = { CourseTemplate: { Name: 'string' } };

/** What a provider's reports need and no public client names: what refers to a course date, and what it costs (A). */
const ASSUMED: Readonly<Record<string, Kinds>> = {
  CourseDate: { VenueID: 'string', VenueCost: 'decimal' },
  CourseDateBooking: { CourseDateID: 'string', CompanyID: 'string', Cost: 'decimal' },
  UserCourseDate: { UserID: 'string', CourseDateID: 'string' },
  Venue: { Country: 'list' },
  TrainerConfirmation: { CourseDateID: 'string', Cost: 'decimal' },
  ResourceRequirementCourseDate: {
    ResourceID: 'string',
    ResourceLabel: 'string',
    Quantity: 'integer',
    Cost: 'decimal',
  },
};

/** Custom fields are named CF_… (O). */
const CUSTOM: Readonly<Record<string, Kinds>> = {
  CourseDate: { CF_RegionCode: 'string', CF_AuditDate: 'datetime' },
  Course: { CF_RegionCode: 'string', CF_AuditDate: 'datetime' },
  User: { CF_DietaryRequirements: 'string', CF_RegionCode: 'string', CF_AuditDate: 'datetime' },
  Invoice: { CF_RegionCode: 'string', CF_AuditDate: 'datetime', CF_Approved: 'boolean' },
};

const PRESET: Readonly<Record<string, string>> = {
  CourseDate: 'ID Label CourseID StartDate EndDate Status VenueLabel Places SpacesLeft',
  Course: 'ID Label CourseType Cost CurrencyCode Duration DurationType CategoryLabels CertificateNumber',
  User: 'ID Title Forenames Surname Email Phone Town Postcode Country MainCompanyName Status',
  Invoice: 'ID Reference CompanyName Amount Outstanding CurrencyCode DateCreated DateDue Status',
  InvoiceItem: 'ID InvoiceID DynamicLabel Amount Tax',
  CourseDateBooking: 'ID DateCreated BookingType BookingUserName BookingStatus UserID InvoiceIDs',
  UserCourseDate: 'ID UserFullName CourseOrAliasName StartDate EndDate Status',
  UserCourseDateWeb: 'ID UserFullName CourseOrAliasName StartDate EndDate Status CourseDateBookingID',
  UserCourseDateELearning: 'ID UserID CourseName DateStamp CompletionStatus SuccessStatus',
  Communication: 'ID MappedIDType MappedID CommunicationTypeID Subject',
  TrainerConfirmation: 'ID CourseDateID UserID UserFullName Cost Status',
  ResourceRequirementCourseDate: 'ID CourseDateID ResourceLabel Quantity Cost Status',
  Company: 'ID Label Email Phone Town Postcode Country Status',
  Venue: 'ID Label Town Postcode Capacity Status',
};

/** Long texts: filterable but not sortable. */
const LONG = /^(Description|Body|Overview|CourseOverview|JoiningInstructionsText|Summary|Notes|Directions)$/;

/** Computed when a record is read: not sortable, filterable or writable. */
const COMPUTED =
  /^(FullAddress|DurationAsString|CourseDuration|BookingSummary|ManagedCompaniesLabels|ManagedUsersNames|ManagerUsersNames|OnlinePlatformCandidateJoinUrl|CandidateDirectELearningUrl)$|[a-z]Count$/;

/** Maintained by the platform: sortable and filterable, but not writable. */
const KEPT =
  /^(ID|DateCreated|DateUpdated|CreatedByID|CreatedByName|UpdatedByID|UpdatedByName|LastUpdatedBy|Fullname|HasEmail|SpacesLeft|Outstanding)$/;

/** Lists with one choice: a text when there is a value, an empty array when there is none (O). */
const CHOICE = /^(Title|ContactMethod|CurrencyID|MainRoleID|PreferredLanguageCode|\w*Country)$/;

function readKind(text: string): FieldKind {
  switch (text) {
    case 'string':
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'datetime':
    case 'list':
      return text;
    default:
      throw new Error(`Unknown kind of field: ${text}`);
  }
}

function dataType(kind: FieldKind, choice: boolean): string {
  switch (kind) {
    case 'string':
      return 'String';
    case 'integer':
      return 'Int32';
    case 'decimal':
      return 'Decimal';
    case 'boolean':
      return 'Boolean';
    case 'datetime':
      return 'DateTime';
    case 'list':
      return choice ? 'List' : 'Array';
  }
}

function makeField(name: string, kind: FieldKind): Field {
  const choice = kind === 'list' && CHOICE.test(name);
  const computed = COMPUTED.test(name);
  const filterable = kind !== 'list' && !computed;
  return {
    name,
    kind,
    dataType: dataType(kind, choice),
    filterable,
    sortable: filterable && !LONG.test(name),
    writable: !computed && !KEPT.test(name),
    variant: choice || name === 'CertificateNumber',
  };
}

/** Returns fields of a module that no public client names: a general set, and more by the words of its name (A). */
function generalKinds(name: string): Kinds {
  const kinds: Record<string, string> = { ID: 'string', Label: 'string', Description: 'string' };
  const relations: readonly (readonly [RegExp, Kinds])[] = [
    [/User|Award|Attendee|Recipient|Placeholder|Confirmation/, { UserID: 'string', UserFullName: 'string' }],
    [/Company|Opportunity|Broadcast/, { CompanyID: 'string', CompanyName: 'string' }],
    [/CourseDate|SessionPlan|Viability/, { CourseDateID: 'string', StartDate: 'datetime' }],
    [
      /Course|Template|Unit|Survey|ELearning/,
      { CourseID: 'string', CourseLabel: 'string', IsActive: 'boolean' },
    ],
    [/Invoice|CreditNote|Transaction/, { InvoiceID: 'string', Amount: 'decimal' }],
    [/Item|Fee|Discount|Voucher|Product|Purchase/, { Amount: 'decimal', Quantity: 'integer' }],
    [/Task|Meeting|Opportunity|Note/, { DateDue: 'datetime', Tags: 'list' }],
    [/Log|Queue|Webhook|Email|Message/, { Subject: 'string', Succeeded: 'boolean' }],
  ];
  for (const [pattern, more] of relations) if (pattern.test(name)) Object.assign(kinds, more);
  return { ...kinds, Status: 'string', DateCreated: 'datetime', DateUpdated: 'datetime' };
}

function makeModule(name: string): Module {
  const kinds = {
    ...(KNOWN[name] ?? OWN[name] ?? generalKinds(name)),
    ...MORE[name],
    ...ASSUMED[name],
    ...CUSTOM[name],
  };
  const fields = Object.entries(kinds).map(([field, kind]) => makeField(field, readKind(kind)));
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const field = (wanted: string): Field | undefined => byName.get(wanted.toLowerCase());
  const preset = (PRESET[name] ?? 'ID Label Status DateCreated').split(' ').map((wanted) => {
    const found = field(wanted);
    if (!found) throw new Error(`${name} has no field ${wanted}`);
    return found;
  });
  return { name, fields, preset, field };
}

const modules = new Map<string, Module>();

/** The names of all modules, in the order of the help feed. */
export const moduleNames: readonly string[] = moduleList;

const canonical = new Map(moduleNames.map((name) => [name.toLowerCase(), name]));

/** Finds a module by its name in any case (D, O); undefined when none exists. Modules are made on first use. */
export function findModule(wanted: string): Module | undefined {
  const name = canonical.get(wanted.toLowerCase());
  if (name === undefined) return undefined;
  let module = modules.get(name);
  if (!module) modules.set(name, (module = makeModule(name)));
  return module;
}
