/** A platform's modules and their fields, from the cached metadata. */
import { ByName, nameKey } from '../text/names';
import type { FieldType } from '../text/type-names';
import type { Evidence } from './evidence';
import { KnownData } from './known-data';
import { type PlatformTraits, type Traits, traitsWith } from './traits';

export type { FieldType };

export interface FieldInfo {
  readonly name: string;
  readonly type: FieldType;
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** Undefined: not known, so writing is allowed. */
  readonly writable?: boolean;
  /** Known values, in the spelling of the API. */
  readonly values?: readonly string[];
  readonly description?: string;
  readonly label?: string;
}

export interface ModuleInfo {
  readonly name: string;
  readonly fetchedAt?: string;
  /** Undefined: the module is known by name only. */
  readonly fields?: readonly FieldInfo[];
}

/** The content of a metadata cache file (interfaces: "Metadata cache file"). */
export interface Metadata {
  readonly version: 1;
  /** The site's root: `https://platform.accessplanit.com/accessplan`. */
  readonly root: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  readonly modules: readonly ModuleInfo[];
  /** What was found out about the platform; undefined: it was never checked. */
  readonly platform?: PlatformFindings;
}

/** The outcome of a check of what the platform supports. */
export interface PlatformFindings {
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly traits: PlatformTraits;
  /** What was asked, in the order of the questions; undefined: it was not kept. */
  readonly evidence?: readonly Evidence[];
}

/** A module, and its fields by name in any case. */
export class CatalogModule {
  readonly #byName: ByName<FieldInfo>;
  readonly fieldNames: readonly string[];

  constructor(readonly info: ModuleInfo) {
    const fields = info.fields ?? [];
    this.#byName = new ByName(fields);
    this.fieldNames = fields.map(({ name }) => name);
  }

  get name(): string {
    return this.info.name;
  }

  /** Undefined when only the module's name is known. */
  get fields(): readonly FieldInfo[] | undefined {
    return this.info.fields;
  }

  field(name: string): FieldInfo | undefined {
    return this.#byName.get(name);
  }
}

/** The same key for names of the same field; two fields may differ in case only. */
export const fieldKey = (module: CatalogModule | undefined, name: string): string =>
  module?.field(name)?.name ?? nameKey(name);

/** Modules by name, in any case. Immutable: new metadata makes a new catalog. */
export class Catalog {
  readonly #byName: ByName<CatalogModule>;
  readonly moduleNames: readonly string[];
  /** What the platform does where the guide leaves it open: as found, else as assumed. */
  readonly traits: Traits;

  /** `known`: what was learnt about the platform's data. `like`: a catalog of the same metadata, whose modules are used again. */
  constructor(
    readonly metadata: Metadata,
    readonly known: KnownData = KnownData.none,
    like?: Catalog,
  ) {
    this.#byName =
      like === undefined ? new ByName(metadata.modules.map((info) => new CatalogModule(info))) : like.#byName;
    this.moduleNames = Array.from(this.modules, ({ name }) => name);
    this.traits = traitsWith(metadata.platform?.traits);
  }

  /** The same catalog with other knowledge of the platform's data. */
  withKnown(known: KnownData): Catalog {
    return new Catalog(this.metadata, known, this);
  }

  get root(): string {
    return this.metadata.root;
  }

  get modules(): Iterable<CatalogModule> {
    return this.#byName.all;
  }

  module(name: string): CatalogModule | undefined {
    return this.#byName.get(name);
  }
}
