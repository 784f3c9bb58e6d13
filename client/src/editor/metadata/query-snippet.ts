/** A query as the snippet of a new file, with the two keys that everything else follows from. */
import { querySnippet, type ReadyQuery } from '#language';

const HINTS = '# Ctrl+Space lists what can be written where the cursor is.\n# Ctrl+Enter runs the request.\n';

/** Where no module is known. */
export const FIRST_QUERY = `### \${1:My first query}\n${HINTS}GET \${2:CourseDate}\n$0`;

/** The cursor goes to the title, then to a value with other choices, then behind the query. */
export const snippetOf = (query: ReadyQuery): string => `${querySnippet(query, 'chosen', HINTS)}\n$0`;
