/** Questions in VS Code's quick input: its only caller, so that foreign text in them is harmless. */
import * as vscode from 'vscode';
import { forLabel, forNotification } from '#core/text/foreign-text';

interface Question {
  readonly title: string;
  readonly placeHolder?: string;
  /** Which step of how many this is. A step stays open when the user looks elsewhere, as a box for text does. */
  readonly step?: number;
  readonly steps?: number;
  /** Whether an earlier question can be asked again: shows an arrow. */
  readonly back?: boolean;
}

export interface TextQuestion extends Question {
  readonly prompt: string;
  /** What the box holds at first. */
  readonly value?: string;
  /** Shows dots instead of the text. */
  readonly password?: boolean;
  /** Why it is asked again; stands there until the text changes. */
  readonly problem?: string;
  /** Returns what is wrong with a text; such a text is not taken. */
  readonly validate?: (text: string) => string | undefined;
  /** Is told each change, so that the text can outlive the box. */
  readonly typed?: (text: string) => void;
}

/** An entry of a list. */
export interface Choice<T> {
  readonly label: string;
  /** The name of one of VS Code's icons, shown before the label. */
  readonly icon?: string;
  /** Beside the label. */
  readonly description?: string;
  /** Below it. */
  readonly detail?: string;
  readonly value: T;
}

/** `back`: the user wants the question before; `closed`: none at all. */
export type Answer<T> =
  { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'closed' };

/** Asks for a text. Returns undefined when the user gives up. */
export async function askText(question: Omit<TextQuestion, 'back'>): Promise<string | undefined> {
  const answer = await askForText(question);
  return answer.kind === 'answer' ? answer.value : undefined;
}

/** Asks for one of several things. Returns undefined when the user gives up. */
export async function choose<T>(
  question: Omit<Question, 'back'>,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  const answer = await askForChoice(question, choices);
  return answer.kind === 'answer' ? answer.value : undefined;
}

/** Asks for a text, as a step among others. */
export async function askForText(question: TextQuestion): Promise<Answer<string>> {
  const { prompt, value = '', password = false, problem, validate, typed } = question;
  const box = vscode.window.createInputBox();
  box.prompt = forNotification(prompt);
  box.password = password;
  box.value = value;
  const say = (message: string | undefined) =>
    (box.validationMessage = message === undefined ? undefined : forNotification(message));
  say(problem);
  box.onDidChangeValue((text) => {
    typed?.(text);
    // An empty box is not wrong yet.
    say(text === '' ? undefined : validate?.(text));
  });
  return shown(box, question, () => {
    const message = validate?.(box.value);
    if (message === undefined) return { value: box.value };
    say(message);
    return undefined;
  });
}

/** Asks for one of several things, as a step among others. `preferred` is marked at first. */
export async function askForChoice<T>(
  question: Question,
  choices: readonly Choice<T>[],
  preferred?: (value: T) => boolean,
): Promise<Answer<T>> {
  const list = vscode.window.createQuickPick<Entry<T>>();
  list.matchOnDescription = true;
  list.items = choices.map(entryOf);
  list.activeItems = list.items.filter(({ value }) => preferred?.(value) === true).slice(0, 1);
  return shown(list, question, () => list.activeItems[0]);
}

interface Entry<T> extends vscode.QuickPickItem {
  readonly value: T;
}

const entryOf = <T>({ label, icon, description, detail, value }: Choice<T>): Entry<T> => ({
  label: `${icon === undefined ? '' : `$(${icon}) `}${forLabel(label)}`,
  ...(description === undefined ? {} : { description: forLabel(description) }),
  ...(detail === undefined ? {} : { detail: forLabel(detail) }),
  value,
});

/** Shows it until it is answered or left. `accept` returns the answer, or undefined to ask on. */
async function shown<T>(
  input: vscode.InputBox | vscode.QuickPick<Entry<T>>,
  { title, placeHolder, step, steps, back = false }: Question,
  accept: () => { readonly value: T } | undefined,
): Promise<Answer<T>> {
  input.title = forLabel(title);
  input.placeholder = placeHolder === undefined ? undefined : forLabel(placeHolder);
  input.step = step;
  input.totalSteps = steps;
  input.ignoreFocusOut = step !== undefined || 'prompt' in input;
  input.buttons = back ? [vscode.QuickInputButtons.Back] : [];
  try {
    return await new Promise<Answer<T>>((resolve) => {
      input.onDidTriggerButton(() => resolve({ kind: 'back' }));
      input.onDidHide(() => resolve({ kind: 'closed' }));
      input.onDidAccept(() => {
        const taken = accept();
        if (taken !== undefined) resolve({ kind: 'answer', value: taken.value });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
