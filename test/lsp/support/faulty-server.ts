/** The server with a language whose methods throw for any text with the word `fault`. Run as a program of its own. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type ApqDocument, LanguageService } from '#language';
import { serve } from '#lsp/server';

const holdsFault = (argument: unknown): boolean =>
  typeof argument === 'object' &&
  argument !== null &&
  'file' in argument &&
  (argument as ApqDocument).text.includes('fault');

const faulty = new Proxy(new LanguageService(), {
  get(service, name) {
    const member: unknown = Reflect.get(service, name, service);
    if (typeof member !== 'function') return member;
    return (...parameters: unknown[]): unknown => {
      if (name !== 'edit' && parameters.some(holdsFault)) throw new Error(`a fault in ${String(name)}`);
      return Reflect.apply(member, service, parameters);
    };
  },
});

const connection = createConnection(ProposedFeatures.all);
serve(connection, faulty);
connection.listen();
