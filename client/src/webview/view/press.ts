/**
 * What would be drawn anew while a button of the mouse is pressed waits for its release: a click is lost where what was
 * pressed is gone by then.
 */

/** A click takes less; a drag must not hold everything back. In milliseconds. */
const MOST = 400;

let isPressed = false;
let limit: ReturnType<typeof setTimeout> | undefined;
const waiting: (() => void)[] = [];

/** Does the work now or, while a button is pressed, after its release; in the order in which it was asked for. */
export function afterPress(work: () => void): void {
  if (isPressed || waiting.length > 0) waiting.push(work);
  else work();
}

/** Takes the messages of the extension. It makes the page, and only it posts messages to it. */
export function listen<Message>(take: (message: Message) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<Message>) => afterPress(() => take(data)));
}

function press(): void {
  isPressed = true;
  clearTimeout(limit);
  limit = setTimeout(release, MOST);
}

function release(): void {
  isPressed = false;
  clearTimeout(limit);
  // The click comes first.
  if (waiting.length > 0) setTimeout(goOn);
}

/** Each in a task of its own, so that one that fails does not keep the rest from being done. */
function goOn(): void {
  const next = isPressed ? undefined : waiting.shift();
  if (next === undefined) return;
  if (waiting.length > 0) setTimeout(goOn);
  next();
}

window.addEventListener('pointerdown', press, { capture: true });
for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, { capture: true });
