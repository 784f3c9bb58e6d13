/** Headers that name the method that is meant, where a proxy lets only GET and POST through. Servers obey them in a POST. */
import { isMethod } from './curl-options';
import { shown } from './imported';

/** `X-HTTP-Method-Override`, `X-HTTP-Method`, `X-Method-Override`. */
export const isMethodHeader = (name: string): boolean =>
  /^x-(?:http-method(?:-override)?|method-override)$/i.test(name);

/** The method that a request means, with such a header or without. `tell` is told what became of the header. */
export function meantMethod(
  method: string,
  header: { readonly name: string; readonly value: string } | undefined,
  tell: (note: string) => void,
): string {
  if (header === undefined) return method;
  const value = header.value.trim();
  if (method.toUpperCase() === 'POST' && isMethod(value)) {
    tell(`The method is ${value.toUpperCase()}: the header ${shown(header.name)} says so.`);
    return value;
  }
  tell(`The header ${shown(header.name)} was left out: it counts in a POST only.`);
  return method;
}
