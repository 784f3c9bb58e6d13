/** The server's documents have the editor's text whatever happens: a fault of the language costs what is known of a text, not the text. */
import assert from 'node:assert/strict';
import { type ApqDocument, LanguageService, LineIndex, type Position, type TextEdit } from '#language';
import { Documents } from '#lsp/documents';
import { Guard } from '#lsp/guard';

/** Reads no text that holds the word `fault`, and no edit while `failing`. */
class FaultyLanguage extends LanguageService {
  failing = false;
  override parse(text: string, previous?: ApqDocument): ApqDocument {
    if (text.includes('fault')) throw new Error('a fault in parse');
    return super.parse(text, previous);
  }
  override edit(document: ApqDocument, edit: TextEdit): ApqDocument {
    const next = super.edit(document, edit);
    if (this.failing || next.text.includes('fault')) throw new Error('a fault in edit');
    return next;
  }
}

const URI = 'file:///a.apq';
const START = 'GET coursedate\r\n$top = 5\r\n';

function opened(text = START) {
  const language = new FaultyLanguage();
  const log: string[] = [];
  const documents = new Documents(language, new Guard((message) => log.push(message)));
  documents.open({ uri: URI, version: 1, text });
  let version = 1;
  const change = (start: Position, end: Position, inserted: string) =>
    documents.change(URI, ++version, [{ range: { start, end }, text: inserted }]);
  const text_ = () => documents.get(URI)?.current.text;
  return { language, log, documents, change, text: text_ };
}

const at = (line: number, character: number): Position => ({ line, character });

describe('documents', () => {
  it('apply an edit that the language fails to read, and read the text afresh', () => {
    const { language, change, text, log } = opened();
    language.failing = true;
    change(at(1, 7), at(1, 8), '20');
    assert.equal(text(), 'GET coursedate\r\n$top = 20\r\n');
    assert.match(log.join('\n'), /^reading an edit: Error: a fault in edit/);
  });

  it('keep a text that can’t be read, apply later edits to it, and heal with the edit that removes the fault', () => {
    const { documents, change, text, log } = opened();
    change(at(0, 14), at(0, 14), ' fault');
    assert.equal(text(), undefined, 'nothing is known of it');
    assert.deepEqual(documents.all(), []);
    assert.match(log.join('\n'), /^reading: Error: a fault in parse/m);
    change(at(1, 7), at(1, 8), '7');
    change(at(9, 9), at(9, 9), '# end');
    assert.equal(text(), undefined);
    change(at(0, 14), at(0, 20), '');
    assert.equal(text(), 'GET coursedate\r\n$top = 7\r\n# end');
  });

  it('heal when a text that can’t be read is replaced as a whole', () => {
    const { documents, text } = opened('fault');
    assert.equal(text(), undefined);
    documents.change(URI, 2, [{ text: 'GET user\n' }]);
    assert.equal(text(), 'GET user\n');
  });

  it('apply several changes of one message in order, past one that can’t be read', () => {
    const { documents, text } = opened('a\nb\n');
    const insert = (position: Position, inserted: string) => ({
      range: { start: position, end: position },
      text: inserted,
    });
    documents.change(URI, 2, [
      insert(at(0, 1), ' fault'),
      insert(at(1, 1), 'c'),
      { range: { start: at(0, 1), end: at(0, 7) }, text: '' },
    ]);
    assert.equal(text(), 'a\nbc\n');
  });

  it('apply an edit whose range ends before it starts as if it were the other way round', () => {
    const { change, text } = opened();
    change(at(1, 8), at(1, 7), '20');
    assert.equal(text(), 'GET coursedate\r\n$top = 20\r\n');
    change(at(1, 2), at(0, 4), 'user\n$t');
    assert.equal(text(), 'GET user\n$top = 20\r\n');
  });

  it('know nothing of a document that is closed', () => {
    const { documents } = opened();
    documents.close(URI);
    assert.equal(documents.get(URI), undefined);
    assert.equal(documents.change(URI, 3, [{ text: 'x' }]), undefined);
  });

  describe('a position past its line’s end is the line’s end, before its line break', () => {
    const TEXT = 'ab\r\nc\rd\n\n### e\r\nf';
    const line = (position: Position, offset: number) =>
      it(JSON.stringify(position), () => {
        assert.equal(new LineIndex(TEXT).offsetAt(position), offset);
        assert.equal(new LanguageService().parse(TEXT).positions.offsetAt(position), offset);
      });
    line(at(0, 2), 2);
    line(at(0, 3), 2);
    line(at(0, 99), 2);
    line(at(1, 99), 5);
    line(at(2, 99), 7);
    line(at(3, 1), 8);
    line(at(4, 99), 14);
    line(at(5, 99), 17);
    line(at(6, 0), 17);
    line(at(-1, 5), 0);
    line(at(2, -5), 6);
  });
});
