/** The page of changes in Chromium: what users see and press before anything is written, and how it went. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PlannedChange } from '#core/writing/planned-change';
import type { ChangesHead } from '#webview/changes/messages';
import { audit } from './support/audit';
import { ChangesPages, type ShownChanges } from './support/changes-page';
import {
  CREATE,
  DELETE,
  PERSON,
  plan,
  REFUSED,
  UNCHANGED,
  UNFORESEEN,
  UPDATE,
} from './support/sample-changes';
import { THEMES } from './support/themes';
import { type Looks, sharedPages } from './support/view-page';

describe('the changes view', () => {
  const pages = sharedPages(new ChangesPages());
  let view: ShownChanges;

  const show = async (
    changes: readonly PlannedChange[],
    head: Partial<ChangesHead> = {},
    looks: Looks = {},
  ) => (view = await pages.open(changes, head, looks));
  const done = async () => {
    assert.deepEqual(view.problems, []);
    await view.page.close();
  };
  /** The rows of a table, cells joined by bars. */
  const rows = async (table = '.fields') =>
    view.page
      .locator(`${table} tr`)
      .evaluateAll((all) =>
        all.map((row) =>
          [...(row as unknown as { children: Iterable<{ innerText: string }> }).children]
            .map(({ innerText }) => innerText.trim().replace(/\s+/g, ' '))
            .join(' | '),
        ),
      );
  const lines = async () =>
    view.page.locator('.list .planned').evaluateAll((all) =>
      all.map((row) =>
        [...(row as unknown as { children: Iterable<{ innerText: string }> }).children]
          .map(({ innerText }) => innerText.trim())
          .filter((text) => text !== '')
          .join(' | '),
      ),
    );
  const focused = async () =>
    view.page.evaluate('document.activeElement.id || document.activeElement.innerText');
  const said = async () => (await view.said()).filter(({ type }) => type !== 'slice' && type !== 'ready');

  it('offers its deed only for what it shows', async () => {
    const { page, head } = await show([UPDATE]);
    assert.equal(await page.locator('#deed').count(), 1);
    await page.evaluate('window.hear = undefined');
    await head({ why: 'Somebody changed it meanwhile.' });
    await page.locator('#why').waitFor();
    assert.deepEqual(await page.locator('#decision button').allTextContents(), ['Cancel', 'Show Request']);
    await page.keyboard.press('Enter');
    assert.deepEqual(await said(), []);
    await done();
  });

  it('shows each field now and after, and says what stays as it is', async () => {
    const { page } = await show([UPDATE]);
    assert.deepEqual(
      (await rows()).filter((row) => !row.startsWith('Notes')),
      [
        'Field | Now | After',
        'Surname | O’Brien | O’Brien-Müller',
        'StartDate | 2026-01-31T09:00:00 31 Jan 2026, 09:00 | 2026-02-01T09:30:00 01 Feb 2026, 09:30',
        'Groups | First aiders Fire wardens Lancaster | First aiders York Lancaster',
        'Phone | null | empty',
        'Address2 | empty | 12 Castle Hill',
        'Fax | not shown by the platform | null',
        'Places | 12 | twelve ⚠ Places takes whole numbers, and “twelve” is a text.',
        'Password | *** | ***',
        'Email | zoe@example.org | unchanged',
        'Balance | 1250.5 | unchanged',
      ],
    );
    assert.deepEqual(await page.locator('.fields ins').allTextContents(), [
      '-Müller',
      'evening',
      'York',
      '2026-02-01T09:30:00',
      'York',
      'empty',
      '12 Castle Hill',
      'null',
      'twelve',
    ]);
    // What is no text is a box of its own; the text “null” is none.
    assert.deepEqual(await page.locator('.fields .void').allTextContents(), [
      ...['null', 'empty', 'empty'],
      'not shown by the platform',
    ]);
    // The long text that stays is folded, and can be unfolded.
    const folded = page.getByRole('button', { name: /characters that stay/ });
    assert.equal(await folded.count(), 2);
    await folded.first().click();
    assert.equal(await folded.count(), 1);
    assert.ok(!(await page.locator('body').innerText()).includes('hunter2'));
    await done();
  });

  it('shows a new record with its types, and what is unchanged as such', async () => {
    await show([CREATE], { deed: 'Create' });
    assert.deepEqual(await rows(), [
      'Field | Value | Type',
      'Forenames | Bea | text',
      'Surname | Smith | text',
      'StartDate | 2026-03-01 01 Mar 2026 | date',
      'Groups | Fire wardens York | list',
      'Active | true | true or false',
      'Phone | null | text',
      'Colour | red | unknown type',
    ]);
    await done();
    await show([UNCHANGED]);
    assert.deepEqual((await rows()).slice(1), [
      'Surname | O’Brien | unchanged',
      'Balance | 1250.5 | unchanged',
    ]);
    await done();
  });

  it('shows the records that a refused upsert fits, with nothing to agree to', async () => {
    const { page } = await show([REFUSED], { deed: undefined });
    assert.deepEqual(await rows('.matches'), [
      'ID | Forenames | Surname | Email',
      '1001 | Ann | Smith | ann@example.org',
      '1044 | Bob | Smith | bob@example.org',
      '1050 | Cy | Smith | cy@example.org',
    ]);
    assert.match(await page.locator('.remark').innerText(), /^Three users fit/);
    assert.deepEqual(await page.locator('#decision button').allTextContents(), ['Cancel', 'Show Request']);
    await page.getByRole('button', { name: 'Show Request' }).click();
    assert.deepEqual(await said(), [{ type: 'request', row: 1 }]);
    await done();
  });

  it('shows what would be sent where nothing can be foreseen, without secrets', async () => {
    const { page } = await show([UNFORESEEN]);
    assert.match(await page.locator('.remark').innerText(), /^You have no right to read users/);
    assert.equal(
      await page.locator('.raw').innerText(),
      'PUT /api/v2/User/1027\n\n{\n  "Surname": "Jones",\n  "Password": "***"\n}',
    );
    await done();
  });

  it('wants the ID typed before a deletion in production, which shows the whole record', async () => {
    const { page } = await show([DELETE], { production: true, deed: 'Mark as Deleted', typed: '1027' });
    assert.deepEqual(
      (await rows()).map((row) => row.split(' | ')[0]),
      ['Field', ...Object.keys(PERSON).filter((name) => name !== 'Phone' && name !== 'Address2')],
    );
    assert.equal(await page.locator('#one .hint').innerText(), 'Without a value: Phone, Address2.');
    const deed = page.locator('#deed');
    await page.locator('#typed').fill('102');
    assert.equal(await deed.isDisabled(), true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('7');
    assert.equal(await deed.isDisabled(), false);
    // One key more than the ID: Enter leads to the button.
    await page.keyboard.press('Enter');
    assert.deepEqual(await said(), []);
    assert.equal(await focused(), 'deed');
    await page.keyboard.press('Enter');
    assert.deepEqual(await said(), [{ type: 'agree', typed: '1027', version: 2 }]);
    await done();
  });

  for (const [where, head, agrees] of [
    ['agrees by Enter on the page', {}, true],
    ['does not agree by Enter in production', { production: true }, false],
    ['does not agree by Enter where an ID has to be typed', { typed: '1027' }, false],
    ['does not agree by Enter where there is nothing to do', { deed: undefined }, false],
  ] as const)
    it(`begins at the title, and ${where}`, async () => {
      const { page } = await show([UPDATE], head);
      assert.equal(await focused(), 'title');
      assert.equal(await page.locator('#title').getAttribute('aria-describedby'), 'sentence why connection');
      await page.keyboard.press('Control+Enter');
      assert.deepEqual(await said(), []);
      await page.keyboard.press('Enter');
      assert.deepEqual(await said(), agrees ? [{ type: 'agree', typed: '', version: 2 }] : []);
      await done();
    });

  it('does not take a key that is held down for a consent', async () => {
    const { page } = await show([UPDATE]);
    await page.evaluate(
      "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true }))",
    );
    assert.deepEqual(await said(), []);
    await done();
  });

  it('cancels by Escape and by the button', async () => {
    const { page } = await show([UPDATE]);
    await page.keyboard.press('Escape');
    await page.locator('#cancel').click();
    assert.deepEqual(await said(), [{ type: 'cancel' }, { type: 'cancel' }]);
    await done();
  });

  it('shows again what changed meanwhile, from the title on', async () => {
    const { page, head } = await show([UPDATE]);
    await page.locator('#cancel').focus();
    await head({ why: 'Surname was changed meanwhile.', deed: 'Change 1 Field' });
    await page.locator('#why').filter({ hasText: 'Surname was changed meanwhile.' }).waitFor();
    assert.equal(await focused(), 'title');
    await page.getByRole('button', { name: 'Change 1 Field' }).click();
    assert.deepEqual(await said(), [{ type: 'agree', typed: '', version: 3 }]);
    await done();
  });

  it('lists ten thousand, problems first, and asks only for those in sight', async () => {
    const { page, said: all } = await show(plan(10_000));
    assert.deepEqual(await page.locator('#counts button').allTextContents(), [
      '~ 8,000 will be changed',
      '= 1,000 stay as they are',
      '✕ 1,000 refused',
    ]);
    assert.equal(
      (await lines())[0],
      '8 | ✕ Refused | User 2007 | Row 8 has the same ID as row 7. Places: Places takes whole numbers.',
    );
    await page.locator('.list [tabindex="0"]').focus();
    await page.keyboard.press('End');
    await page.locator('.planned').filter({ hasText: 'Person 9999' }).waitFor();
    const slices = (await all()).flatMap((message) => (message.type === 'slice' ? [message.count] : []));
    assert.ok(slices.length <= 4 && slices.every((count) => count <= 100), String(slices));
    await page.locator('#counts .unchanged').click();
    await page.locator('#found').filter({ hasText: '1,000 of 10,000 changes' }).waitFor();
    await page.locator('#search').fill('person 1003');
    await page.locator('#found').filter({ hasText: '1 of 10,000 changes' }).waitFor();
    assert.deepEqual(await lines(), ['1,004 | = Unchanged | Dee Person 1003 · User 3003']);
    await page.keyboard.press('Escape');
    await page.locator('#found').filter({ hasText: '1,000 of 10,000 changes' }).waitFor();
    assert.deepEqual(await said(), []);
    await done();
  });

  it('unfolds changes to their fields, and shows one in full, by keyboard', async () => {
    const { page } = await show(plan(20));
    await page.locator('.list [tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('.list :focus').getAttribute('aria-expanded'), 'true');
    assert.deepEqual((await lines()).slice(2, 7), [
      '1 | ~ Change | Ann Person 0 · User 2000 | Surname: Person 0 → Person 0 of Leeds',
      'Surname | Person 0 → Person 0 of Leeds',
      'Town | York unchanged',
      'Show in full…',
      '2 | ~ Change | Bob Person 1 · User 2001 | Surname: Person 1 → Person 1 of Leeds',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'back');
    assert.deepEqual(await rows(), [
      'Field | Now | After',
      'Surname | Person 0 | Person 0 of Leeds',
      'Town | York | unchanged',
    ]);
    // The first Escape leads back to the list; only the next one cancels.
    await page.keyboard.press('Escape');
    assert.match(String(await focused()), /Surname/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.equal((await lines()).length, 20);
    assert.deepEqual(await said(), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await said(), [{ type: 'cancel' }]);
    await done();
  });

  it('shows how far it is, and can be paused, continued and stopped; the report has each row once', async () => {
    const { page, head, source } = await show(plan(20));
    const progress = { done: 3, of: 16, failed: 1, text: '12 a second, 2 s left', paused: false };
    source.settle(1, { outcome: 'done', text: '' });
    source.settle(2, { outcome: 'failed', text: 'The platform refused it.' });
    source.settle(3, { outcome: 'unknown', text: 'No answer came.' });
    await head({ phase: 'sending', progress });
    await page
      .locator('#pace')
      .filter({ hasText: '3 of 16 sent · 1 failed · 12 a second, 2 s left' })
      .waitFor();
    await page.locator('.planned.unknown').waitFor();
    assert.equal(await page.locator('#decision').isVisible(), false);
    assert.deepEqual((await lines()).slice(0, 2), [
      '2 | ✕ Failed | Bob Person 1 · User 2001 | The platform refused it.',
      '3 | ? Outcome unknown | Cy Person 2 · User 2002 | No answer came.',
    ]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await head({ progress: { ...progress, paused: true } });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    // A key that cancels before does nothing while changes are sent.
    await page.keyboard.press('Escape');
    source.end();
    await head({
      phase: 'ended',
      report: { sentence: 'Stopped.', notes: [], actions: [{ id: 'failed', label: 'Open Failed Rows' }] },
    });
    assert.equal(await focused(), 'title');
    assert.equal(
      (await page.locator('#report').innerText()).replace(/\s+/g, ' '),
      'Done 1 Failed 1 Outcome unknown 1 Not sent 17 All 20',
    );
    await page.getByRole('button', { name: 'Open Failed Rows' }).click();
    assert.deepEqual(
      (await said()).map((message) => ('id' in message ? message.id : message.type)),
      ['pause', 'continue', 'stop', 'failed'],
    );
    await done();
  });

  it('takes the focus neither from a text that is typed nor from the button that has it', async () => {
    const { page, head, source } = await show(plan(20));
    await page.locator('#cancel').focus();
    await head({ deed: 'Change 15' });
    await page.locator('#deed').filter({ hasText: 'Change 15' }).waitFor();
    assert.equal(await focused(), 'cancel');
    await head({ why: 'Somebody changed it meanwhile.' });
    assert.equal(await focused(), 'title', 'what is asked anew is said anew');
    const progress = { done: 3, of: 16, failed: 0, text: '', paused: false };
    await head({ phase: 'sending', progress });
    await page.getByRole('button', { name: 'Stop' }).focus();
    await head({ progress: { ...progress, paused: true } });
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    assert.equal(await focused(), 'Stop');
    await page.locator('#search').click();
    await page.keyboard.type('Per');
    source.end();
    await head({ phase: 'ended', report: { sentence: 'Done.', notes: [], actions: [] } });
    await page.keyboard.type('son');
    assert.equal(await page.locator('#search').inputValue(), 'Person');
    await done();
  });

  it('keeps what is selected in a change that is shown in full', async () => {
    const { page, head } = await show(plan(20));
    await page.locator('.planned').nth(1).click();
    await page.getByText('Show in full…').first().click();
    await page.locator('#back').waitFor();
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector('.one h2'))`);
    const progress = { done: 3, of: 16, failed: 0, text: '', paused: false };
    await head({ phase: 'sending', progress });
    await page.locator('#pace').filter({ hasText: '3 of 16 sent' }).waitFor();
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
    assert.notEqual(await page.evaluate('String(getSelection())'), '');
    assert.equal(await focused(), 'back');
    await done();
  });

  it('shows hostile texts as text, under the security policy', async () => {
    const hostile = '<img src=x onerror="document.title=1">\u202e\u0007';
    const change: PlannedChange = {
      outcome: 'update',
      request: UPDATE.request,
      id: hostile,
      record: { Label: hostile },
      fields: [
        {
          name: hostile,
          type: 'string',
          before: hostile,
          after: `${hostile}x`,
          changes: true,
          problem: hostile,
        },
      ],
    };
    for (const changes of [[change], [change, { ...REFUSED, reason: hostile, matches: [{ ID: hostile }] }]]) {
      const { page } = await show(changes, {
        title: hostile,
        sentence: hostile,
        why: hostile,
        notes: [hostile],
      });
      if (changes.length > 1) {
        await page.locator('.planned[aria-expanded]').last().click();
        await page.locator('.planned.part').first().waitFor();
      }
      assert.equal(await page.locator('img').count(), 0);
      const hidden = /[\u202e\u0007]/.exec(await page.locator('body').innerText());
      assert.equal(hidden, null);
      await done();
    }
  });

  for (const theme of Object.keys(THEMES))
    it(`has no fault that axe-core finds: ${theme}`, async () => {
      const why = 'It was changed meanwhile.';
      for (const change of [UPDATE, REFUSED, UNFORESEEN]) {
        const { page } = await show(
          [change],
          { why, typed: '1027', production: true, notes: ['A note.'] },
          { theme },
        );
        await audit(page, change.outcome);
        await done();
      }
      const { page, head } = await show(plan(30), {}, { theme });
      await page.locator('.planned.refused').first().click();
      await page.locator('.planned.part').first().waitFor();
      await page.locator('#counts .refused').click();
      await audit(page, 'many');
      await head({
        phase: 'sending',
        progress: { done: 1, of: 2, failed: 0, text: '1 a second', paused: false },
      });
      await audit(page, 'sending');
      await head({ phase: 'ended', report: { sentence: 'Done.', notes: [], actions: [] } });
      await audit(page, 'ended');
      await done();
    });

  it('reflows at 400% and keeps the buttons in sight', async () => {
    const { page } = await show([UPDATE], {}, { viewport: { width: 320, height: 400 } });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    assert.equal(await page.locator('#cancel').isVisible(), true);
    await done();
  });
});
