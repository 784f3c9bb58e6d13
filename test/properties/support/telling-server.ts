/** The server, which also tells the text that it has. Run as a program of its own. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type ApqDocument, LanguageService, type TextEdit } from '#language';
import { serve } from '#lsp/server';

/** What the server reads goes through here; what the language reads to try its fixes does not. */
class TellingLanguage extends LanguageService {
  text = '';
  readonly #inner = new LanguageService();
  override parse(text: string, previous?: ApqDocument): ApqDocument {
    return this.#tell(super.parse(text, previous));
  }
  override edit(document: ApqDocument, edit: TextEdit): ApqDocument {
    return this.#tell(super.edit(document, edit));
  }
  override fixAll(document: ApqDocument): TextEdit[] {
    return this.#inner.fixAll(document);
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
