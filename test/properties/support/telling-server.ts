/** The server, which also tells the text that it has, and fails a request about any other. Run as a program of its own. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type ApqDocument, LanguageService, type TextEdit } from '#language';
import { serve } from '#lsp/server';

class TellingLanguage extends LanguageService {
  text = '';
  override parse(text: string, previous?: ApqDocument): ApqDocument {
    return this.#tell(super.parse(text, previous));
  }
  override edit(document: ApqDocument, edit: TextEdit): ApqDocument {
    return this.#tell(super.edit(document, edit));
  }
  #tell(document: ApqDocument): ApqDocument {
    this.text = document.text;
    return document;
  }
}

const connection = createConnection(ProposedFeatures.all);
const language = new TellingLanguage();
serve(connection, language);
connection.onRequest('test/text', () => language.text);
connection.listen();
