/** The docs of all codes, from the `*.doc.ts` next to each check. `npm run docs` writes docs/diagnostics.md from them. Of the programs, only the command line contains them, for reports. */
import { BLOCK_PARSER_DOCS } from '../syntax/block-parser.doc';
import type { DiagnosticCode } from '../syntax/codes';
import type { DiagnosticDoc } from '../syntax/diagnostic-doc';
import { FILTER_PARSER_DOCS } from '../syntax/filter-parser.doc';
import { ADDRESS_DOCS } from './addresses.doc';
import { BODY_DOCS } from './bodies.doc';
import { CLAUSE_DOCS } from './clauses.doc';
import { DIRECTIVE_DOCS } from './directives.doc';
import { EXPECTATION_DOCS } from './expectations.doc';
import { FIELD_LIST_DOCS } from './field-lists.doc';
import { FILTER_COMPARISON_DOCS } from './filter-comparison.doc';
import { FILTER_FUNCTION_DOCS } from './filter-function.doc';
import { FILTER_UNSUPPORTED_DOCS } from './filter-unsupported.doc';
import { FRESHNESS_DOCS } from './freshness.doc';
import { ID_DOCS } from './ids.doc';
import { LIST_DOCS } from './lists.doc';
import { LONG_ADDRESS_DOCS } from './long-addresses.doc';
import { MODULE_DOCS } from './modules.doc';
import { NAME_DOCS } from './names.doc';
import { PAGING_DOCS } from './paging.doc';
import { PARENTHESES_DOCS } from './parentheses.doc';
import { SECRET_DOCS } from './secrets.doc';
import { SQL_ENGINE_DOCS } from './sql/engine.doc';
import { SQL_DOCS } from './sql/sql.doc';
import { VALUE_DOCS } from './values.doc';
import { WHOLE_DAY_DOCS } from './whole-days.doc';

export type { DiagnosticDoc };

/** In the order of docs/diagnostics.md within each section. */
export const DIAGNOSTIC_DOCS = {
  ...MODULE_DOCS,
  ...FIELD_LIST_DOCS,
  ...FRESHNESS_DOCS,
  ...PARENTHESES_DOCS,
  ...FILTER_COMPARISON_DOCS,
  ...FILTER_UNSUPPORTED_DOCS,
  ...VALUE_DOCS,
  ...WHOLE_DAY_DOCS,
  ...FILTER_PARSER_DOCS,
  ...FILTER_FUNCTION_DOCS,
  ...BLOCK_PARSER_DOCS,
  ...CLAUSE_DOCS,
  ...PAGING_DOCS,
  ...LONG_ADDRESS_DOCS,
  ...ID_DOCS,
  ...ADDRESS_DOCS,
  ...SECRET_DOCS,
  ...BODY_DOCS,
  ...NAME_DOCS,
  ...LIST_DOCS,
  ...DIRECTIVE_DOCS,
  ...EXPECTATION_DOCS,
  ...SQL_ENGINE_DOCS,
  ...SQL_DOCS,
} satisfies Record<DiagnosticCode, DiagnosticDoc>;
