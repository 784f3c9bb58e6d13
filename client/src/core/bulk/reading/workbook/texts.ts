/** The texts that the cells of a workbook share. */
import type { Package } from './package';
import { readXml, unescaped } from './xml';

/** A text as it is shown: the runs of rich text joined, without the hints for its pronunciation. */
export class TextGatherer {
  #text = '';
  #inText = false;
  #inHint = false;

  open(name: string): void {
    if (name === 't') this.#inText = true;
    else if (name === 'rPh') this.#inHint = true;
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#inHint = false;
  }

  add(text: string): void {
    if (this.#inText && !this.#inHint) this.#text += text;
  }

  /** The text so far, and starts anew. */
  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

export async function sharedTexts(parts: Package, part: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (part === undefined) return texts;
  const gatherer = new TextGatherer();
  await readXml(parts.text(part, 'part'), {
    open: (name) => {
      gatherer.open(name);
    },
    close: (name) => {
      gatherer.close(name);
      if (name === 'si') texts.push(gatherer.take());
    },
    text: (text) => {
      gatherer.add(text);
    },
  });
  return texts;
}
