/** A block's request, resolved against the catalog. Completion, diagnostics and features all start here. */
import type { Catalog, CatalogModule } from '../catalog/catalog';
import type { Platforms } from '../catalog/platforms';
import { ASSUMED, type Traits } from '../catalog/traits';
import type { BlockTree, Clause, Endpoint } from '../syntax/nodes';
import { meantMethod, type Method, methodOf } from '../vocabulary/methods';
import { PARAMETER_NAMES, type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';

export interface RequestModel {
  readonly tree: BlockTree;
  readonly platforms: Platforms;
  /** The catalog of the connection on which the request runs. */
  readonly catalog: Catalog | undefined;
  /** What that platform does where the guide leaves it open. */
  readonly traits: Traits;
  /** GET when none is written; undefined when the API has no such method. */
  readonly method: Method | undefined;
  /** The same, but the API's own method for one that it lacks: what is checked is what the request will be. */
  readonly meant: Method | undefined;
  readonly endpoint: Endpoint;
  /** Undefined: the module is missing, a variable or not in the catalog, or there is no catalog. */
  readonly module: CatalogModule | undefined;
  /** The first clause of a parameter that the request may have. */
  readonly clause: (name: ParameterName) => Clause | undefined;
}

/** Parameters that a method takes (guide); others are `clause-not-allowed`. */
export const parametersFor = (
  method: Method | undefined,
  endpoint: Endpoint = 'data',
): readonly ParameterName[] =>
  endpoint === 'data'
    ? PARAMETER_NAMES.filter((name) => PARAMETERS[name].methods.includes(method ?? 'GET'))
    : [];

/** The `# @connection` of a block; undefined where it has none. */
export const connectionOf = (tree: BlockTree): string | undefined =>
  tree.directives.find(({ name, value }) => name.text === 'connection' && value.length > 0)?.value.text;

/** The catalog of the platform on which a block runs. */
export const catalogOf = (tree: BlockTree, platforms: Platforms): Catalog | undefined =>
  platforms.catalogFor(connectionOf(tree));

export function modelOf(tree: BlockTree, platforms: Platforms): RequestModel {
  const catalog = catalogOf(tree, platforms);
  const written = tree.request?.method?.text;
  const target = tree.request?.target;
  const meant = written === undefined ? 'GET' : meantMethod(written);
  const endpoint = target?.endpoint ?? 'data';
  const allowed = parametersFor(meant, endpoint);
  const byName = new Map<ParameterName, Clause>();
  for (const clause of tree.clauses) {
    const name = parameterOf(clause.name.text);
    if (name !== undefined && allowed.includes(name) && !byName.has(name)) byName.set(name, clause);
  }
  const named = target !== undefined && target.endpoint !== 'token' && target.module.references.length === 0;
  return {
    tree,
    platforms,
    catalog,
    traits: catalog?.traits ?? ASSUMED,
    method: written === undefined ? 'GET' : methodOf(written),
    meant,
    endpoint,
    module: named ? catalog?.module(target.module.text) : undefined,
    clause: (name) => byName.get(name),
  };
}
