/** Checks what a platform supports: asks the questions of `PROBES`, one after the other, and keeps what they rest on. */
import {
  type Evidence,
  type ModuleInfo,
  type PlatformFindings,
  TRAIT_NAMES,
  type TraitName,
  type Traits,
} from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { findGround, type Ground } from './ground';
import { Inquiry, MOST_QUESTIONS, OutOfQuestions } from './inquiry';
import { type Outcome, unknown } from './outcome';
import { ASKING_ORDER, PROBES } from './probes';
import { Questions, Unfit } from './questions';

export interface ExamineOptions {
  /** The platform's modules, with the fields that are known. */
  readonly modules: readonly ModuleInfo[];
  readonly signal?: AbortSignal;
  /** Milliseconds between two requests. */
  readonly pauseMs?: number;
  /** Called before each request: how many were sent, and what they are about. */
  readonly onProgress?: (sent: number, subject: TraitName | undefined) => void;
  readonly now?: () => Date;
}

/** The outcome of a check. */
export interface Examination {
  readonly platform: PlatformFindings & { readonly evidence: readonly Evidence[] };
  /** How many requests were sent. */
  readonly sent: number;
  /** Which modules were passed over, and why: sentences. */
  readonly notes: readonly string[];
  /** Why it ended before all questions were asked; those that were asked are answered all the same. */
  readonly endedBy?: ApiError;
}

/** Sends reads only. Throws only what is no `ApiError`. */
export async function examine(client: ApiClient, options: ExamineOptions): Promise<Examination> {
  return new Check(client, options).run();
}

class Check {
  readonly #inquiry: Inquiry;
  readonly #traits: { -readonly [K in TraitName]?: Traits[K] } = {};
  readonly #evidence = new Map<TraitName, Evidence>();
  #notes: readonly string[] = [];
  #subject: TraitName | undefined;

  constructor(
    client: ApiClient,
    private readonly options: ExamineOptions,
  ) {
    const { signal, pauseMs, onProgress } = options;
    this.#inquiry = new Inquiry(client, {
      ...(signal === undefined ? {} : { signal }),
      ...(pauseMs === undefined ? {} : { pauseMs }),
      onQuestion: (number) => onProgress?.(number, this.#subject),
    });
  }

  async run(): Promise<Examination> {
    let endedBy: ApiError | undefined;
    try {
      const ground = await findGround(this.#inquiry, this.options.modules);
      this.#notes = ground.notes;
      this.#inquiry.takeAsked();
      for (const trait of ASKING_ORDER) await this.#settle(trait, ground);
    } catch (error) {
      if (error instanceof ApiError) endedBy = error;
      else if (!(error instanceof OutOfQuestions)) throw error;
    }
    const { now = () => new Date() } = this.options;
    return {
      platform: {
        checkedAt: now().toISOString(),
        traits: this.#traits,
        evidence: TRAIT_NAMES.map((trait) => this.#evidence.get(trait) ?? this.#unasked(trait)),
      },
      sent: this.#inquiry.number,
      notes: this.#notes,
      ...(endedBy === undefined ? {} : { endedBy }),
    };
  }

  async #settle<K extends TraitName>(trait: K, ground: Ground): Promise<void> {
    this.#subject = trait;
    const outcome = await this.#outcome(trait, ground);
    if ('value' in outcome) this.#traits[trait] = outcome.value;
    this.#evidence.set(trait, {
      trait,
      ...('unknown' in outcome ? outcome : {}),
      asked: this.#inquiry.takeAsked(),
    });
  }

  async #outcome<K extends TraitName>(trait: K, ground: Ground): Promise<Outcome<Traits[K]>> {
    try {
      return await PROBES[trait].settle(new Questions(this.#inquiry, ground, this.#traits));
    } catch (error) {
      if (error instanceof Unfit) return unknown(error.message);
      if (error instanceof OutOfQuestions)
        return unknown(`A check sends at most ${MOST_QUESTIONS} requests, and they were used up.`);
      throw error;
    }
  }

  /** The question during which the check ended has what was asked until then. */
  #unasked(trait: TraitName): Evidence {
    const asked = trait === this.#subject ? this.#inquiry.takeAsked() : [];
    return { trait, unknown: 'The check ended before this was answered.', asked };
  }
}
