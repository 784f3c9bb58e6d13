/** The page of the changes view, without data, as the extension and the tests show it. */
import { pageOf, type PageParts } from '../skeleton';

export const changesPage = (parts: PageParts): string =>
  pageOf(
    parts,
    'Changes',
    `<header>
<div class="line"><h1 id="title" tabindex="-1" aria-describedby="sentence why connection"></h1><span id="connection"></span></div>
<p id="why" role="alert" hidden></p>
<p id="sentence"></p>
<ul id="notes"></ul>
<section id="running" aria-label="Progress" hidden>
<div id="progress" role="progressbar" aria-label="Changes sent"><div id="bar"></div></div>
<div class="line"><span id="pace"></span><span id="controls" role="toolbar" aria-label="Sending"></span></div>
</section>
<section id="report" aria-label="Report" hidden></section>
</header>
<nav id="tools" aria-label="Which changes are shown" hidden>
<div id="counts" class="counts" role="group" aria-label="Kinds of changes"></div>
<div id="find" role="search"><input id="search" type="search" placeholder="Filter by text" aria-label="Filter the changes by text" autocomplete="off" spellcheck="false"><span id="found" role="status"></span></div>
</nav>
<main id="views">
<section id="many" class="view" aria-label="Changes" hidden></section>
<section id="one" class="view" aria-label="The change" hidden></section>
</main>
<footer id="decision"></footer>`,
  );
