/** The page of an import, without data, as the extension and the tests show it. */
import { pageOf, type PageParts } from '../skeleton';

export const importPage = (parts: PageParts): string =>
  pageOf(
    parts,
    'Import',
    `<header>
<div class="line"><h1 id="title" tabindex="-1"></h1><span id="connection"></span><span id="busy" role="status"></span></div>
<p id="error" role="alert" hidden></p>
</header>
<main id="steps">
<section aria-labelledby="file-title"><h2 id="file-title">1. The file</h2><div id="choices"></div><ul id="notes"></ul><div id="preview" class="sideways records" tabindex="0" role="group" aria-label="The first rows"></div></section>
<section aria-labelledby="deed-title"><h2 id="deed-title">2. What becomes of the rows</h2><div id="module-line" class="line"></div><div id="deeds" role="radiogroup" aria-labelledby="deed-title"></div></section>
<section aria-labelledby="columns-title"><h2 id="columns-title">3. Which column is which field</h2><ul id="mapping-problems"></ul><div id="columns" class="sideways"></div></section>
<section aria-labelledby="problems-title" id="problem-part" hidden><h2 id="problems-title">4. Cells to mend</h2><div class="line"><input id="filter" type="search" placeholder="Filter by text" aria-label="Filter the problems by text" autocomplete="off" spellcheck="false"><span id="found" role="status"></span></div><div id="cells" class="sideways"></div></section>
</main>
<datalist id="modules"></datalist><datalist id="fields"></datalist>
<footer id="decision"><button type="button" id="plan" class="primary" disabled>Plan</button><button type="button" id="leave">Cancel</button><span id="missing"></span></footer>`,
  );
