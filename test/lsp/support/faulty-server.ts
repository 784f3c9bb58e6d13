/** The server with a language whose methods throw for any text with the word `fault`, and that reads none with `unreadable`. Run as a program of its own. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type ApqDocument, LanguageService } from '#language';
import { serve } from '#lsp/server';

const holdsFault = (argument: unknown): boolean =>
  typeof argument === 'object' &&
  argument !== null &&
  'file' in argument &&
  (argument as ApqDocument).text.includes('fault');

const holdsUnreadable = (argument: unknown): boolean =>
  (typeof argument === 'string' && argument.includes('unreadable')) ||
  (typeof argument === 'object' && argument !== null && 'text' in argument && holdsUnreadable(argument.text));

const faulty = new Proxy(new LanguageService(), {
  get(service, name) {
    const member: unknown = Reflect.get(service, name, service);
    if (typeof member !== 'function') return member;
    return (...parameters: unknown[]): unknown => {
      if (parameters.some((each) => holdsUnreadable(each))) throw new Error(`a fault in ${String(name)}`);
      if (name !== 'edit' && parameters.some(holdsFault)) throw new Error(`a fault in ${String(name)}`);
      return Reflect.apply(member, service, parameters);
    };
  },
});

const connection = createConnection(ProposedFeatures.all);
serve(connection, faulty);
connection.listen();
