/**
 * What well-known modules and fields are, in a sentence each. Only what the API's guide, or the name itself, says for
 * sure; a platform's own description comes first where it has one.
 */
import { nameKey } from '../text/names';

/** The modules that people ask for most, the first ones first. */
export const COMMON_MODULES: readonly string[] = [
  ...['UserCourseDate', 'CourseDate', 'Course', 'User', 'Company', 'Invoice', 'Venue', 'CourseDateBooking'],
  ...['CourseTemplate', 'UserCourse', 'CourseDateSession', 'InvoiceItem', 'CreditNote', 'Transaction'],
  ...['Resource', 'UserAward', 'Communication', 'Opportunity', 'Note', 'Task'],
];

const MODULES = {
  Award: 'An award that people can be given; who has one is in UserAward.',
  AwardType: 'A kind of award; the awards themselves are in Award.',
  Basket: 'A shopping basket; what is in it is in BasketItem.',
  BasketItem: 'One line of a shopping basket; the basket itself is in Basket.',
  BulkEmail: 'An e-mail to many people at once; who gets it is in BulkEmailRecipient.',
  BulkEmailRecipient: 'One person who gets an e-mail to many people; the e-mail itself is in BulkEmail.',
  Category: 'A heading to sort courses under; a course names its own in CategoryLabels.',
  Communication: 'A message, with the kind of record and the ID that it belongs to.',
  Company: 'A company, with its name and address; which people belong to it is in UserCompany.',
  CompanyGroup: 'Several companies that belong together; each of them is in Company.',
  Course: 'A course as such: its name, cost and length; when and where it runs is in CourseDate.',
  CourseDate: 'A course on certain dates: when and where it runs, and how many places are left.',
  CourseDateBooking:
    'A booking for a course date: who booked, and its invoices; who attends is in UserCourseDate.',
  CourseDateSession: 'One session of a course date; the course date as a whole is in CourseDate.',
  CourseTemplate: 'A template for courses; the courses themselves are in Course.',
  CreditNote: 'A credit note, which takes back what was invoiced; what was invoiced is in Invoice.',
  Currency: 'A currency in which prices are given; courses and invoices name theirs in CurrencyCode.',
  Discount: 'A discount, which lowers a price; the rules for it are in DiscountRule.',
  DocumentTemplate: 'A template from which documents are made; those for e-mails are in EmailTemplate.',
  EmailTemplate: 'A template from which e-mails are made; those for documents are in DocumentTemplate.',
  Fee: 'A fee that can be charged; what an invoice charges is in InvoiceItem.',
  Industry: 'A line of business; courses name theirs in IndustryLabels.',
  Invoice: 'An invoice: its amount, what is still to be paid, and by when; its lines are in InvoiceItem.',
  InvoiceItem: 'One line of an invoice; the invoice itself is in Invoice.',
  Meeting: 'A meeting; who takes part is in MeetingAttendee.',
  MeetingAttendee: 'One person who takes part in a meeting; the meeting itself is in Meeting.',
  Note: 'A note that someone wrote down; those about people are in UserNote.',
  Opportunity: 'A possible sale; what it is about is in OpportunityItem.',
  OpportunityItem: 'One line of a possible sale; the sale as a whole is in Opportunity.',
  Resource: 'A resource that course dates can need; which do, is in ResourceRequirementCourseDate.',
  ResourceRequirementCourseDate: 'A resource that one course date needs; the resource itself is in Resource.',
  ResourceType: 'A kind of resource; the resources themselves are in Resource.',
  Role: 'A role, which says what its users may do; who has which is in UserRole.',
  Survey: 'A survey; what people answered is in SurveyAnswer.',
  SurveyAnswer: 'One answer to a survey; who was asked is in SurveyRecipient.',
  SurveyRecipient: 'One person who is asked in a survey; what people answered is in SurveyAnswer.',
  Task: 'A piece of work for someone to do; how many a person has is ActiveTasksCount in User.',
  TrainerConfirmation: 'A trainer’s confirmation for a course date; when it runs is in CourseDate.',
  Transaction: 'A movement of money, such as a payment; its invoices are in TransactionInvoice.',
  TransactionInvoice:
    'A transaction and an invoice that belong together, such as a payment and what it pays.',
  User: 'One of the people, whether they attend, book or log on; which courses they are on is in UserCourseDate.',
  UserAward: 'An award that one person has; the award itself is in Award.',
  UserCompany: 'One person’s place in one company; the person is in User, the company in Company.',
  UserCourse: 'One person on one course, whatever its dates; for certain dates, see UserCourseDate.',
  UserCourseDate: 'One person on one course date, with their status: who attends what.',
  UserCourseDateELearning:
    'One person’s progress in e-learning: when they first opened it, whether they passed.',
  UserCourseDateWeb: 'One person on one course date on the web, with the link to join it.',
  UserNote: 'A note about one person; the person is in User.',
  UserRole: 'A role that one person has; the role itself is in Role.',
  Venue: 'A place where courses are held, with its address; a course date names it in VenueLabel.',
  Voucher: 'A voucher, with which something is paid for in place of money.',
  Webhook: 'An address that is called when records change; what was delivered is in WebhookInstance.',
  WebhookInstance: 'One delivery of a webhook; the address that it goes to is in Webhook.',
} as const satisfies Readonly<Record<string, string>>;

const FIELDS = {
  AccountManagerName: 'The name of the person who looks after this customer.',
  ActiveCoursesCount: 'How many courses of the person are active; which ones is in UserCourse.',
  ActiveInvoicesCount: 'How many invoices of the person are active; the invoices themselves are in Invoice.',
  ActiveTasksCount: 'How many tasks of the person are active; the tasks themselves are in Task.',
  Address: 'Street and house number; town and postcode have fields of their own.',
  Advertise: 'True where the course is advertised; filter by it to leave out the others.',
  AgentID: 'The ID of the agent who acts for the person; empty where nobody does.',
  AgentName: 'The name of the agent through whom the booking came; empty where there was none.',
  Amount: 'How much money it comes to, as a number without the sign of a currency.',
  AmountPaid: 'How much of Amount has been paid; what has not is in Outstanding.',
  AwardedAwardIDs: 'The IDs of the awards that the course leads to; their names are in AwardedAwardLabels.',
  AwardedAwardLabels: 'The names of the awards that the course leads to; empty where it leads to none.',
  AwardsCount: 'How many awards the person has; which ones is in UserAward.',
  BillingAddress: 'The street to which the person’s invoices go; where they live or work is in Address.',
  BillingCountry: 'The country to which the person’s invoices go; their own is in Country.',
  BillingCounty: 'The county to which the person’s invoices go; their own is in County.',
  BillingEmail: 'The e-mail address to which the person’s invoices go; their own is in Email.',
  BillingPhone: 'The telephone number for questions about invoices; the person’s own is in Phone.',
  BillingPostcode: 'The postcode to which the person’s invoices go; their own is in Postcode.',
  BillingTown: 'The town to which the person’s invoices go; their own is in Town.',
  Body: 'The message itself; its heading is in Subject.',
  BookingStatus:
    'How far the booking as a whole has come; each person’s own state is Status in UserCourseDate.',
  BookingSummary: 'What was booked, in one text for people to read.',
  BookingType: 'Which kind of booking it is, of those that your platform tells apart.',
  BookingUserName: 'The name of the person who booked; those who attend are in UserCourseDate.',
  CandidateDirectELearningUrl: 'The link with which the person starts the e-learning.',
  Capacity: 'How many people there is room for; how many may book a course date is Places in CourseDate.',
  CategoryIDs: 'The IDs of the categories that it is sorted into; their names are in CategoryLabels.',
  CategoryLabels: 'The names of the categories that it is sorted into; there may be several, or none.',
  CertificateNumber:
    'The number for certificates of the course; what stands before it is in CertificatePrefix.',
  CertificatePrefix: 'What stands before the number of a certificate; the number is in CertificateNumber.',
  Colour: 'The colour in which the platform shows it, to be told from others at a glance.',
  CommunicationTypeID: 'Which kind of message it is, as the ID of the kind and not its name.',
  CompanyID: 'The ID of the company; the record is in Company.',
  CompanyName: 'The name of the company, which is Label in Company.',
  CompletionStatus:
    'Whether the person has completed the e-learning; whether they passed is in SuccessStatus.',
  ContactMethod: 'How the person wishes to be contacted.',
  Cost: 'What it costs, without a currency; what is still owed on an invoice is Outstanding in Invoice.',
  CostCentre: 'Which part of the customer’s organisation bears the cost, as its accounts name it.',
  CostType: 'What the price in Cost is for, of the ways that your platform tells apart.',
  Country: 'The country of the address, as one choice from a list; empty where none was made.',
  County: 'The county of the address, which is smaller than Country and larger than Town.',
  CourseDateBookingID: 'The ID of the booking that it comes from; the record is in CourseDateBooking.',
  CourseDateID: 'The ID of the course on certain dates; the record is in CourseDate.',
  CourseDuration: 'How long the course is, in words; a number of hours is DurationInHours in CourseDate.',
  CourseID: 'The ID of the course as such, whatever its dates; the record is in Course.',
  CourseLabel: 'The name of the course, which is Label in Course.',
  CourseName: 'The name of the course that the e-learning belongs to.',
  CourseOrAliasName: 'The name of the course, or the other name that it goes by.',
  CourseOverview: 'A text on what the course is about, which is Overview in Course.',
  CourseType: 'Whether it is taught in a class, by e-learning or on the web: Class, ELearning or Web.',
  CreatedByID: 'The ID of the person who created the record; the person is in User.',
  CreatedByName: 'Who created the record, by name; who changed it last is in UpdatedByName.',
  CreditLimit: 'The most that the customer may owe at a time.',
  CurrencyCode: 'The three letters of the currency, such as GBP.',
  CurrencyID: 'The ID of the currency; the record is in Currency.',
  CurrencyLabel: 'The name of the currency, which is Label in Currency.',
  DailyRate: 'What the place costs for each day.',
  DateCreated: 'When the record was written for the first time, which is not when anything takes place.',
  DateDue: 'The day by which it is to be done.',
  DateFirstViewed: 'When the person first opened the e-learning; empty while they have not.',
  DateStamp: 'A time that the platform noted for the record, which is not that of the course.',
  DateUpdated: 'When anything in the record was last changed; filter by it to fetch only what changed since.',
  Description: 'A longer text for people to read; the name is in Label.',
  Directions: 'How to get to the place, for those who travel there.',
  DOB: 'The day on which the person was born; as it is personal, fetch it only where you need it.',
  Duration: 'How long it is; the unit is in DurationType.',
  DurationAsString: 'How long it is, in words; the number alone is in Duration.',
  DurationInHours: 'How long it is, as a number of hours.',
  DurationType: 'The unit that Duration counts in, such as days.',
  DynamicLabel: 'What the line says, in words: what it charges for.',
  Email: 'The e-mail address to write to; empty where none is known.',
  EmployeesCount: 'How many people work for the company.',
  EndDate: 'The date and time at which it ends; when it begins is in StartDate.',
  ExternalID: 'The ID of the same thing in another system, to match records by; empty where it has none.',
  Fax: 'The number to send faxes to; that for calls is in Phone.',
  Forenames: 'The first names; the last name is in Surname.',
  FullAddress: 'The whole address in one text; its parts are in Address, Town and Postcode.',
  Fullname: 'The whole name in one text; its parts are in Forenames and Surname.',
  HasEmail: 'True where there is an address in Email, false where it is empty.',
  ID: 'A number or text that no other record of its module has; changes and deletions name it.',
  IndustryIDs: 'The IDs of the lines of business that it is sorted into; their names are in IndustryLabels.',
  IndustryLabel: 'The line of business that the company is in, by name.',
  IndustryLabels: 'The lines of business that it is sorted into, by name; there may be several, or none.',
  InvoiceAddress:
    'The street to which the invoice goes; a person’s own for invoices is BillingAddress in User.',
  InvoiceCountry: 'The country to which the invoice goes; a person’s own is BillingCountry in User.',
  InvoiceCounty: 'The county to which the invoice goes; a person’s own is BillingCounty in User.',
  InvoiceEmail: 'The e-mail address to which the invoice goes; a person’s own is BillingEmail in User.',
  InvoiceID: 'The ID of the invoice; the record is in Invoice.',
  InvoiceIDs: 'The IDs of its invoices, of which there may be several, or none; the records are in Invoice.',
  InvoicePostcode: 'The postcode to which the invoice goes; a person’s own is BillingPostcode in User.',
  InvoiceTown: 'The town to which the invoice goes; a person’s own is BillingTown in User.',
  IsActive: 'True while it is in use; filter by it to leave out what no longer is.',
  IsModule: 'True where the course is a part of another course.',
  JobTitle: 'What the person does at work; what stands before their name is in Title.',
  JoiningInstructionsText: 'What people need to know before they come.',
  Label: 'The name by which people know the record; what the platform knows it by is in ID.',
  LastBooking: 'When the person last booked something; empty where they never have.',
  LastLoggedOn: 'When the person last logged on to the platform; empty where they never have.',
  LastUpdatedBy: 'Who last changed the record; when that was is in DateUpdated.',
  LatestCourseDateAttended:
    'When the course took place that the person attended last; empty where they attended none.',
  LatestCourseDateBooked:
    'When the latest course takes place that the person is booked on; that may be to come.',
  MainCompanyID: 'The ID of the person’s main company; the record is in Company.',
  MainCompanyName: 'The name of the person’s main company; all that they belong to are in UserCompany.',
  MainRoleID: 'The ID of the person’s main role; the record is in Role.',
  MainRoleLabel: 'The name of the person’s main role; all roles that they have are in UserRole.',
  MainUserTypeLabel: 'Which kind of user the person mainly is, of those that your platform tells apart.',
  MappedID: 'The ID of the record that the message belongs to; which kind that is, is in MappedIDType.',
  MappedIDType: 'The kind of record that the message belongs to; which one it is, is in MappedID.',
  MarketingOptIn:
    'True where the person agreed to get marketing; leave out the others when you write to people.',
  MiddleNames: 'The names between the first and the last one; empty where there are none.',
  MinimumPassScore: 'The lowest score with which a person passes the course.',
  Mobile: 'The number of the mobile phone; another number is in Phone.',
  Name: 'What people call it, for which most modules have Label.',
  NationalityLabel: 'Which nation the person belongs to; the names to choose from are in Nationality.',
  NINumber: 'The National Insurance number, which is personal: fetch it only where you need it.',
  Notes: 'What was noted about it, as one text.',
  NotesCount: 'How many notes there are about the person; the notes themselves are in UserNote.',
  OnlinePlatformCandidateJoinUrl: 'The link with which the person joins online.',
  OnStop: 'True where nothing more is to be sold to the customer for now.',
  OpportunitiesCount: 'How many possible sales there are; the sales themselves are in Opportunity.',
  Outstanding: 'How much is still to be paid of Amount, which is 0 once all of it has been.',
  Overview: 'A text that tells readers what it is about.',
  Phone: 'The telephone number to call; empty where none is known.',
  Places: 'How many people there is room for; how many more fit is in SpacesLeft.',
  PONumber: 'The number of the customer’s own purchase order; empty where they gave none.',
  Postcode: 'The postcode of the address; as neighbours share its beginning, startswith finds them.',
  Quantity: 'How many of it there are, where one record is about several alike.',
  Reference: 'The text by which people quote it, such as in letters.',
  ResourceID: 'The ID of the resource; the record is in Resource.',
  ResourceLabel: 'The name of the resource, which is Label in Resource.',
  RestrictBooking: 'True where the person may not book freely.',
  SageDepartmentCode: 'The code of the department that it is booked under in Sage, the accounting software.',
  SageNominalCode: 'The code of the account that it is booked under in Sage, the accounting software.',
  SageTaxCode: 'The code of the tax that is due on it in Sage, the accounting software.',
  ShippingTown: 'The town to which things are sent; the person’s own is in Town.',
  SourceID: 'The ID of the record that the line comes from; which kind that is, is in SourceIDType.',
  SourceIDType: 'The kind of record that the line comes from; which one it is, is in SourceID.',
  SpacesLeft: 'How many places are still free; how many there are in all is in Places.',
  StartDate: 'The date and time at which it begins; filter by it for what is still to come.',
  Status: 'Which state the record is in, of those that your platform tells apart.',
  Subject: 'What it is about, in one line, as at the top of an e-mail.',
  Succeeded: 'True where it worked, false where it failed.',
  SuccessStatus: 'Whether the person passed the e-learning; whether they finished is in CompletionStatus.',
  Summary: 'What it is about, in a short text; a longer one is in Description.',
  Surname: 'The last name; the first names are in Forenames.',
  Tags: 'The words that it is marked with, to be found by; there may be several, or none.',
  TargetID: 'The ID of the record that the invoice is for; which kind that is, is in TargetIDType.',
  TargetIDType: 'The kind of record that the invoice is for; which one it is, is in TargetID.',
  TargetLabel: 'The name of the record that the invoice is for; its ID is in TargetID.',
  Tax: 'How much money the tax is; at which rate it is charged is TaxRate in Invoice.',
  TaxExempt: 'True where the person is charged no tax.',
  TaxRate: 'At which rate tax is charged; how much money that is on each line is Tax in InvoiceItem.',
  Title: 'What it is called, where it has no Label.',
  Town: 'The town of the address; street and house number are in Address.',
  TrainingPoints: 'How many training points it is worth; what kind of points is in TrainingPointsTypeLabel.',
  TrainingPointsTypeLabel: 'Which kind of points TrainingPoints counts.',
  UpdatedByID: 'The ID of the person who last changed the record; the person is in User.',
  UpdatedByName: 'Who last changed the record, by name; when that was is in DateUpdated.',
  UserFullName: 'The whole name of the person, forenames and surname; the rest is in User.',
  UserID: 'The ID of the person; the record is in User.',
  VATNumber: 'The number under which the company is registered for VAT; empty where it is not known.',
  VenueCost: 'What the venue costs for these dates; the price that is charged is in Cost.',
  VenueID: 'The ID of the venue; the record is in Venue.',
  VenueLabel: 'The name of the venue, which is Label in Venue.',
  VenueTown: 'The town that the venue is in; its whole address is in Venue.',
  WaitingList: 'Whether people can wait for a place where none is free.',
  WheelchairAccess: 'True where people in wheelchairs can get in.',
} as const satisfies Readonly<Record<string, string>>;

/** Fields that say something more exact in one module. */
const IN_MODULE = {
  'Communication.Subject': 'What the message is about, in one line; the message itself is in Body.',
  'Company.ID': 'The ID of the company: CompanyID elsewhere.',
  'Company.Label': 'The company’s name: CompanyName elsewhere.',
  'Course.Cost': 'The price of the course as such; on certain dates, it may be another: Cost in CourseDate.',
  'Course.ID': 'The ID of the course: CourseID in CourseDate.',
  'Course.Label': 'The name of the course as such; each of its dates has a Label of its own in CourseDate.',
  'CourseDate.CompanyName': 'The name of the company that these dates belong to; may be empty.',
  'CourseDate.Cost': 'The price on these dates; what is still owed on an invoice is Outstanding in Invoice.',
  'CourseDate.EndDate': 'The date and time at which the course date ends, perhaps days after StartDate.',
  'CourseDate.ID': 'The ID of the course date: CourseDateID elsewhere.',
  'CourseDate.Label': 'The name of the course date; that of the course as such is Label in Course.',
  'CourseDate.StartDate':
    'The date and time at which the course date begins; filter by it for what is to come.',
  'CourseDate.Status':
    'The state of the course date, such as Available; how many places are free is in SpacesLeft.',
  'CourseTemplate.Name':
    'The name by which people choose the template; a course has its own in Label of Course.',
  'Invoice.Amount':
    'What the invoice comes to; what has been paid of it is AmountPaid, the rest Outstanding.',
  'Invoice.CompanyName': 'The name of the company on the invoice; what is charged for is in TargetLabel.',
  'Invoice.DateDue': 'By when the invoice is to be paid; how much still is to be is in Outstanding.',
  'Invoice.ID': 'The ID of the invoice: InvoiceID elsewhere.',
  'Invoice.Reference': 'The text by which customers quote the invoice; what the platform knows it by is ID.',
  'Invoice.Status': 'The state of the invoice; how much is still to be paid is in Outstanding.',
  'InvoiceItem.Amount':
    'What this one line comes to; what the invoice as a whole comes to is Amount in Invoice.',
  'User.ID': 'The ID of the person: UserID elsewhere.',
  'User.Status': 'The state of the person’s record; Deleted once it was deleted for the first time.',
  'User.Title': 'What stands before the name, such as Mr or Dr.',
  'UserCourseDate.CompanyName':
    'Which company the person attends for; their main one is MainCompanyName in User.',
  'UserCourseDate.ID': 'The ID of a person’s place on a course date, and not of one of the two alone.',
  'UserCourseDate.Status':
    'Where the person stands with this course date; its own state is Status in CourseDate.',
  'Venue.Label': 'The venue’s name: VenueLabel in CourseDate.',
} as const satisfies Readonly<Record<string, string>>;

const byKey = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows).map(([name, sentence]) => [nameKey(name), sentence]));

const ofModules = byKey(MODULES);
const ofFields = byKey(FIELDS);
const ofFieldsInModule = byKey(IN_MODULE);

/** Returns what a well-known module is, in one sentence. */
export const describeModule = (name: string): string | undefined => ofModules.get(nameKey(name));

/** Returns what a well-known field is, in one sentence: its platform's own, if it has one, or ours. */
export function describeField(
  module: string,
  { name, description }: { readonly name: string; readonly description?: string },
): string | undefined {
  const own = description?.trim() ?? '';
  if (own !== '') return own;
  return ofFieldsInModule.get(nameKey(`${module}.${name}`)) ?? ofFields.get(nameKey(name));
}

const places: ReadonlyMap<string, number> = new Map(
  COMMON_MODULES.map((name, place) => [nameKey(name), place]),
);

/** Returns the place of a module among the common ones, from 0; that behind the last for all others. */
export const commonness = (name: string): number => places.get(nameKey(name)) ?? COMMON_MODULES.length;

/** Returns modules with the common ones first, the others in the order that they had. */
export const commonModulesFirst = <Module extends { readonly name: string }>(
  modules: readonly Module[],
): Module[] =>
  modules
    .map((module) => ({ module, place: commonness(module.name) }))
    .sort((one, other) => one.place - other.place)
    .map(({ module }) => module);

/** All that is described, for its test. */
export const DESCRIBED = { MODULES, FIELDS, IN_MODULE };
