/** The last lists of completion, so that the documentation of an item can be made when it is shown. */
import type { CompletionItem as LspCompletionItem } from 'vscode-languageserver/node';
import { type CompletionItem, documentationOf } from '#language';

/** A client asks about the list that it shows; another one may be under way already. */
const MOST = 4;

interface OfferedList {
  readonly number: number;
  readonly items: readonly CompletionItem[];
  /** The same as they were sent. */
  readonly sent: readonly LspCompletionItem[];
}

export class OfferedLists {
  readonly #lists: OfferedList[] = [];
  #number = 0;

  /** The number of the next list. */
  get next(): number {
    return this.#number + 1;
  }

  /** Keeps a list, and forgets the oldest of them. */
  add(items: readonly CompletionItem[], sent: readonly LspCompletionItem[]): void {
    this.#number++;
    this.#lists.push({ number: this.#number, items, sent });
    if (this.#lists.length > MOST) this.#lists.shift();
  }

  /** The documentation of an item of a list, as Markdown; undefined where that is no longer kept. */
  documentationOf(list: number, { label, sortText }: LspCompletionItem): string | undefined {
    const offered = this.#lists.find(({ number }) => number === list);
    const index = offered?.sent.findIndex((each) => each.label === label && each.sortText === sortText) ?? -1;
    const item = offered?.items[index];
    return item === undefined ? undefined : documentationOf(item);
  }
}
