/** The metadata of the sample platform, as a refresh has them. */
import assert from 'node:assert/strict';
import { parseFields } from '#core/metadata/help-feed';
import type { Metadata } from '#language';
import { findModule, moduleNames } from '#platform/catalog';
import { fieldFeed } from '#platform/help';

/** As fetched at `now`. */
export const metadataOfSample = (now: Date): Metadata => ({
  version: 1,
  root: 'https://sample.accessplanit.com/accessplan',
  fetchedAt: now.toISOString(),
  modules: moduleNames.map((name) => {
    const module = findModule(name);
    assert.ok(module, name);
    return { name, fields: [...parseFields(fieldFeed(module)).items] };
  }),
});
