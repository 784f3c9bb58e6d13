/** Given names and forms of address by which a text is recognised as somebody’s name. Lower case. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Common given names of Britain, Ireland and their neighbours. No list is whole: the shape of a text counts, too. */
export const GIVEN_NAMES = words(`
  aaron abbie abdul abdullah abigail adam adele adrian agnes ahmed aidan aileen aisha alan alastair albert alex
  alexander alexandra alfie alfred alice alicia alison alistair amanda amber amelia amina amir amy ana andrea andrew
  andy angela angus anita ann anna anne annette annie anthony antonio archie arjun arthur asha ashley aurora ava
  barbara barry beatrice ben benjamin bernadette bernard beth bethany betty bilal bill billy bob bobby brandon brenda
  brendan brian bridget bruce bryan callum cameron carl carla carlos carol caroline catherine cathy cecilia charles
  charlie charlotte chen cheryl chloe chris christian christina christine christopher ciara claire clara clare
  claudia clive colin conor connor craig cynthia daisy damian dan daniel danielle darren dave david dawn dean
  deborah debbie declan dennis derek diana diane diego dominic donald donna doris dorothy douglas duncan dylan eamon
  ed eddie edith edward edwin eileen elaine eleanor elena eli elizabeth ella ellen ellie elsie emily emma eric erin
  ethan eugene eva evan eve evelyn evie faith farah fatima felix fergus fiona frances francesca francis frank
  freddie frederick freya gareth gary gavin gemma geoff geoffrey george georgia georgina gerald gerard gillian gina
  glen glenn gloria gordon grace graeme graham greg gregory guy gwen hamza hannah harold harriet harry harvey hasan
  hassan hazel heather helen henry holly howard hugh hugo ian ibrahim imran ingrid irene iris isaac isabel isabella
  isla ivan ivy jack jackie jackson jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jay
  jayden jean jeff jeffrey jennifer jenny jeremy jerry jessica jill jim jimmy jo joan joanna joanne jodie joe joel
  john johnny jon jonathan jordan jorge jose joseph josephine josh joshua joyce juan judith judy julia julian julie
  justin karen karl kate katherine kathleen kathryn kathy katie kay keith kelly ken kenneth kerry kevin khalid
  kieran kim kirsty kumar kyle lara laura lauren laurence lawrence leah lee lena leo leon leonard lesley leslie
  lewis liam lilly lily linda lisa liz logan lorna lorraine louis louise lucas lucy luis luke lydia lynn lynne
  maeve malcolm marc marcus margaret maria marian marie marilyn marion marjorie mark marta martha martin mary
  mateusz matt matthew maureen maurice max maya megan mehmet melanie melissa mia michael michelle miguel mike mila
  millie mohamed mohammad mohammed moira molly monica morgan muhammad muriel nadia naomi nasir natalie natasha
  nathan neil niamh nicholas nick nicola nicole nigel nina noah noel nora norma norman nuala oliver olivia omar
  oscar owen pamela patricia patrick paul paula pauline pedro penelope penny peter phil philip philippa phillip
  phoebe pierre piotr poppy priya rachel ralph ravi ray raymond rebecca reece reginald rhys ricardo richard rita
  rob robert roberta robin roger roisin roland ron ronald rory rosa rose rosemary rosie ross roy ruby rupert russell
  ruth ryan sally sam samantha samuel sandra sanjay sara sarah saoirse scott sean seán sebastian shannon sharon
  shaun sheila shirley sian simon sinead siobhan sofia sonia sophia sophie stacey stanley stella stephanie stephen
  steve steven stewart stuart sue sunil susan suzanne sylvia tanya tara ted teresa terence terry thea theo theresa
  ngozi chidi chioma emeka ikechukwu amaka ade olu tunde folake kwame kofi ama abena wanjiru njeri thabo sipho
  priyanka deepak anil rajesh suresh lakshmi pooja neha rohan vikram sanjeev wei ming xin jing hiroshi yuki kenji sakura
  minh linh thuy juan pablo lucia camila giulia matteo luca francesco pawel agnieszka katarzyna krzysztof tomasz
  andrzej magdalena ewa olga irina dmitri sergei vladimir svetlana natalia mehdi leila zahra fatma ayse emre
  layla noor samira tariq usman bilal sana zainab aaliyah caoimhe aoife eoghan cillian oisin tadhg grainne
  thomas tim timothy tina toby tom tommy tony tracey tracy trevor valerie vanessa vera victoria vincent viola violet
  vivian wayne wendy wilfred will william winifred xavier yasmin yousef yusuf yvonne zachary zain zara zoe
`);

/** Of those, what is also a word, a place or a thing: alone it is rather a name, beside other words rather not. */
export const GIVEN_WORDS = words(`
  adam alfie amber ana andrew ann art asha ashley aurora ava basil bill bob carol chase clement daisy dan dawn dean don
  ella ellen eve evan faith fern fleur florence frank gene george glen grace grant guy gwen hazel heather holly hope
  hugo iris ivy jack jade jasmine jay jean jo jordan jose joy juan julian kay kelly ken kerry kim kit lance laurel lee
  leo lily linda lily logan luis lynn marina mark max may mercy mia mike miles ming minh nick noel noor nora norm norman
  olive olga pat patience paul penny pearl peter poppy ray rob robin rose rosemary ruby ruth sally sam sana sandy scott
  sierra sky sonia stella sue summer tara ted terry tim toby tommy tony troy vera victoria viola violet ward wayne wei
  will xin york zara zoe alan anne charlotte sydney
`);

/** Common surnames of Britain and of the world, but for those that are words or towns. Lower case, without accents. */
export const SURNAMES = words(`
  smith jones williams taylor davies evans thomas johnson roberts walker wright robinson thompson hughes edwards
  wilson clarke jackson harris cooper morris watson patel anderson allen mitchell phillips collins campbell davis
  kelly griffiths stewart morgan bennett richardson simpson shaw marshall murphy gray khan matthews rogers stevens
  singh hussain ahmed begum ali akhtar kaur mahmood malik shah sharma gupta kumar das reddy iyer rao nair desai mehta
  adams murray kennedy graham reid macdonald mcdonald robertson thomson ferguson hamilton mackenzie mclean
  o’brien o'brien obrien o’neill o'neill oneill o’connor o'connor oconnor byrne ryan walsh doyle mccarthy gallagher
  doherty kearney sullivan o’sullivan o'sullivan nolan fitzgerald quinn brennan burke collier doe bloggs
  garcia martinez rodriguez lopez hernandez gonzalez perez sanchez ramirez torres fernandez silva santos oliveira
  pereira costa ferreira rossi russo ferrari esposito bianchi romano muller mueller schmidt schneider fischer weber
  wagner becker hoffmann schulz nowak kowalski wisniewski wojcik novak horvat ivanov petrov popescu ionescu dubois
  lefebvre moreau fournier dupont jansen johansson andersson karlsson nilsson eriksson larsson olsen hansen nielsen
  jensen pedersen nguyen tran pham huynh hoang kim park choi jung kang cho yoon jang wang zhang chen yang huang zhao
  zhou tanaka suzuki takahashi watanabe ito yamamoto nakamura kobayashi okonkwo nwosu adichie adeyemi okafor okeke
  eze obi balogun mensah owusu asante boateng mwangi otieno kamau abdi mohamud hassan hussein ibrahim osman yusuf
  rahman chowdhury miah uddin siddiqui qureshi chaudhry iqbal javed haider dlamini nkosi ndlovu moyo
  harding manning fielding golding browning fleming keating cummings cumming dowling hastings jennings spalding
`);

/** What stands before somebody’s name. */
export const FORMS_OF_ADDRESS = words('mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend');

/** Words that stand in no name of a person, so that `In Progress` and `Training Room` are none. */
export const NO_NAMES = words(`
  a about above academic academy account active additional adult advanced after agency all alternative and annual any
  apprenticeship approved archive area as assessment associates at authority automatic available awaiting award away
  awarded bank barrister basic before block board booked booking both building business by call cancelled car card
  care cash centre center certificate changed charity child children city class classroom clinic closed club co code
  college commercial community company complete completed compulsory conference confirmed construction consultancy
  consulting copy corporate corporation cost council country county course credit current customer daily data date
  day days debit default delegate department design development digital direct display distance draft driver due early
  east education electrical electronic elearning email emergency end energy engineering enquiry enterprise
  entry equipment estate evening event exam excel exempt expired external face facilities failed fee field film final
  finance fire first fixed floor food for foundation free from full fund funded further future garden general gluten
  gmbh government grade group groups guide half hall handling health high higher hire holdings home hospital hotel
  hour house housing hr human id in inactive inc income induction industrial industries information
  initial inn insurance intermediate internal international invoice invoiced island it item job joining junior kingdom
  language law lead leadership leave lecture level library licence lifting limited line list live living llc llp local
  location logistics london long low ltd lunch main maintenance management manual manufacturing marketing mandatory
  media medical meeting member membership middle mixed mobile module month more morning multiple museum national
  network new nhs night no non none north northern not nursery object of off office old on one online only open option
  optional or order organisation other out outside over own package paid park part partial partially party pass passed
  pay payment pending per period permanent personal phase phone physical place plan platform plc point post practical
  practice premium primary print prior private product professional programme progress project property provider
  provisional public purchase quarter rail ready reception record recruitment recurring refresher refunded region
  regional registered rejected release remote rented report republic requested required research reserved residential
  resource restaurant retail review risk road room safety sales school science scheduled second secondary sector
  security self semi senior sent series service services session set shared short signed single site skills small
  social software solicitors solutions south southern special staff stage standard start state states station status
  street studio submitted suite supplies support survey system systems table target task team technical technologies
  technology telephone template temporary term test text the theatre third time to top tower trade trainee training
  transfer transport travel trial trust type union unit united university unpaid unknown until up user vacancy van
  vegan vegetarian venue version video virtual visit voucher waiting walk ward warehouse water web website week weekly
  weeks weekend west western wholesale with withdrawn without work workplace works workshop world year yearly yes young
  youth zero zone
`);
