/** The page of the query builder, without data, as the extension and the tests show it. */
import { pageOf, type PageParts } from '../skeleton';

export const builderPage = (parts: PageParts): string =>
  pageOf(
    parts,
    'Query Builder',
    `<header>
<div class="line"><h1 id="title" tabindex="-1">Query Builder</h1><span id="file" class="hint"></span><span id="connection"></span></div>
<p id="error" role="alert" hidden></p>
</header>
<div id="nothing" hidden><p id="nothing-text" role="status"></p><button type="button" id="new-file">New Query File</button></div>
<main id="parts">
<section aria-labelledby="module-title"><h2 id="module-title">Module</h2><div id="module-part"></div></section>
<section aria-labelledby="fields-title"><h2 id="fields-title">Fields</h2><div id="fields-part"></div></section>
<section aria-labelledby="conditions-title"><h2 id="conditions-title">Only records where</h2><div id="conditions-part"></div></section>
<section aria-labelledby="order-title"><h2 id="order-title">Sorted by</h2><div id="order-part"></div></section>
<section aria-labelledby="amount-title"><h2 id="amount-title">How many</h2><div id="amount-part" role="radiogroup" aria-labelledby="amount-title"></div></section>
<section aria-labelledby="others-title" id="others-section" hidden><h2 id="others-title">Written by hand</h2><p class="hint">The builder keeps these lines as they are. Edit them in the file.</p><ul id="others"></ul></section>
<section aria-labelledby="answer-title" id="answer-section"><h2 id="answer-title">First records</h2><label class="switch"><input type="checkbox" role="switch" id="preview">Ask the platform after each change</label><p id="answer-note" class="hint"></p><div id="answer" class="sideways records" tabindex="0" role="group" aria-label="The first records"></div></section>
</main>
<div id="problems" role="status"></div>
<footer id="decision"><button type="button" id="run" class="primary">Run</button><button type="button" id="edit">Show in Editor</button><span id="count" role="status"></span></footer>`,
  );
