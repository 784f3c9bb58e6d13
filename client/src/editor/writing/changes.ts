/** What callers of the changes view know of it; the view itself is in `changes-view.ts`. */
import type { Connection } from '#core/connections/connection';
import type { ChangeSource } from '#core/writing/change-source';
import type { ViewAction } from '#webview/messages';

/** What a user is to agree to. All texts are plain; those of records and files may be foreign. */
export interface ChangesToShow {
  /** Of the tab and the page: `Change user 1027`. */
  readonly title: string;
  /** What will happen, in one sentence. */
  readonly sentence: string;
  readonly connection: Connection;
  readonly source: ChangeSource;
  /** The label of the button: `Change 2 Fields`. Undefined: nothing can be done, there is only *Cancel*. */
  readonly deed: string | undefined;
  /** What has to be typed before the button works, such as the ID of a record that is deleted in production. */
  readonly typed?: string;
  readonly notes?: readonly string[];
}

export interface ChangesProgress {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  /** The rest in words: `12 a second, 40 s left`. */
  readonly text: string;
  readonly paused: boolean;
}

/** The counts are those of the source. */
export interface ChangesReport {
  /** What happened, in one sentence. */
  readonly sentence: string;
  readonly notes?: readonly string[];
  /** Buttons, such as one that opens the file of failed rows. */
  readonly actions?: readonly ViewAction[];
}

/** What a user presses after agreeing: these, or an action of the report. `closed`: the tab was closed. */
export type ChangesPress = 'pause' | 'continue' | 'stop' | 'closed' | (string & {});

export interface ChangesView {
  /** Resolves to false on Cancel, on Escape, and when the tab is closed. After `show`, asks again. */
  agreed(): Promise<boolean>;
  /** Shows what it is now, as something changed meanwhile. `why`: a sentence. */
  show(
    again: Partial<Pick<ChangesToShow, 'sentence' | 'source' | 'deed' | 'typed' | 'notes'>>,
    why: string,
  ): void;
  /** After the user agreed: how far the run is. */
  progress(progress: ChangesProgress): void;
  /** The run is over. */
  end(report: ChangesReport): void;
  /** Hears what is pressed from now on. */
  onPress(heard: (press: ChangesPress) => void): void;
  readonly closed: boolean;
  close(): void;
}

/** Shows changes to a user. */
export interface ShowsChanges {
  open(what: ChangesToShow): ChangesView;
}
