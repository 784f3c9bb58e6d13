/** What a user agrees to before a platform is asked, and sees meanwhile, in the editor and on the command line. */
import { type TraitName, TRAITS } from '#language';
import { MOST_QUESTIONS } from './inquiry';

/** `host`: of the platform. */
export const consent = (host: string): string =>
  `This sends ${host} at most ${MOST_QUESTIONS} small requests, one at a time, and takes about half a minute. They only read: nothing on the platform is changed.`;

/** `12 of at most 60 requests: Parentheses in a filter`. `trait` is undefined while records to ask about are looked for. */
export const describeCheck = (sent: number, trait: TraitName | undefined): string =>
  `${sent} of at most ${MOST_QUESTIONS} requests: ${trait === undefined ? 'Records to ask about' : TRAITS[trait].subject}`;
