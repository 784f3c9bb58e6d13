/** The module that a field points to: `CourseID` is a Course, `MainCompanyID` a Company. */
import { nameKey } from '../text/names';

/** `own` is the field's module, for `ParentID`. Returns undefined where no module fits. Names match in any case. */
export function linkedModule(field: string, own: string, modules: readonly string[]): string | undefined {
  const match = /^(.+?)_?ids?$/i.exec(field);
  const stem = match?.[1];
  if (stem === undefined) return undefined;
  const named = (name: string) =>
    modules.find((each) => each === name) ?? modules.find((each) => nameKey(each) === nameKey(name));
  if (nameKey(stem) === 'parent') return named(own);
  const ends = (end: string) => nameKey(stem).endsWith(nameKey(end));
  return (
    named(stem) ??
    // The longest module name at the end: `MainCompany` ends with Company, `TrainerUser` with User.
    modules
      .filter(ends)
      .sort((a, b) => b.length - a.length || Number(stem.endsWith(b)) - Number(stem.endsWith(a)))[0]
  );
}
