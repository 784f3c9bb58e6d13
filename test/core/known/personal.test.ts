import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { type FieldSort, sortOfField, sortOfValue, type ValueSort } from '#core/known/personal';

/** `Module.Field`, or a field of a module that nobody knows; custom fields begin with `CF_`. */
const BY_NAME: Readonly<Record<FieldSort, string>> = {
  personal: `
    FirstName LastName Forename Forenames Surname MiddleNames Fullname FullName User.Name User.Label User.DisplayName
    Delegate.Label MeetingAttendee.Name Login.Label BulkEmailRecipient.Name UserCourse.Label UserAward.Name
    UserFullName UserName BookingUserName TrainerName Trainers Trainer Trainer1 LeadTrainer TutorNames Instructor
    CourseTrainerName AssessorName Assessor2 VerifierName AgentName AgentID UserID UserIDs TrainerID DelegateIDs
    CreatedBy CreatedByName CreatedByID UpdatedByName LastUpdatedBy BookedBy ApprovedByUser ModifiedBy
    ManagedUsersNames ManagerUsersNames AccountManagerName LineManager Owner OwnerName Author Contact ContactName
    PrimaryContact EmergencyContactName NextOfKin NextOfKinPhone Salutation Nickname KnownAs PreferredName MaidenName
    Email EmailAddress BillingEmail InvoiceEmail Email2 WorkEmail useremail Phone AlternativePhone Telephone TelNo
    Mobile MobileNumber HomeTelephone Fax WhatsApp SkypeName Address Address1 AddressLine2 BillingAddress FullAddress
    HouseNumber Street Postcode PostCode BillingPostcode ZipCode PostalCode Website LinkedInUrl
    CandidateDirectELearningUrl OnlinePlatformCandidateJoinUrl IPAddress DOB DateOfBirth BirthDate PlaceOfBirth
    CountryOfBirth NINumber NI NationalInsuranceNumber PassportNumber PassportCountry VisaType DrivingLicenceNumber
    NHSNumber SSN UTR AccountNumber SortCode IBAN BankName Salary EthnicOriginLabel Ethnicity Religion DisabilityType
    SpecialNeedNames SpecialNeeds MedicalConditions DietaryRequirements CF_DietaryRequirements CF_Allergies
    CF_EmergencyContact CF_LineManagerEmail CF_HomePhone CF_NI_Number CF_DOB CF_Next_of_Kin CF_PersonalEmail
    CF_PreferredFirstName CF_Learner_Name CF_NameOfDelegate NameOfUser StaffName EmployeeID EmployeeNumber StaffCode
    LearnerReference StudentNo MemberNumber PersonCode Attendees Participants GuestName Spouse ParentName Signatory
    SignedBy username USERFULLNAME user_full_name surname_2 Presenter Speakers Recipient SenderName Consultant
    CF_AccNo CF_AcctNo CF_Last4 CF_CardEnd CF_CardExpiry CF_Yob CF_Age CF_AgeGroup AgeAtBooking CF_CarReg CF_NumberPlate
    CF_Reg CF_Disab CF_DisabType CF_Covid CF_Vaccinated CF_VaccineType CF_Blood CF_Marital MaritalStatus CF_Trans
    CF_TransStatus CF_Caste CF_LD CF_LLDD CF_Needs CF_Adjustments CF_ReasonableAdjustments CF_Immigration
    ImmigrationStatus CF_Benefits CF_CRB CF_Grievance CF_Disciplinary CF_ExamArrangements CF_PupilPremium CF_HIVStatus
    CF_Smoker CF_Asthma CF_Lead
  `,
  secret: `Password NewPassword PasswordExpires ApiKey AccessToken ClientSecret Token PIN
    CF_Keysafe CF_KeySafeCode CF_Keybox CF_Combination CF_GateNo CF_Gate CF_Door CF_DoorEntry CF_Doorcode CF_Lock
    CF_LockNumber CF_Unlock CF_Alarm CF_AlarmNo CF_Safe CF_Fob CF_FobNumber CF_AccessNo CF_MeetingCode ZoomID CF_Padlock
    CF_Locker CF_Keypad CF_BarrierPin
  `,
  'free text': `
    Notes Note Comments Description CourseDescription Summary Overview CourseOverview Body Subject EmailSubject Message
    BookingSummary JoiningInstructionsText Remarks InternalNotes CF_Notes CF_AdditionalComments Details Feedback
    CourseContent Objectives Agenda Directions Content HtmlBody Bio Outline FileName CF_OtherInformation Prerequisites
  `,
  'no list': `ID Guid UniqueID`,
  things: `
    Status BookingStatus UserStatus EmailStatus Type CourseType BookingType EmailType PhoneType AddressType
    NoteType UserType UserTypeLabel MainUserTypeLabel MainRoleLabel Category CategoryLabels Course.Label
    Course.Name CourseDate.Label CourseTemplate.Name EmailTemplate.Name EmailTemplateName NameOfCourse
    CourseName CourseOrAliasName CourseCode CourseID CourseTitle AwardName AwardedAwardLabels QualificationTitle
    ContactMethod PaymentMethod CurrencyCode CurrencyLabel CostType CostCentre DurationType Colour JobTitle
    User.Title Sex Gender SageTaxCode SageNominalCode TargetIDType SourceIDType
    CommunicationTypeID CompletionStatus SuccessStatus DepartmentName CF_TShirtSize CF_CourseLevel
    CF_FundingSource CF_Department IndustryLabel DiscountCode ProductName ModuleName DelegateStatus
    TrainerStatus TrainerGrade CancellationReason StudentLevel EmployeeType
    KeyStage TransactionType MeetingType SafetyLevel
  `,
  places: `
    VenueName VenueLabel VenueTown VenueID VenueCode Town BillingTown County Country BillingCountry
    AddressCountry Region CF_RegionCode CF_Region Venue.Label Venue.Name RoomName LocationName SiteName
    NationalityLabel PreferredLanguageName PreferredLanguageCode
  `,
  groups: `UserGroup CF_Team TeamName Group.Label ClassName SessionLabel`,
  companies: `
    CompanyName MainCompanyName Account Company CompanyID Company.Label Company.Name ManagedCompaniesLabels Organisation
    EmployerName Employer CustomerName SupplierName ClientName UserCompanyName DelegateCompany CF_Employer CF_Sponsor
  `,
  unknown: `
    CertificateName Reference PONumber ExternalID Fundable WaitingList TargetLabel DynamicLabel Note.Label Communication.Label
    InvoiceItem.Reference Course.Number     CF_Shift CF_Funded MinimumPassScore InvoiceRun Duration
    MinimumAge TransNo PriceAdjustment CF_Entry CF_Allocation CF_Hospital Keywords
  `,
};

const listed = (text: string) => text.split(/\s+/).filter((each) => each !== '');

const parted = (text: string): readonly [module: string, field: string] => {
  const [field = '', module = 'Thingummy'] = text.split('.').reverse();
  return [module, field];
};

describe('what looks personal', () => {
  for (const [sort, names] of Object.entries(BY_NAME))
    it(`takes names for ${sort}`, () => {
      const wrong = listed(names).flatMap((each) => {
        const found = sortOfField(...parted(each));
        return found === sort ? [] : [`${each}: ${found}`];
      });
      assert.deepEqual(wrong, []);
    });

  it('knows many names', () => {
    const all = Object.values(BY_NAME).flatMap(listed);
    assert.ok(all.length > 250);
    assert.equal(new Set(all).size, all.length);
  });

  /** `sort value`: what one value says of a field that may hold anything. */
  const BY_SHAPE: Readonly<Record<ValueSort, string>> = {
    learn: `
      Available|In Progress|Not Started|Gluten Free|Training Room|Main Hall|Credit Card|Bank Transfer|ILM Level 3|NVQ
      GBP|12|Day 1|Full Time|24/7|A&B|O|yes|CPD hours|Half a day|Waiting list|Room 2|C-12|#ff0000|C12|Hybrid|2026/27|Day2|A1B|AM|NW|EUR
      NVQ Level 3|L3 NVQ|10–250|2026|250|09:00|Summer2026|UK|ILM|QUALIFIED|DAY 2
    `,
    skip: `
      Jane Doe|Smith, John|JOHN SMITH|Mr Smith|Dr. A. Patel|Helen Ashworth|Seán O'Brien|Ludwig van Beethoven|Sarah
      Jane Doe Consulting|Zorblax Quindle|Anne-Marie O’Neil|Doe Jane|Maria de la Cruz|Invoice for Jane Doe|J Smith
      Zorblax Quindle – First aid|Booked by Zorblax Quindle|Birdsong|QUINDLE|quindle|zquindle|zquindle2|J. Quindle|J.Q.
      Quindle J|van der Quindle|Quindle-Xorn|Mary-Zorb|Über|已完成|李小龙|李|김민수|やまだ|محمد علي|Иван Петров|Ngũgĩ
      O’Quindle|Mark|Lancaster|Preston
      PTAK KOWAL|ZOLA ADEYEM|KOWAL, P|HUW POWELL|BJORN DAHL|MEI LING|DAFYDD|ESME|LI WEI|NG, P|HUW WARD|KAY|P KAY
      JRS|AP|J.R.S.|JRS1|JS85|2500|4000|1050|1950|2005|1000–2500|501-1000|Aisha|Patel|A. Patel|Aisha 2|Aisha Late
      home LA1 4YW|4821|7390|1156|C9876X|Gate4821|1975|May 1979|4929 123 4|PO123456|A123 4567
    `,
    personal: `
      jane@example.com|a@b|01234 567890|+44 (0)20 7946 0958|07700900123|020 7946 0958 ext 12|SW1A 1AA|m1 1ae|LS1 4DY
      QQ 12 34 56 C|QQ123456C|ab-12-34-56-d|GB82 WEST 1234 5698 7654 32|NO93 8601 1117 947|AB12CDE|AB12 CDE|X123 YZA
      NI QQ123456C|ref QQ 12 34 56 C|DOB 12/03/1985|seen 1985-03-12|born 85|ABC 123D|D02 AF30|HIV|ADHD|ASD|PTSD|Autistic|Pregnant – due May|Muslim|Depression
    `,
    'free text': `
      https://example.com/a|www.example.com|<p>Hello</p>|Please ring the bell twice and wait at the door for me.
      Please feed the cat at noon.
      This one is a good deal longer than anything that anybody would ever pick from a list of choices.
    `,
    'no list': `
      1980-02-01|2026-11-26T09:00:00|01/02/1980|1.2.80|01-02-1980 09:00|04 05 1975|4 5 75|1975 05 04|13-Apr-1979|Fri 13 April 1979|0f8fad5b-d9cb-469f-a165-70867728950e
    `,
    secret: `a1b2c3d4e5f6a7b8c9d0e1f2|x9.Zk3_pQ7-vT2.mN8~yR4`,
  };

  const values = (text: string) =>
    text
      .split(/[|\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');

  for (const [sort, texts] of Object.entries(BY_SHAPE))
    it(`knows values by their shape: ${sort}`, () => {
      const wrong = values(texts).flatMap((each) => {
        const found = sortOfValue(each, 'unknown');
        return found === sort ? [] : [`${each}: ${found}`];
      });
      assert.deepEqual(wrong, []);
    });

  it('keeps names of things that look like those of people, and drops what leads to somebody even there', () => {
    for (const name of ['Victoria Suite', 'Jubilee Gardens', 'Saint Helens', 'Managing Director'])
      assert.equal(sortOfValue(name, 'things'), 'learn', name);
    assert.equal(sortOfValue('jane@example.com', 'things'), 'personal');
    assert.equal(sortOfValue('01234 567890', 'things'), 'personal');
    assert.equal(sortOfValue('QQ 12 34 56 C', 'things'), 'personal');
    assert.equal(sortOfValue('GB82 WEST 1234 5698 7654 32', 'places'), 'personal');
    for (const code of ['FA202601A', 'RE12 Refresher training', 'ILM LEVEL 3', 'UK NVQ', 'ILM Preston'])
      assert.equal(sortOfValue(code, 'things'), 'learn', code);
    assert.equal(sortOfValue('HUW POWELL', 'things'), 'skip');
    for (const [sort, kept, dropped] of [
      [
        'things',
        'JRS|FA12|2500|Mark scheme|Zorblax',
        'Team Aisha|Aisha’s group|aisha|Patel|J.R.S.|Room LA1 4YW',
      ],
      [
        'places',
        'Rose Room|Florence|Victoria|Blackpool|Team room|B12',
        'Aisha|PATEL|Aisha 2|12 Mill Lane|Hut LA1 4YW',
      ],
      [
        'groups',
        'Field Sales|Team 2|North West|Preston mornings|HR',
        'Zorblax|Quindle’s class|Team Quindle|JRS|AP 2|2500',
      ],
      ['companies', 'Acme Ltd|Zorblax', 'Aisha|Patel|A Patel'],
    ] as const) {
      assert.deepEqual(
        values(kept).filter((each) => sortOfValue(each, sort) !== 'learn'),
        [],
        sort,
      );
      assert.deepEqual(
        values(dropped).filter((each) => sortOfValue(each, sort) === 'learn'),
        [],
        sort,
      );
    }
  });

  it('leaves out companies that may be one person’s', () => {
    const companies = [
      'Acme Ltd',
      'Northern Building Supplies',
      'Leeds City Council',
      'Jane Doe Consulting',
      'John Smith',
    ];
    assert.deepEqual(
      companies.filter((each) => sortOfValue(each, 'companies') === 'learn'),
      ['Acme Ltd', 'Northern Building Supplies', 'Leeds City Council'],
    );
  });

  it('looks at types: flags and dates are no lists, numbers only where they are neither sums nor IDs', () => {
    const typed = {
      Advertise: 'boolean',
      StartDate: 'datetime',
      Cost: 'decimal',
      CourseID: 'integer',
      TaxRate: 'decimal',
    } as const;
    const found = Object.entries(typed).map(([field, type]) => sortOfField('Course', field, type));
    assert.deepEqual(found, ['no list', 'no list', 'no list', 'no list', 'unknown']);
  });
});
