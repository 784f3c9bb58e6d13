/** Words that say of a text that it is no name of a person. What is not known here may be one. Lower case. */
import { GIVEN_NAMES, NO_NAMES, SURNAMES } from './given-names';
import * as ofFields from './name-words';
import { wordsIn } from './words-in';

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** What lists of choices and titles of courses are made of, beside `NO_NAMES` and the words of field names; see `FORMS`. */
const OF_LISTS = words(`
  abrasive accept access afternoon agile agree aid air alarm alert appeal apply appointment april asbestos assist
  attend audit august autumn aware behaviour best better big bike black blend blue boiler bronze brown bulk cable
  cancel capacity cardiac catering challenge chemical cheque childcare choose clean clear communicate comply confine
  conflict consent contract control cook core correct crane critical cut cyber cycle dangerous december decide
  defibrillator delay delete deliver dementia dental deputy diploma diversity double drug dust duty effective
  electric engage english equal essential excellence experience expert extra fair false fast february female fit
  flexible flood forklift formal forward french friday gas german give gold good green grey hand hardware hazard
  head heat heavy height help hot hybrid hygiene important inhouse inspect install interest interview introductory
  invite issue january july june ladder late learn least left legal legionella less lift light lone lost machine
  male man masterclass maths maximum meet microsoft mind minimum miss mobility monday money motivate never next nil
  november october offsite often onsite operate operative orange paint pause permit pink plant policy poor positive
  possible postpone practitioner prepare prevent principle process procure proficient protect publish purple qualify
  quality quick quiet read receive recent recover recycle red regular reject remove repair repeat replacement
  resilience resit respiratory retire right rota round routine run safe safeguard saturday save scaffold scientific
  secure sell september several severe shift shop silver simple sleep slip smart soft soon space spanish specialist
  speed stakeholder storage strategy stress study success suitable sunday supervise supply surface suspend switch
  teach theory therapy think three throughout thursday ticket today tomorrow tool traffic tuesday turn twice two
  unable unsuccessful upgrade urgent use vacant valid very veterinary vocational volunteer vulnerable wait wall warn
  wednesday weight welcome weld welfare wheel white whole withhold word yellow yet
`);

/** Parts of the names of places, and places of Britain and Ireland whose name is that of many people. */
const OF_PLACES = words(`
  abbas abbot abu andrews arab ashton aycliffe bangor barnsley barrow barton bath beach berwick bishop bognor bolton
  bradford brae bridge brighton bristol british burnley burton bury buzzard cambridge canterbury cape carlisle
  castle cheshire chester cliff coast cornwall coventry crawley cross cumbria dale darlington denton derby dhabi
  down durham ely emirates england essex exeter forest forth france galloway gate glasgow great greater grove halifax
  harborough harbour hastings haven heath helens hemel hempstead highland hill holland hull ireland isle ives jubilee keynes
  king kingston kirkby lake lancaster leighton lincoln little loch lynn lyme mansfield market melton merthyr middleton
  midland milton moor mount mowbray newton norfolk northampton norton nottingham oldham oxford palace pembroke pier
  port preston quay queen redhill regis richmond rio rise row royal saint salford san scotland shire somerset spa
  square st stafford stoke stratford suffolk sutton tees terrace thornton trent tunbridge tydfil tyne ulster upper
  vale valley view village wakefield walton warwick wear wells wickham wigan wight windsor yarmouth york victoria
`);

/** What two or three capitals stand for on lists; any others may be somebody’s initials. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  words(`
    aat acl aed aet als am apm aws bls bim bs bsc btec ceo cfo cbt ccg cdm cih cipd cim cmi coo cpc cpd cpr cps crm cscs
    csv cto dbs dpa dse dvd ecdl eea efa eff efl elc ems eqf erp esf esg esol eu eusr eyfs fa faa faq faw fca fd ga gb
    gcse gdpr gmc gov hca hgv hnc hnd hq hr hse hv ict iip ilm ilt imi ims io iot iso it itil itq led lgv lms lv ma mba
    mbti med mhfa misc mop mot msc msk na nb nebosh nhs nlp nmc npq nvq nw ne sw se oer ofs ohs osha pat pba pc pcv pdf
    pgce phd plc pm pmp pmo po ppe ppt pts qa qcf qts raf rcd rcn rfid roi rpa rqf rtc saas scs sia sjr sla sme smt sop
    sql sqa sqf tba tbc tbd tes tlm tna toe tls tv uae uk ukas usa us usb ui ux vat vdu vip vle vr wah web wp xml yr
    bst gmt utc am pm hrs min kg km cm mm
  `),
);

let currencies: ReadonlySet<string> | undefined;

/** True for letters that are known to stand for something; lower case. */
export const isAbbreviation = (letters: string): boolean =>
  ABBREVIATIONS.has(letters) ||
  (currencies ??= new Set(Intl.supportedValuesOf('currency').map((each) => each.toLowerCase()))).has(letters);

const isListed = (word: string): boolean => GIVEN_NAMES.has(word) || SURNAMES.has(word);

const PLAIN: ReadonlySet<string> = new Set([
  ...NO_NAMES,
  ...[OF_LISTS, ...Object.values(ofFields)]
    .flatMap((list) => (list instanceof RegExp ? [] : [...list]))
    .filter((word) => !isListed(word)),
]);

/** Endings that hardly any name has. */
const ENDINGS = /.{3}(?:tion|sion|ology|graphy|ability|ibility)s?$/;

/** What a plain word may end with, and what it may be without. */
const FORMS: readonly (readonly [ending: string, without: readonly string[]])[] = [
  ['s', ['']],
  ['es', ['']],
  ['ies', ['y']],
  ['ed', ['', 'e']],
  ['ied', ['y']],
  ['ing', ['', 'e']],
  ['ly', ['']],
  ['er', ['', 'e']],
  ['ers', ['', 'e']],
];

/** `mornings` → morning, `managing` → manage, `companies` → company. */
const isForm = (word: string): boolean =>
  FORMS.some(([ending, without]) => {
    if (!word.endsWith(ending) || word.length < ending.length + 3) return false;
    const stem = word.slice(0, -ending.length);
    return without.some((each) => PLAIN.has(stem + each));
  });

/** True for a word of the language that is nobody’s name, or hardly. */
export const isPlainWord = (word: string): boolean =>
  PLAIN.has(word) || (!isListed(word) && (ENDINGS.test(word) || isForm(word)));

let places: ReadonlySet<string> | undefined;

/** True for a plain word, and for one that names of places are made of. */
export function isOrdinary(word: string): boolean {
  return isPlainWord(word) || (places ??= placeWords()).has(word);
}

/** Countries, languages and the cities that time zones are called after are known to the program that runs this. */
function placeWords(): ReadonlySet<string> {
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  const names = [
    ...codes.flatMap((code) => [regions.of(code) ?? '', languages.of(code.toLowerCase()) ?? '']),
    ...Intl.supportedValuesOf('timeZone').map((zone) => zone.slice(zone.lastIndexOf('/') + 1)),
  ];
  return new Set([...OF_PLACES, ...names.flatMap((name) => wordsIn(name).map(({ plain }) => plain))]);
}
