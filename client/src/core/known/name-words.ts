/** The words of field names, by what a field holds whose name has them. Lower case, singular and plural as they come. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Wherever one of them stands, the field is one that is never learnt: health, belief and origin, birth, bank, papers. */
export const SENSITIVE = words(`
  race belief beliefs faith health healthcare sickness orientation dbs union birth birthday birthdate dob passport
  visa iban bic swift bank sortcode salary payroll ssn nino uln upn lrn vehicle sick absence absences absent sen
  ehcp nok born pronoun pronouns accident accidents wellbeing carer carers nino utr nhs nationalinsurance licence
  licences license licenses maiden kin blood caste creed denomination tribe marital marriage married lgbt lgbtq ld
  ldd lldd hiv gp bmi smoker deaf blind wheelchair epilepsy asthma diabetes dyslexia needs benefit benefits fsm jsa
  dwp crb pvg asylum refugee grievance grievances dismissal redundancy shielding jab jabs yob therapy carehome
  jobseeker unemployed
`);

/** What words of that meaning begin with, however they go on: `DisabType`, `Vaccinated`, `ImmigrationStatus`. */
export const SENSITIVE_STEMS =
  /^(?:disab|disciplinar|vaccin|immuni[sz]|immigra|covid|ethnic|relig|racial|pregnan|maternit|paternit|medic|illness|allerg|diet|convict|criminal|offence|sexual|transgender|transsex|biometr|politic|impair|injur|counsel|safeguard|psych|mental|neurodiver|addict)/;

/** The same of words that only mean it in a row. */
export const SENSITIVE_ROWS =
  /\b(?:special needs?|national insurance|ni (?:number|no|num)|ni$|sort code|driving|next of|learning (?:difficulty|difficulties|support needs?)|tax (?:number|ref|reference)|gender identit(?:y|ies)|member(?:ship)? (?:number|no|num|id|ids)|reg(?:istration)? (?:plate|no|number)|(?:car|van) reg(?:istration)?|number plates?|name on|acc(?:oun)?t? (?:number|no|num|nr)|last (?:4|four)|card (?:end|ends|ending|exp|expiry|digits)|pupil premium|looked after|universal credit|(?:settled|trans) status|(?:access|exam) arrangements?|work permit|(?:reasonable|access|learner|exam|work|workplace) adjustments?)\b|^(?:trans|reg|plate|adjustments?|acc|acct)$|(?<!\b(?:min|max|minimum|maximum|lower|upper) )\bage\b/;

/** What opens something, beside what is a secret everywhere. */
export const SECRETS = words(`
  pin pins pincode otp totp cvv cvc csc memorable wifi wpa passwd pwd hint
  cardno cardnumber fob fobs lock locks locker lockers unlock padlock padlocks keypad keypads combination combinations
  alarm alarms
`);
/** What words of that meaning begin with: `Keysafe`, `Doorcode`. */
export const SECRET_STEMS =
  /^(?:key(?:safe|box|code)|(?:lock|unlock|safe)(?:box|code|no|pin)|(?:door|gate|entry|alarm|access)(?:codes?|no|num|number|pin|key|entry)$|pincode|pass(?:code|word|phrase))/;
export const SECRET_ROWS =
  /\b(?:(?:door|gate|access|entry|entrance|security|alarm|safe|key|keypad|lock|unlock|locker|wi fi|login|verification|activation|recovery|backup|unique|meeting|webinar|conference|zoom|garage|barrier) (?:code|codes|pin|pins|word|words|key|keys|no|num|number|numbers|digits?|phrase|entry|combination)|(?:zoom|webinar|dial in) id|key (?:safe|box)|lock box|card (?:no|num|number|numbers)|security (?:question|answer)s?)\b|^(?:access|door|gate|safe|key|keys|entrance|barrier)(?: \d)?$/;

/** Parts of a person’s name, in one word or in several. */
export const NAME_PARTS = words(`
  forename forenames firstname firstnames surname surnames lastname lastnames middlename middlenames fullname
  nickname nicknames initials givenname familyname salutation dear maidenname signature signatory
  username usernames userid login logins
`);
export const NAME_ROWS =
  /\b(?:(?:first|last|middle|given|family|christian|nick|known|preferred|full|maiden|other|birth) names?|known as|sur name|fore names?|user names?|dear|sign(?:ed)? off)\b/;

/** Somebody: a field that ends so holds names of people, or what stands for them. */
export const PEOPLE = words(`
  user users person persons people trainer trainers tutor tutors instructor instructors teacher teachers
  assessor assessors verifier verifiers invigilator invigilators examiner examiners marker moderator moderators
  delegate delegates learner learners student students pupil pupils attendee attendees candidate candidates
  applicant applicants participant participants employee employees staff worker workers colleague colleagues
  contact contacts manager managers supervisor supervisors owner owners author authors agent agents approver
  approvers reviewer reviewers organiser organisers organizer organizers coordinator coordinators administrator
  administrators admin admins booker bookers presenter presenters speaker speakers guardian guardians parent
  parents spouse partner mother father child children guest guests visitor visitors member members recipient
  recipients sender senders salesperson representative rep reps consultant consultants advisor advisors adviser
  advisers mentor mentors coach coaches director directors host hosts facilitator facilitators creator editor
  editors updater assignee assignees payer payee cardholder who whom inspector inspectors interviewer doctor
  signer signers witness lead leads subscriber subscribers lecturer lecturers handler handlers officer officers leader leaders
  driver drivers nurse nurses relative relatives son daughter husband wife friend friends sibling boss chaperone fao
  attn liaison chair secretary president treasurer respondent referee referees trainee trainees
`);

/** How to reach somebody. */
export const CONTACT = words(`
  email emails mail mails phone phones telephone telephones tel mobile mobiles cell cellphone fax faxes landline
  pager sms whatsapp skype twitter linkedin facebook instagram teams address addresses addr street streets house
  postcode postcodes postal postalcode zip zipcode eircode latitude longitude lat lng geo coordinates url urls uri
  link links website websites web homepage ip signin
`);

/** Somebody by the look of the word (`Handler`, `Receptionist`), and what only looks so. */
export const AGENT = /(?:er|or|ist|ian)s?$/;
export const NO_AGENTS = words(`
  number numbers order orders register registers folder folders letter letters offer offers tier tiers header headers
  footer footers filter filters parameter parameters computer computers router server servers printer charter chapter
  chapters quarter quarters semester semesters newsletter newsletters banner floor floors door sector error factor
  factors color list lists checklist waitlist waitinglist pricelist reminder reminders transfer transfers answer buffer
  identifier pointer layer cover power paper papers other matter weather gender counter tracker trackers calendar over
  under after per for or minor major prior junior senior higher lower former latter center winter summer river tower
  indicator indicators vendor supplier provider carrier corridor monitor projector calculator voucher vouchers browser
  platter container containers poster posters flyer flyers marker ruler timer dinner corner number cluster master
  border exterior interior behavior labor motor radiator elevator generator constructor
`);

/** Somebody’s own words, or a text for readers. */
export const FREE_TEXT = words(`
  note notes comment comments description descriptions desc text texts message messages body bodies overview
  overviews summary summaries subject subjects remark remarks detail details info information content contents html
  feedback answer answers response responses question questions instruction instructions objective objectives agenda
  directions biography bio narrative abstract introduction intro footer header terms prerequisites prerequisite
  requirements outline specification memo reasontext explanation justification history log json xml markdown image
  photo picture file filename attachment attachments document documents path
`);

/** What tells nothing of what a field holds: it is looked at what stands before. */
export const CARRIERS = words(`
  name names alias aliases title titles label labels display list id ids full number numbers no num nr code codes reference references ref refs
  1 2 3 4 5 6 7 8 9 home work private personal main primary secondary alternative alt other day daytime evening ext
  extension line lines value default current new old short long own string ab
`);

/** What has a list of values of its own, whatever stands before: `MainRoleLabel`, `EmailTemplateName`, `PhoneType`. */
export const THING_ENDS = words(`
  status statuses state type types category categories kind kinds role roles level levels grade grades band bands
  tier method methods mode modes stage stages phase step priority severity format formats unit units period
  frequency day weekday month quarter year season country countries county counties town towns city cities region
  regions area areas district province continent location locations territory currency currencies language languages
  locale timezone zone template templates version group groups team department departments division sector sectors
  industry industries nationality nationalities source sources reason channel medium origin colour color size gender
  sex marital jobtitle occupation profession position preference rating result results outcome outcomes grading
  theme layout style visibility option options enabled allowed required flag ratio mark
`);

/** The same of words in a row. */
export const THING_ROWS = /\b(?:job title|post title|learning aim|opt in)$/;

/** What is no person: its names are useful, and nobody’s. */
export const THINGS = words(`
  course courses venue venues room rooms location site sites building buildings campus campuses centre centres
  center certification award awards awarding qualification qualifications accreditation
  product products item items module modules class classes session sessions event events programme programmes
  program pathway pathways curriculum framework frameworks package packages discount discounts promotion promotions
  budget budgets tax vat ledger nominal fee fees price currency dashboard gadget report reports form forms tag tags
  skill skills topic topics equipment resource resources asset assets stock voucher vouchers membership memberships
  subscription campaign campaigns workflow basket queue field fields setting
  settings config configuration exam exams test tests quiz survey surveys evaluation competency
  competencies standard standards licensing elearning points object entity permission permissions provider
`);

/** Of those, what is called after a place. */
export const PLACES = words(`
  country countries county counties town towns city cities region regions area areas district province continent
  location locations territory venue venues site sites building buildings campus campuses nationality nationalities
  language languages locale room rooms
`);

/** Of those, what is often called after who leads it. */
export const GROUPS = words('team teams group groups class classes session sessions');

/** Firms, some of which have one person’s name. */
export const COMPANIES = words(`
  company companies organisation organisations organization organizations employer employers customer customers
  client clients account accounts supplier suppliers vendor vendors business businesses firm firms school schools
  college colleges institution institutions sponsor sponsors funder funders agency branch branches
`);

/** Sums and measures of a number: they differ by chance, so that a list of them is of no use. */
export const FIGURES = words(`
  cost costs price prices amount amounts total totals subtotal tax vat net gross fee fees paid unpaid outstanding
  balance balances budget revenue income profit margin discount value values charge charges deposit refund credit
  debit turnover rate count counts quantity qty minutes seconds bytes sequence order position index score scores mark
  marks percentage percent age version invoiced due owed spend spent
`);
