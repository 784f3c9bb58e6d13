/** A stand-in for a web view: keeps what is sent to its page, and speaks for the page. */

export class FakePanel {
  visible = true;
  disposed = false;
  iconPath: unknown;
  /** What was sent to the page, first to last. */
  readonly sent: unknown[] = [];
  #hear: (message: unknown) => unknown = () => undefined;
  #close: () => void = () => undefined;

  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://view.example',
    asWebviewUri: (uri: unknown) => uri,
    postMessage: async (message: unknown) => Promise.resolve(this.sent.push(message) > 0),
    onDidReceiveMessage: (hear: (message: unknown) => unknown) => (this.#hear = hear),
  };

  constructor(public title: string) {}

  readonly onDidDispose = (close: () => void) => {
    const before = this.#close;
    this.#close = () => {
      before();
      close();
    };
    return { dispose: () => undefined };
  };

  reveal(): void {
    this.visible = true;
  }

  /** Also what the user does who closes the tab. */
  dispose(): void {
    this.disposed = true;
    this.#close();
  }

  /** Sends a message as the page does, and waits until it is handled, answers from memory included. */
  async say(message: unknown): Promise<void> {
    this.#hear(message);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
