/** Notifications and questions: the only callers of VS Code's `show…Message`, so that foreign text in them is harmless. */
import * as vscode from 'vscode';
import { forNotification, harmless } from '#core/text/foreign-text';

/** A question that the user must answer before anything else; `detail` is the text below it. */
export interface Modal {
  readonly modal: true;
  readonly detail?: string;
}

type Show = <T extends string>(
  text: string,
  options: vscode.MessageOptions,
  ...items: T[]
) => Thenable<T | undefined>;

async function tell<T extends string>(
  show: Show,
  text: string,
  rest: readonly (Modal | T)[],
): Promise<T | undefined> {
  const items = rest.filter((each) => typeof each === 'string');
  const question = rest.find((each) => typeof each !== 'string');
  const options: vscode.MessageOptions = {
    ...(question === undefined ? {} : { modal: true }),
    ...(question?.detail === undefined ? {} : { detail: harmless(question.detail) }),
  };
  return show(forNotification(text), options, ...items);
}

/** Each returns the label of the button that was pressed, or undefined. */
export const showInformation = async <T extends string>(
  text: string,
  ...rest: readonly (Modal | T)[]
): Promise<T | undefined> => tell(vscode.window.showInformationMessage, text, rest);

export const showWarning = async <T extends string>(
  text: string,
  ...rest: readonly (Modal | T)[]
): Promise<T | undefined> => tell(vscode.window.showWarningMessage, text, rest);

export const showFailure = async <T extends string>(
  text: string,
  ...rest: readonly (Modal | T)[]
): Promise<T | undefined> => tell(vscode.window.showErrorMessage, text, rest);
