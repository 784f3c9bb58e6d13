/** The dialog of what is related to a record: found by name, counted while it is open. */
import { idOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import { recordName } from '#core/writing/record-name';
import { plural } from '../data/formats';
import type { ToView, ViewRelation } from '../messages';
import type { Context } from './context';
import { button, make } from './dom';
import { type Anchor, closePopup, heading, openDialog } from './menu';
import { redraw } from './redraw';

/** So many relations are counted by themselves: the first, or the first that are found by name. */
const COUNTED = 20;

const GROUPS = { names: 'It names', namedBy: 'They name it' } as const;

type Answer = Extract<ToView, { type: 'relations' | 'relationCount' }>;

export interface RelatedPanel {
  /** Opens the dialog for the record in a row. */
  readonly open: (row: number, anchor: Anchor) => void;
  /** Takes what the extension tells about the record. */
  readonly take: (answer: Answer) => void;
}

export function relatedPanel(context: Context): RelatedPanel {
  let shown: Dialog | undefined;
  return {
    open: (row, anchor) => {
      const number = context.model.numberAt(row);
      if (context.model.recordAt(row) === undefined) return;
      const dialog = new Dialog(context, row, number);
      dialog.open(anchor, () => {
        if (shown !== dialog) return;
        shown = undefined;
        context.send({ type: 'countRelations', record: number, relations: [] });
      });
      shown = dialog;
      context.send({ type: 'relations', record: number });
    },
    take: (answer) => {
      if (shown?.number === answer.record) shown.take(answer);
    },
  };
}

class Dialog {
  #relations: readonly ViewRelation[] | undefined;
  readonly #counts = new Map<string, { readonly count?: number; readonly problem?: string }>();
  readonly #search = make('input', {
    type: 'search',
    placeholder: 'Find a module',
    'aria-label': 'Find a module',
    'data-first': true,
    spellcheck: 'false',
  });
  readonly #list = make('div', { class: 'values related', role: 'group', 'aria-label': 'Related records' });
  readonly #note = make('p', { class: 'hint', role: 'status' }, 'Looking…');

  constructor(
    private readonly context: Context,
    row: number,
    readonly number: number,
  ) {
    this.#title = titleOf(context, row);
    this.#list.hidden = true;
    this.#search.addEventListener('input', () => {
      this.#draw();
      this.#count();
    });
    this.#search.addEventListener('keydown', (event) => {
      const [first] = this.#found();
      if (event.key === 'Enter' && first !== undefined) this.#follow(first);
    });
  }

  readonly #title: string;

  open(anchor: Anchor, closed: () => void): void {
    const content = make('div', { class: 'related-body' }, this.#search, this.#list, this.#note);
    content.addEventListener('keydown', (event) => this.#key(event));
    openDialog(this.#title, [heading(this.#title), content], anchor, closed);
  }

  take(answer: Answer): void {
    if (answer.type === 'relations') {
      this.#relations = answer.relations;
      this.#note.textContent = answer.note ?? '';
      this.#list.hidden = answer.relations.length === 0;
      this.#draw();
      this.#count();
      return;
    }
    const { count, problem } = answer;
    this.#counts.set(answer.relation, {
      ...(count === undefined ? {} : { count }),
      ...(problem === undefined ? {} : { problem }),
    });
    const place = this.#list.querySelector(`[data-relation="${CSS.escape(answer.relation)}"] .count`);
    place?.replaceWith(this.#countOf(answer.relation));
  }

  #found(): readonly ViewRelation[] {
    const wanted = nameKey(this.#search.value);
    return (this.#relations ?? []).filter(({ module, field }) =>
      nameKey(`${module} ${field}`).includes(wanted),
    );
  }

  /** Asks for the counts that are not known yet, in the order in which they are read. */
  #count(): void {
    const relations = this.#found()
      .slice(0, COUNTED)
      .map(({ id }) => id)
      .filter((id) => !this.#counts.has(id));
    this.context.send({ type: 'countRelations', record: this.number, relations });
  }

  #draw(): void {
    const found = this.#found();
    const groups = (['names', 'namedBy'] as const).flatMap((direction) => {
      const some = found.filter((each) => each.direction === direction);
      return some.length === 0
        ? []
        : [make('p', {}, GROUPS[direction]), ...some.map((each) => this.#line(each))];
    });
    const none = found.length === 0 ? [make('p', {}, 'No module of that name is related to it.')] : [];
    redraw(this.#list, ...groups, ...none);
  }

  #line(relation: ViewRelation): HTMLElement {
    const { id, module, field, direction } = relation;
    const by = direction === 'names' ? field : `by ${field}`;
    const open = button('', () => this.#follow(relation), { class: 'plain' });
    open.append(make('bdi', {}, module), ' ', make('bdi', { class: 'key' }, by));
    return make('div', { class: 'line-of-list', 'data-relation': id }, open, this.#countOf(id));
  }

  #countOf(id: string): HTMLElement {
    const { count, problem } = this.#counts.get(id) ?? {};
    const { formats } = this.context.model;
    const known = count === undefined ? undefined : plural(formats, count, 'record');
    return make(
      'span',
      {
        class: `count${count === 0 ? ' none' : ''}`,
        title: problem ?? known,
        'aria-label': problem ?? known,
      },
      problem === undefined ? (known ?? '') : 'not counted',
    );
  }

  #follow({ id }: ViewRelation): void {
    closePopup();
    this.context.follow({ record: this.number, relation: id });
  }

  /** Arrows go through the list; letters go on searching. */
  #key(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const stops: HTMLElement[] = [this.#search, ...this.#list.querySelectorAll<HTMLElement>('button')];
    const at = stops.findIndex((each) => each === document.activeElement);
    stops[Math.max(0, Math.min(at + step, stops.length - 1))]?.focus();
    event.preventDefault();
  }
}

/** `Related to Fire warden, York` */
function titleOf({ model, head }: Context, row: number): string {
  const record = model.recordAt(row) ?? {};
  const named = [head()?.module ?? '', idOf(record) ?? ''].join(' ').trim();
  return `Related to ${recordName(record) ?? named}`;
}
