/** A small platform for language tests. Names are the API's. */
import type { FieldInfo, FieldType, Metadata } from '#language';

const field = (name: string, type: FieldType, more: Partial<FieldInfo> = {}): FieldInfo => ({
  name,
  type,
  filterable: true,
  sortable: true,
  ...more,
});

export const metadata: Metadata = {
  version: 1,
  root: 'https://demo.accessplanit.com/accessplan',
  fetchedAt: '2026-01-30T09:00:00Z',
  modules: [
    {
      name: 'CourseDate',
      fields: [
        field('ID', 'string'),
        field('Label', 'string'),
        field('CourseID', 'string'),
        field('StartDate', 'datetime'),
        field('EndDate', 'datetime'),
        field('Status', 'string', { values: ['Available', 'Full', 'Cancelled'] }),
        field('Cost', 'decimal'),
        field('VenueTown', 'string'),
        field('SpacesLeft', 'integer'),
        field('Online', 'boolean'),
        field('Overview', 'string', { sortable: false }),
        field('TagLabels', 'list', { filterable: false, sortable: false }),
        field('DateCreated', 'datetime', { writable: false }),
      ],
    },
    {
      name: 'User',
      fields: [
        field('ID', 'string'),
        field('Email', 'string'),
        field('Surname', 'string'),
        field('Forenames', 'string'),
        field('DOB', 'date'),
        field('MarketingOptIn', 'boolean'),
        field('CF_Region', 'string'),
      ],
    },
    { name: 'Venue' },
  ],
};

/** The present of all language tests. */
export const NOW = new Date(2026, 0, 31, 14, 30, 0);
