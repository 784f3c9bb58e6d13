/** Words that say of a person what is nobody else’s business, where they stand as a value. Lower case. */

/** Illnesses and impairments, belief, origin, love and law. Among titles of courses they mean something else. */
export const SENSITIVE_VALUES: ReadonlySet<string> = new Set(
  `
  hiv asd adhd ptsd ocd copd ibs cfs cptsd bpd autism autistic asperger aspergers dyslexia dyslexic dyspraxia
  dyspraxic dyscalculia epilepsy epileptic diabetes diabetic asthma asthmatic depression depressed depressive anxiety
  bipolar schizophrenia psychosis cancer tumour leukaemia coeliac celiac anaphylaxis anaphylactic arthritis fibromyalgia
  sclerosis parkinsons alzheimers dementia stroke deaf deafness blind blindness wheelchair amputee paraplegic pregnant
  pregnancy disabled disability impaired impairment medication antidepressants chemotherapy addiction addicted
  alcoholic alcoholism hepatitis covid vaccinated unvaccinated unfit
  muslim islam islamic christianity hindu hinduism sikh sikhism jewish judaism catholic protestant buddhist buddhism
  atheist agnostic jehovah mormon rastafarian pagan caucasian asian african caribbean gypsy
  gay lesbian bisexual heterosexual homosexual queer transgender trans nonbinary asexual
  divorced widowed widow widower refugee asylum convicted conviction unspent offender imprisoned bankrupt dismissed
  ehcp senco
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
