/** The platform that an address names besides the module, and whether it is the one to which requests go. */
import type { Target, Word } from '../syntax/nodes';
import { findReferences } from '../syntax/references';
import { endOf } from '../text/span';
import type { Evaluation } from './evaluate';

/** At least one of the two, in lower case. */
export interface NamedPlatform {
  /** With its port, where it has one. */
  readonly host: string | undefined;
  readonly site: string | undefined;
}

/** What stands before the module, with its variables: `https://acme.accessplanit.com/accessplan`, `{{base}}`. */
export function baseOf(target: Target, source: string): Pick<Word, 'text' | 'references'> | undefined {
  const last = target.site ?? target.host;
  if (last === undefined) return undefined;
  const text = source.slice(target.offset, endOf(last));
  return { text, references: findReferences(text, 0, text.length) };
}

/**
 * Returns what the address in `source` names: `https://acme.accessplanit.com/accessplan/api/v2/…` names host and site.
 * `evaluate` replaces variables, as in `{{base}}/api/v2/…`. Returns undefined where it names none, or a variable has no
 * value yet.
 */
export function namedPlatform(
  target: Target,
  source: string,
  evaluate: (word: Pick<Word, 'text' | 'references'>) => Evaluation,
): NamedPlatform | undefined {
  const base = baseOf(target, source);
  if (base === undefined) return undefined;
  const evaluated = evaluate(base);
  if (!evaluated.ok) return undefined;
  const written = evaluated.text.trim().toLowerCase();
  const [first = '', second] = written
    .replace(/^https?:\/\//, '')
    .split('/')
    .filter((part) => part !== '');
  // A site alone: `/accessplan/api/v2/…`. A variable may hold host and site, or one of them.
  if (/^https?:\/\//.test(written) || second !== undefined || first.includes('.'))
    return { host: first, site: second };
  return first === '' ? undefined : { host: undefined, site: first };
}

/** A part of a named platform that is not that of the connection, with a sentence about it. */
export interface ForeignPart {
  readonly part: 'host' | 'site';
  /** The part itself, as it stands in a message. */
  readonly name: string;
  /** What is wrong, without what to do. */
  readonly message: string;
}

/** Returns what is not on the connection with this root; undefined where all of it is. */
export function foreignPart({ host, site }: NamedPlatform, root: string): ForeignPart | undefined {
  const [, ownHost, ownSite = ''] = /^https?:\/\/([^/]+)(?:\/([^/]*))?/i.exec(root.toLowerCase()) ?? [];
  if (ownHost === undefined) return undefined;
  if (host !== undefined && host !== ownHost)
    return {
      part: 'host',
      name: host,
      message: `This address names ${host}, but requests go only to the chosen platform: ${ownHost}.`,
    };
  if (site === undefined || ownSite === '' || site === ownSite) return undefined;
  return {
    part: 'site',
    name: `“${site}”`,
    message: `This address names the site “${site}”, but requests go only to the chosen site: “${ownSite}”.`,
  };
}
