/** Paths as a forge knows them: from the root of the repository, with `/`. */
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Returns the path from the root of the checkout, else from the working folder; the whole path of a file outside. */
export function pathInRepository(name: string): string {
  const { GITHUB_WORKSPACE: workspace = '' } = process.env;
  const path = resolve(name);
  const inside = [workspace, process.cwd()]
    .filter((root) => root !== '')
    .map((root) => relative(root, path))
    .find((each) => !isAbsolute(each) && each !== '..' && !each.startsWith(`..${sep}`));
  return (inside ?? path).replaceAll(sep, '/');
}
