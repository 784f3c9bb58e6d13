/** The rules of accessibility that a program can check. */
import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = axe.source;

/** Fails with what axe-core finds on the page as it is; `what` says what it shows. */
export async function audit(page: Page, what: string): Promise<void> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  }>(`axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } })`);
  const told = violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
  assert.deepEqual(told, [], what);
}
