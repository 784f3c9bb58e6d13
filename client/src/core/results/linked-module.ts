/** The module that a field points to: `CourseID` is a Course, `MainCompanyID` a Company. */

/** `own` is the field's module, for `ParentID`. Returns undefined where no module fits. Names match in any case. */
export function linkedModule(field: string, own: string, modules: readonly string[]): string | undefined {
  const match = /^(.+?)_?ids?$/i.exec(field);
  const stem = match?.[1]?.toLowerCase();
  if (stem === undefined) return undefined;
  if (stem === 'parent') return modules.find((name) => name.toLowerCase() === own.toLowerCase());
  const byLength = [...modules].sort((a, b) => b.length - a.length);
  return (
    byLength.find((name) => name.toLowerCase() === stem) ??
    // The longest module name at the end: `MainCompany` ends with Company, `TrainerUser` with User.
    byLength.find((name) => stem.endsWith(name.toLowerCase())) ??
    undefined
  );
}
