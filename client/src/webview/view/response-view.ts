/** The responses as they arrived: status, time, headers, body. */
import type { ShownResponse } from '#core/text/shown-response';
import { sizeOf } from '#core/text/size';
import { readJson } from '#core/values/read-json';
import { plural, visibleLines } from '../data/formats';
import { indented } from '../data/indent';
import type { Context, ResultView } from './context';
import { button, make } from './dom';
import { redraw } from './redraw';

export function responseView(
  host: HTMLElement,
  { model, send }: Context,
): ResultView & { setResponses: (responses: readonly ShownResponse[]) => void } {
  const body = make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Answers' });
  host.append(body);
  let responses: readonly ShownResponse[] = [];
  let drawn: readonly ShownResponse[] | undefined;
  const draw = () => {
    if (host.hidden || drawn === responses) return;
    drawn = responses;
    redraw(
      body,
      ...(responses.length === 0
        ? [make('p', { class: 'hint' }, 'No answer has arrived yet.')]
        : responses.map((response, at) => one(response, at))),
    );
  };
  function one(response: ShownResponse, at: number): HTMLElement {
    const { formats } = model;
    const title = titleOf(at, responses.length);
    const facts = [
      `${response.status} ${response.statusText}`.trim(),
      `${formats.count(Math.round(response.milliseconds))} ms`,
      sizeOf(response.bytes),
    ];
    const text = pretty(response);
    return make(
      'section',
      { class: 'response', 'aria-label': title },
      make(
        'h2',
        {},
        title,
        make('span', { class: `key status-${Math.floor(response.status / 100)}` }, facts.join(' · ')),
      ),
      make(
        'details',
        {},
        make('summary', {}, plural(formats, response.headers.length, 'header')),
        make(
          'table',
          { class: 'headers' },
          make(
            'tbody',
            {},
            ...response.headers.map(([name, value]) =>
              make(
                'tr',
                {},
                make('th', { scope: 'row' }, make('bdi', {}, name)),
                make('td', {}, make('bdi', {}, visibleLines(value))),
              ),
            ),
          ),
        ),
      ),
      make(
        'div',
        { class: 'view-tools' },
        button('Copy body', () => send({ type: 'copy', text: response.body, what: 'the body' })),
        response.cut
          ? make('span', { class: 'key' }, 'The body is long, so only its beginning is shown.')
          : undefined,
      ),
      make('pre', { class: 'raw' }, make('bdi', {}, visibleLines(text))),
    );
  }
  return {
    refresh: draw,
    focus: () => body.focus(),
    setResponses: (next) => {
      responses = next;
      draw();
    },
  };
}

function titleOf(at: number, count: number): string {
  if (count === 1) return 'Answer';
  if (at === 0) return 'First answer';
  return at === count - 1 ? 'Last answer' : `Answer ${at + 1}`;
}

/** Indents the body if it is complete JSON. */
function pretty({ body, cut }: ShownResponse): string {
  if (cut) return body;
  try {
    readJson(body);
    return indented(body);
  } catch {
    return body;
  }
}
