/** What people call fields, with the names that such fields have in the API. */

/** Each row: the words, singular and without spaces, and the names in the order in which they are looked for. */
const ROWS: readonly (readonly [words: string, names: string])[] = [
  ['firstname forename givenname christianname', 'Forenames FirstName FirstNames Forename'],
  ['lastname familyname secondname', 'Surname LastName'],
  ['email emailaddress mail mailaddress', 'Email EmailAddress'],
  ['phone telephone tel phonenumber telephonenumber', 'Phone Telephone'],
  ['mobilephone mobilenumber cell cellphone', 'Mobile MobilePhone'],
  ['dateofbirth birthdate birthday', 'DOB DateOfBirth'],
  ['zip zipcode', 'Postcode'],
  ['city', 'Town City'],
  ['gender', 'Sex Gender'],
  ['price fee', 'Cost Price Amount'],
  ['due dueby', 'DateDue DueDate'],
  ['owed owing amountdue balance', 'Outstanding Balance'],
  ['created createdon added addedon dateadded', 'DateCreated CreatedDate'],
  ['updated updatedon changed modified lastupdated lastchanged lastmodified', 'DateUpdated UpdatedDate'],
  ['start starting begin startson', 'StartDate'],
  ['end ending finish endson', 'EndDate'],
  ['placesleft spacesfree placesfree freeplace freespace', 'SpacesLeft PlacesLeft'],
  ['invoicenumber invoiceno', 'Reference InvoiceNumber'],
];

const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  ROWS.flatMap(([words, names]) => words.split(' ').map((word) => [word, names.split(' ')] as const)),
);

/** Names of fields that the words may mean, the likeliest first. They are singular, in lower case, without spaces. */
export const fieldSynonyms = (words: string): readonly string[] => SYNONYMS.get(words) ?? [];

/** What the words for somebody or something are in names of fields, as in `CompanyName`. */
const THINGS: ReadonlyMap<string, string> = new Map([
  ...['customer', 'client', 'organisation', 'organization', 'employer'].map(
    (word) => [word, 'company'] as const,
  ),
  ...['delegate', 'attendee', 'learner', 'student', 'person'].map((word) => [word, 'user'] as const),
]);

/** `customer` is `company`; a word that stands for nothing else stays. */
export const thingOf = (word: string): string => THINGS.get(word) ?? word;
