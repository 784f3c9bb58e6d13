/**
 * Signing in: tokens from a user name and password, and API keys. Both travel as `Authorization: Bearer …` (D, O).
 */
import { randomBytes } from 'node:crypto';
import { moduleNames } from './catalog';
import { Problem } from './problem';
import type { SiteName } from './records';
import { API_USER_ID, TRAINER_USER_ID } from './records/people';

/** The user of a request, and what they may do. */
export interface Caller {
  readonly userID: string;
  readonly name: string;
  /** Whether the user sees this module; otherwise it seems not to exist (D). */
  readonly sees: (module: string) => boolean;
  readonly writes: boolean;
}

const TRAINER_SEES: ReadonlySet<string> = new Set([
  'Award',
  'AwardType',
  'Category',
  'Course',
  'CourseDate',
  'CourseDateSession',
  'CourseTemplate',
  'ModuleUnit',
  'Resource',
  'SessionPlan',
  'SessionPlanItem',
  'Survey',
  'TrainerConfirmation',
  'UserCourseDate',
  'Venue',
]);

const ADMINISTRATOR: Caller = {
  userID: API_USER_ID,
  name: 'API Integration',
  sees: () => true,
  writes: true,
};
const TRAINER: Caller = {
  userID: TRAINER_USER_ID,
  name: 'Trainer',
  sees: (module) => TRAINER_SEES.has(module),
  writes: false,
};

/** An hour, as in the guide (D); the life of a refresh token is unknown (A: 14 days). */
const TOKEN_SECONDS = 60 * 60;
const REFRESH_SECONDS = 14 * 24 * 60 * 60;

interface Granted {
  readonly site: SiteName;
  readonly expires: number;
}

export interface Secrets {
  readonly apiKey: string;
  readonly username: string;
  readonly password: string;
}

const secret = (bytes: number): string => randomBytes(bytes).toString('base64url');

export const makeSecrets = (apiKey = secret(24)): Secrets => ({
  apiKey,
  username: 'api.integration',
  password: secret(12),
});

/** One text for every cause, as the service does not name the cause (O). */
const denied = (): Problem =>
  new Problem(401, 'Authorization has been denied for this request.', { 'www-authenticate': 'Bearer' });

/** A refusal of the token address: OAuth's members next to our usual ones (A). */
export class TokenProblem extends Problem {
  constructor(
    readonly error: string,
    description: string,
  ) {
    super(400, description);
  }
}

export class SignIn {
  readonly #access = new Map<string, Granted>();
  readonly #refresh = new Map<string, Granted>();
  readonly #keys: ReadonlyMap<string, Caller | undefined>;

  constructor(
    readonly secrets: Secrets,
    readonly clock: () => number,
  ) {
    const key = secrets.apiKey;
    this.#keys = new Map([
      [key, ADMINISTRATOR],
      [`${key}-readonly-trainer`, TRAINER],
      // Known but refused, to show the causes of a 401.
      [`${key}-disabled`, undefined],
      [`${key}-expired`, undefined],
      [`${key}-otheraddress`, undefined],
    ]);
  }

  /** Returns the answer to a token request with these fields (O), whose names may be in any case (O). */
  grant(given: ReadonlyMap<string, string>, site: SiteName): Readonly<Record<string, unknown>> {
    const fields = new Map([...given].map(([name, value]) => [name.toLowerCase(), value]));
    const need = (name: string): string => {
      const value = fields.get(name);
      if (value === undefined || value === '') {
        throw new TokenProblem('invalid_request', `The field ${name} is missing.`);
      }
      return value;
    };
    switch (need('grant_type')) {
      case 'password': {
        const [username, password] = [need('username'), need('password')];
        const right =
          username.toLowerCase() === this.secrets.username.toLowerCase() &&
          password === this.secrets.password;
        if (!right) throw new TokenProblem('invalid_grant', 'The user name or password is incorrect.');
        return this.#issue(site);
      }
      case 'refresh_token': {
        const token = need('refresh_token');
        const granted = this.#refresh.get(token);
        if (granted?.site !== site || granted.expires <= this.clock()) {
          throw new TokenProblem('invalid_grant', 'The refresh token is not valid or has expired.');
        }
        // Each is valid for one renewal (A).
        this.#refresh.delete(token);
        return this.#issue(site);
      }
      default:
        throw new TokenProblem('unsupported_grant_type', 'The grant_type must be password or refresh_token.');
    }
  }

  #issue(site: SiteName): Readonly<Record<string, unknown>> {
    const now = this.clock();
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, { expires }] of tokens) if (expires <= now) tokens.delete(token);
    }
    const [access, refresh] = [secret(32), secret(32)];
    this.#access.set(access, { site, expires: now + TOKEN_SECONDS * 1000 });
    this.#refresh.set(refresh, { site, expires: now + REFRESH_SECONDS * 1000 });
    return {
      access_token: access,
      token_type: 'bearer',
      expires_in: TOKEN_SECONDS,
      refresh_token: refresh,
      refresh_token_expires_in: REFRESH_SECONDS,
      userID: API_USER_ID,
    };
  }

  /** Returns the caller for an Authorization header, or throws a Problem (401). A token is valid only for its own site. */
  authenticate(header: string | undefined, site: SiteName): Caller {
    const token = /^bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) throw denied();
    const granted = this.#access.get(token);
    if (granted?.site === site && granted.expires > this.clock()) return ADMINISTRATOR;
    const caller = this.#keys.get(token);
    if (!caller) throw denied();
    return caller;
  }

  expireTokens(): void {
    this.#access.clear();
  }

  expireRefreshTokens(): void {
    this.#refresh.clear();
  }

  /** Returns the text without any secrets. */
  hide(text: string): string {
    const all = [this.secrets.apiKey, this.secrets.password, ...this.#access.keys(), ...this.#refresh.keys()];
    return all.reduce((left, one) => left.replaceAll(one, '…'), text);
  }
}

/** Returns the modules that a caller sees, in the help feed's order. */
export const modulesOf = (caller: Caller): readonly string[] => moduleNames.filter(caller.sees);
