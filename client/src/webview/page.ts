/** The page of the results view, without data, as the extension and the tests show it. */
import { pageOf, type PageParts } from './skeleton';

/** Tabs in their order: the names of views and their labels. */
export const TABS = [
  ['grid', 'Grid'],
  ['record', 'Record'],
  ['json', 'JSON'],
  ['profile', 'Summary'],
  ['group', 'Group'],
  ['chart', 'Chart'],
  ['response', 'Answer'],
  ['compare', 'Comparison'],
] as const;

export type TabName = (typeof TABS)[number][0];

export function resultsPage(parts: PageParts): string {
  const tabs = TABS.map(
    ([name, label]) =>
      `<button type="button" role="tab" id="tab-${name}" aria-controls="view-${name}" aria-selected="${name === 'grid'}" tabindex="${name === 'grid' ? 0 : -1}"${name === 'compare' ? ' hidden' : ''}>${label}</button>`,
  ).join('');
  const views = TABS.map(
    ([name]) =>
      `<section class="view" role="tabpanel" id="view-${name}" aria-labelledby="tab-${name}"${name === 'grid' ? '' : ' hidden'}></section>`,
  ).join('\n');
  return pageOf(
    parts,
    'Results',
    `<header>
<nav id="trail" class="line" aria-label="Way back" hidden></nav>
<div class="line"><h1 id="title"></h1><span id="connection"></span><div id="actions" role="toolbar" aria-label="Results"></div></div>
<div class="line"><span id="method"></span><code id="address"></code></div>
<div class="line"><span id="summary" role="status"></span><span id="age"></span><span id="pace"></span></div>
<p id="error" role="alert" hidden></p>
<ul id="notes"></ul>
<div id="progress" role="progressbar" aria-label="Records fetched" hidden><div id="bar"></div></div>
</header>
<nav id="tools" aria-label="Views and tools">
<div id="tabs" role="tablist" aria-label="Views of the result">${tabs}</div>
<div id="find" role="search"><input id="search" type="search" placeholder="Search" aria-label="Search all columns" autocomplete="off" spellcheck="false"><span id="found"></span><span id="find-buttons"></span></div>
<div id="buttons" role="toolbar" aria-label="Columns, copy, export"></div>
</nav>
<div id="chips" role="region" aria-label="Filters and sorting" hidden></div>
<section id="figures" aria-label="Rows and selection"><span id="shown"></span><span id="selected"></span></section>
<main id="views">
<p id="empty" hidden></p>
<p id="waiting" hidden>Waiting for the first records…</p>
${views}
</main>
<footer id="status"><span id="edited" role="status"></span><span id="edit-buttons" hidden></span><span id="edit-note"></span></footer>`,
  );
}
