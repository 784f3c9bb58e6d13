/** What a file sends. */
import { serviceWith } from '../../language/support/language';

const service = serviceWith();

/** What each request sends, or why it can't. */
export function sent(text: string): unknown[] {
  const document = service.parse(text);
  return service.requests(document).map((request) => {
    const built = service.build(document, request);
    return built.ok ? built.request : built.problems.map(({ reason }) => reason);
  });
}
