/** The function, which remembers its last result: for what is asked again and again about one text, and then about the next. */
export function lastOnly<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly result: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: read(text) };
    return last.result;
  };
}
