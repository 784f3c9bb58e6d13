/** Changes in a question of VS Code: what the platform has now, and what it gets. */
import { cellText } from '#core/results/table';
import type { PlannedChange } from '#core/writing/planned-change';
import { showWarning } from '../workbench/messages';
import { askText } from '../workbench/questions';
import type { ChangesToShow, ChangesView, ShowsChanges } from './changes';

/** So many changes, and so much of each value, stand in a question. */
const MOST_CHANGES = 20;
const MOST_TEXT = 200;

export class ChangesModal implements ShowsChanges {
  constructor(private readonly isProduction: (what: ChangesToShow) => boolean) {}

  open(what: ChangesToShow): ChangesView {
    let now = what;
    let reason = '';
    return {
      closed: false,
      agreed: async () => this.#ask(now, reason),
      show: (again, why) => {
        now = { ...now, ...again };
        reason = why;
      },
      progress: () => undefined,
      end: () => undefined,
      onPress: () => undefined,
      close: () => undefined,
    };
  }

  async #ask(what: ChangesToShow, why: string): Promise<boolean> {
    const { title, sentence, connection, source, deed, typed, notes = [] } = what;
    const { changes } = await source.slice({ states: 'all', text: '' }, 0, MOST_CHANGES);
    const detail = [why, sentence, changes.map(({ change }) => linesOf(change)).join('\n'), ...notes];
    const production = this.isProduction(what) ? ' (PRODUCTION)' : '';
    const choice = await showWarning(
      `${title} on ${connection.name}${production}?`,
      { modal: true, detail: detail.filter((part) => part !== '').join('\n\n') },
      ...(deed === undefined ? [] : [deed]),
    );
    if (deed === undefined || choice !== deed) return false;
    return typed === undefined || spelledOut(typed, connection.name);
  }
}

const linesOf = ({ fields }: PlannedChange): string =>
  fields
    .map(({ name, before, after, changes, problem }) => {
      const values = [...(before === undefined ? [] : [before]), ...(changes ? [after] : [])].map(short);
      return `${name}: ${values.join(' → ')}${changes ? '' : ' (unchanged)'}${problem === undefined ? '' : `: ${problem}`}`;
    })
    .join('\n');

function short(value: unknown): string {
  const text = cellText(value);
  if (text === '') return '(empty)';
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

/** Asks for a text to be typed. */
async function spelledOut(wanted: string, connection: string): Promise<boolean> {
  const typed = await askText({
    title: `Delete on ${connection} (PRODUCTION)`,
    prompt: `Type ${wanted} to delete this record`,
    validate: (text) =>
      text.trim() === wanted ? undefined : `Type ${wanted}, or press Escape to keep the record.`,
  });
  return typed !== undefined;
}
