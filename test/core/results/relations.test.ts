/** Which records are related to a record, and how they are asked for. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ApiRecord } from '#core/results/read-page';
import { relationsOf } from '#core/results/relations';
import { relatedRequest } from '#core/running/related-request';
import type { FieldType, Metadata } from '#language';

/** `Name: field field:list …` */
const METADATA: Metadata = {
  version: 1,
  root: 'https://acme.accessplanit.com/accessplan',
  fetchedAt: '2026-01-31T12:00:00Z',
  modules: [
    'Course: ID Label TrainerUserIDs:list',
    'CourseDate: ID Label CourseID',
    'User: ID Fullname MainCompanyID ManagerUserID Paid:boolean',
    'Company: ID Name ParentID',
    'Invoice: ID Reference CompanyID TargetID TargetIDType',
    'UserCourseDate: ID Status',
    'UserRole: ID UserID RoleID',
    'Role: ID Name',
    'Award: ID AwardedByUserID:no',
    'Zebra: ID UserID',
    'Venue',
  ].map((line) => {
    const [name = '', fields] = line.split(': ');
    return {
      name,
      ...(fields !== undefined && {
        fields: fields.split(' ').map((text) => {
          const [field = '', type = 'string'] = text.split(':');
          const filterable = type !== 'no';
          return {
            name: field,
            type: (filterable ? type : 'string') as FieldType,
            filterable,
            sortable: true,
          };
        }),
      }),
    };
  }),
};
const TARGET = { connection: { root: METADATA.root }, traits: {} };

describe('the relations of a record', () => {
  const CASES: readonly (readonly [
    what: string,
    module: string | undefined,
    record: ApiRecord,
    expected: readonly string[],
  ])[] = [
    [
      'a course: its dates; a list can’t be asked for one ID',
      'Course',
      { ID: '7' },
      [`GET CourseDate $filter=CourseID eq '7'`],
    ],
    [
      'a course date: its course, and bookings with a combined ID',
      'CourseDate',
      { ID: '2001', CourseID: '7' },
      [`GET Course $filter=ID eq '7'`, `GET UserCourseDate $filter=endswith(ID,'~2001')`],
    ],
    [
      'a booking: both parts of its combined ID',
      'UserCourseDate',
      { ID: '1027~2001' },
      [`GET User $filter=ID eq '1027'`, `GET CourseDate $filter=ID eq '2001'`],
    ],
    ['an ID that is not combined names nothing', 'UserCourseDate', { ID: '1027' }, []],
    [
      'a user: common modules first, a combined ID only where no field tells, no field that can’t be filtered',
      'User',
      { ID: '1' },
      [
        `GET UserCourseDate $filter=startswith(ID,'1~')`,
        `GET User $filter=ManagerUserID eq '1'`,
        `GET UserRole $filter=UserID eq '1'`,
        `GET Zebra $filter=UserID eq '1'`,
      ],
    ],
    [
      'a company: its parent, those below it, whatever ends with its name',
      'company',
      { ID: '5', ParentID: '4' },
      [
        `GET Company $filter=ID eq '4'`,
        `GET User $filter=MainCompanyID eq '5'`,
        `GET Company $filter=ParentID eq '5'`,
        `GET Invoice $filter=CompanyID eq '5'`,
      ],
    ],
    [
      'a field beside it says which module is meant',
      'Invoice',
      { ID: '1', TargetID: '9', TargetIDType: 'User' },
      [`GET User $filter=ID eq '9'`],
    ],
    [
      'all IDs of a list, each once',
      'Course',
      { TrainerUserIDs: ['3', '', '4', '3'] },
      [`GET User $filter=ID eq '3' or ID eq '4'`],
    ],
    ['no value', 'CourseDate', { CourseID: '', UserID: null, CompanyID: [] }, []],
    ['a quote in an ID', 'CourseDate', { CourseID: "O'B" }, [`GET Course $filter=ID eq 'O''B'`]],
    ['a number', 'CourseDate', { CourseID: 12 }, [`GET Course $filter=ID eq '12'`]],
    [
      'a result of SQL: what is clearly an ID',
      undefined,
      { ID: '1', CourseID: '7', paid: '3', ParentID: '2' },
      [`GET Course $filter=ID eq '7'`],
    ],
    ['a module that the metadata lack', 'Nonsense', { ID: '1' }, []],
    ['hostile names', 'constructor', { ID: '1', constructorID: '2', __proto__ID: '3' }, []],
  ];
  for (const [what, module, record, expected] of CASES)
    it(what, () => {
      const found = relationsOf(record, { module, metadata: METADATA }).map((relation) => {
        const { wire } = relatedRequest(record, relation, TARGET) ?? {};
        return `GET ${wire?.module ?? ''} ${(wire?.query ?? []).map(({ name, value }) => `${name}=${value}`).join('&')}`;
      });
      assert.deepEqual(found, expected);
    });

  it('have names of their own', () => {
    const ids = relationsOf({ ID: '5', ParentID: '4' }, { module: 'Company', metadata: METADATA }).map(
      ({ id }) => id,
    );
    assert.deepEqual(ids, [
      'names ParentID',
      'namedBy User.MainCompanyID',
      'namedBy Company.ParentID',
      'namedBy Invoice.CompanyID',
    ]);
  });

  it('are none without metadata', () =>
    assert.deepEqual(relationsOf({ ID: '1', CourseID: '7' }, { module: 'Course', metadata: undefined }), []));

  it('ask for a page of a long list, and say of how many', () => {
    const record = { CourseIDs: Array.from({ length: 80 }, (_, at) => String(at)) };
    const [relation] = relationsOf(record, { module: 'User', metadata: METADATA });
    assert.ok(relation !== undefined);
    const request = relatedRequest(record, relation, TARGET);
    assert.deepEqual([request?.asked, request?.of], [50, 80]);
  });
});
