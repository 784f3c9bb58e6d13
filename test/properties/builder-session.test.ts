/**
 * The builder's page, which sees the request late, and somebody in the editor change one file at the same time: what the
 * page shows in the end is what stands in the file, and no comment is lost.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BuilderSession, BUSY, GONE, OTHER_REQUEST, type SessionState } from '#editor/builder/session';
import { applyEdits, type ApqDocument, LineIndex, type TextEdit } from '#language';
import type { Wish } from '#webview/builder/messages';
import { serviceWith } from '../language/support/language';
import { property } from './support/property';

const service = serviceWith();

const FILE = `# above
### One
# about the module
GET coursedate
# about the fields
$select = ID, Label   # behind them
$filter = Status eq 'Full'
  # within the filter
  and Cost gt 5
$orderby = ID

### Two
GET venue # two
`;

/** Numbers by which somebody does something. */
type Dice = readonly [what: number, first: number, second: number];
const dice: fc.Arbitrary<Dice> = fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999));

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

let named = 0;

/** What a user may want of what they see. */
function wishFor(state: SessionState, [what, first, second]: Dice): Wish | undefined {
  const { select = [], conditions, order, fields } = state;
  const partOf = (list: readonly { readonly text: string }[]) => {
    const index = first % Math.max(1, list.length);
    return { index, text: list[index]?.text ?? '' };
  };
  const field = pick(fields, first)?.name ?? 'ID';
  const condition = { field: 'Status', operator: pick(['eq', 'ne'], second) ?? 'eq', value: `v${second}` };
  const key = pick(conditions, first)?.key ?? 'none';
  const join = second % 2 === 0 ? 'and' : 'or';
  const by = second % 2 === 0 ? 1 : -1;
  const wishes: readonly Wish[] = [
    { kind: 'add-field', field },
    { kind: 'remove-field', part: partOf(select) },
    { kind: 'move-field', part: partOf(select), by },
    { kind: 'add-condition', key: `d${++named}`, join, condition },
    { kind: 'set-condition', key, condition },
    { kind: 'set-join', key, join },
    { kind: 'remove-condition', key },
    { kind: 'add-order', field },
    { kind: 'set-order', part: partOf(order), text: partOf(order).text, descending: second % 2 === 0 },
    { kind: 'move-order', part: partOf(order), by },
    { kind: 'remove-order', part: partOf(order) },
    { kind: 'top', top: second % 3 === 0 ? undefined : String(second + 1) },
    { kind: 'pages', pages: pick([undefined, 'all', '2'], second) },
  ];
  return pick(wishes, what);
}

const later = async (turns: number) => {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** A file between the builder and an editor. Whatever is asked takes some turns, so that all overtakes all. */
class SharedFile {
  document: ApqDocument = service.parse(FILE);
  version = 1;
  cursor = 0;
  shown: SessionState | undefined;
  readonly told: string[] = [];
  /** Comments that the editor wrote. */
  readonly comments: string[] = [];
  #turn = 0;
  readonly session: BuilderSession;

  constructor(private readonly turns: readonly number[]) {
    const offsetOf = (position: { line: number; character: number }) =>
      new LineIndex(this.document.text).offsetAt(position);
    this.session = new BuilderSession({
      version: () => this.version,
      cursor: () => new LineIndex(this.document.text).positionAt(this.cursor),
      state: async (position) => {
        await this.#wait();
        const { version, document } = this;
        const { offset, state } = service.builderState(document, offsetOf(position));
        await this.#wait();
        return { version, position: new LineIndex(document.text).positionAt(offset), state };
      },
      edit: async ({ position, version, change }) => {
        await this.#wait();
        if (version !== this.version) return { ok: false, message: 'another version' };
        const index = new LineIndex(this.document.text);
        const made = service.builderEdit(this.document, offsetOf(position), change);
        await this.#wait();
        return made.ok
          ? {
              ok: true,
              version,
              edits: made.edits.map(({ offset, length, text: newText }) => ({
                range: { start: index.positionAt(offset), end: index.positionAt(offset + length) },
                newText,
              })),
            }
          : made;
      },
      apply: async (edits, version) => {
        await this.#wait();
        if (version !== this.version) return false;
        this.#edit(
          edits.map(({ range, newText }) => {
            const offset = offsetOf(range.start);
            return { offset, length: offsetOf(range.end) - offset, text: newText };
          }),
        );
        return true;
      },
      show: (shown) => (this.shown = shown),
      tell: (sentence) => {
        if (sentence !== '') this.told.push(sentence);
      },
    });
  }

  /** Somebody writes a comment, changes a number or goes elsewhere, and the builder follows. */
  type([what, first, second]: Dice): void {
    const { text } = this.document;
    const lines = new LineIndex(text);
    if (what % 3 === 0) {
      const comment = `# typed ${this.comments.length}`;
      this.comments.push(comment);
      const offset = lines.offsetAt({ line: pick([0, 3], first) ?? 0, character: 0 });
      this.#edit([{ offset, length: 0, text: `${comment}\n` }]);
    } else if (what % 3 === 1) {
      const cost = /Cost gt \d+/.exec(text);
      if (cost !== null)
        this.#edit([{ offset: cost.index, length: cost[0].length, text: `Cost gt ${second}` }]);
    } else this.cursor = text.indexOf(second % 4 === 0 ? 'GET venue' : 'GET coursedate');
    void this.session.follow();
  }

  #edit(edits: readonly TextEdit[]): void {
    this.document = service.parse(applyEdits(this.document.text, edits), this.document);
    this.version++;
    this.cursor = Math.min(this.cursor, this.document.text.length);
  }

  async #wait(): Promise<void> {
    await later(this.turns[this.#turn++ % Math.max(1, this.turns.length)] ?? 0);
  }
}

describe('the builder and the editor at the same time', () => {
  property(
    'the page ends with what stands in the file, and no comment is lost',
    25,
    fc.record({
      steps: fc.array(fc.tuple(fc.constantFrom('want', 'want', 'type', 'wait'), dice), {
        minLength: 20,
        maxLength: 20,
      }),
      turns: fc.array(fc.nat(3), { minLength: 1, maxLength: 9 }),
    }),
    async ({ steps, turns }) => {
      const file = new SharedFile(turns);
      file.cursor = FILE.indexOf('GET coursedate');
      await file.session.follow();
      const work: Promise<void>[] = [];
      for (const [id, [kind, numbers]] of steps.entries())
        if (kind === 'type') file.type(numbers);
        else if (kind === 'wait') await later(numbers[0] % 30);
        else {
          const wish = file.shown && wishFor(file.shown, numbers);
          if (wish !== undefined && file.shown !== undefined)
            work.push(file.session.want(file.shown.request, id + 1, wish));
        }
      await Promise.all(work);
      await file.session.follow();
      const { text } = file.document;
      const { state } = service.builderState(file.document, file.cursor);
      const { conditions = [], request, done, ...others } = file.shown ?? {};
      assert.ok((request ?? 0) > 0 && (done ?? 0) >= 0);
      assert.deepEqual(
        { ...others, conditions: conditions.map(({ key, ...each }) => (assert.ok(key), each)) },
        state,
      );
      assert.equal(new Set(conditions.map(({ key }) => key)).size, conditions.length, 'keys differ');
      for (const comment of [...(FILE.match(/#+ .*/g) ?? []), ...file.comments])
        assert.ok(text.includes(comment), `${comment} is lost in\n${text}`);
      const known = [BUSY, GONE, OTHER_REQUEST];
      for (const sentence of file.told)
        assert.ok(known.includes(sentence) || sentence.endsWith('.'), sentence);
    },
  );
});
