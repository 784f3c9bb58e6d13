/** What the client adds to the server's lists of completion. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { completedLists } from '#editor/workbench/completion-lists';
import { OpenList } from '#editor/workbench/open-list';

const lookUp = (field: string) => ({
  label: 'Look up values…',
  command: { title: '', command: 'apq.lookUpValues', arguments: [{ root: 'x', module: 'User', field }] },
});

/** The list as the client shows it. */
async function shown(
  items: (vscode.CompletionItem & { data?: unknown })[],
): Promise<vscode.CompletionItem[]> {
  const any = undefined as never;
  await completedLists(any, any, any, any, () => ({ items }));
  return items;
}

describe('lists of completion in the client', () => {
  it('open again after the items that the server marks, and no others', async () => {
    const items = await shown([
      { label: 'a', data: { list: 1, again: true } },
      { label: 'b', data: { list: 1 } },
      { label: 'c' },
      { label: 'd', data: 7 },
    ]);
    assert.deepEqual(
      items.map(({ command }) => command?.command),
      ['editor.action.triggerSuggest', undefined, undefined, undefined],
    );
  });

  it('say why values that look personal are not looked up, instead of offering it', async () => {
    const [item] = await shown([lookUp('Surname')]);
    assert.equal(item?.label, 'Surname: no values to choose from');
    assert.equal(item.command, undefined);
    assert.match(JSON.stringify(item.documentation), /may be about people.*Type the value\."$/);
  });

  it('offer to look up what looks like a list', async () => {
    const [item] = await shown([lookUp('Status')]);
    assert.deepEqual([item?.label, item?.command?.command], ['Look up values…', 'apq.lookUpValues']);
  });
});

describe('whether the list is open', () => {
  /** What VS Code asks for: `list`, or the item with the focus. The token calls it off. */
  class Asked {
    readonly #listeners: ((event: unknown) => unknown)[] = [];
    readonly isCancellationRequested = false;
    readonly onCancellationRequested = (listener: (event: unknown) => unknown) => {
      this.#listeners.push(listener);
      return { dispose: () => undefined };
    };
    cancel(): void {
      for (const listener of this.#listeners) listener(undefined);
    }
  }

  /** `1 2`: lists are asked for and watched, `0`: one elsewhere, `a b`: items get the focus, `-a`: it is called off. */
  const isOpenAfter = (steps: string): boolean => {
    const list = new OpenList();
    const asked = new Map<string, Asked>();
    for (const step of steps.split(' ')) {
      if (step.startsWith('-')) asked.get(step.slice(1))?.cancel();
      else {
        const token = new Asked();
        asked.set(step, token);
        if (/[a-z]/.test(step)) void list.focused(token);
        else list.asked(token);
        if (/[1-9]/.test(step)) list.watch();
      }
    }
    return list.isOpen;
  };

  for (const [steps, isOpen] of [
    ['1', true],
    ['1 a', true],
    ['1 a -a', false],
    ['1 -1', false],
    // Another item gets the focus.
    ['1 a -a b', true],
    ['1 a b -a', true],
    ['1 a -a b -b', false],
    // Somebody types on: another list takes its place, and may be closed as well.
    ['1 -1 2', true],
    ['1 a 2 -a', true],
    ['1 a 2 -a b', true],
    ['1 a 2 b -a -b', false],
    // It was closed, and another is opened.
    ['1 a -a 2', true],
    ['1 a -a 2 b -b', false],
    // Another list is opened elsewhere, and perhaps the first one again.
    ['1 a -a 0', false],
    ['1 a -a 0 b', false],
    ['1 a -a 0 b -b 1', true],
    ['1 a -a 0 b 1 c -c', false],
  ] as const)
    it(`is told from what VS Code calls off: ${steps}`, () => assert.equal(isOpenAfter(steps), isOpen));

  it('holds the focused item back only while somebody has to know', async () => {
    const list = new OpenList();
    await list.focused(new Asked());
    list.watch();
    let told = false;
    const held = list.focused(new Asked()).then(() => (told = true));
    const other = new Asked();
    const away = list.focused(other);
    other.cancel();
    await away;
    assert.equal(told, false);
    list.unwatch();
    await held;
    await list.focused(new Asked());
  });

  it('holds no item of a list that was opened elsewhere meanwhile', async () => {
    const list = new OpenList();
    list.watch();
    const held = list.focused(new Asked());
    list.asked(new Asked());
    await list.focused(new Asked());
    await held;
  });
});
