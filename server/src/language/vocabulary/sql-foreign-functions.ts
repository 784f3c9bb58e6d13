/** Functions of other databases, and what SQLite has instead. */
import { ownValue } from '../text/own-value';

interface ForeignFunction {
  /** The function of SQLite that takes the same arguments. */
  readonly same?: string;
  /** What to write, where it takes others. */
  readonly instead?: string;
}

const ROWS: Readonly<Record<string, ForeignFunction>> = {
  array_agg: { same: 'json_group_array' },
  averageif: { instead: 'avg(case when condition then value end)' },
  charindex: { instead: 'instr(text, sought)' },
  concatenate: { same: 'concat' },
  convert: { instead: "cast(value as integer), or strftime('%Y-%m', date) for a date" },
  countif: { instead: 'sum(case when condition then 1 else 0 end)' },
  countifs: { instead: 'sum(case when condition then 1 else 0 end)' },
  curdate: { instead: "'{{$today}}'" },
  date_add: { instead: "date(StartDate, '+7 days')" },
  date_diff: { instead: 'julianday(later) - julianday(earlier)' },
  date_format: { instead: "strftime('%Y-%m', date)" },
  date_sub: { instead: "date(StartDate, '-7 days')" },
  date_trunc: { instead: "strftime('%Y-%m', date)" },
  dateadd: { instead: "date(StartDate, '+7 days')" },
  datediff: { instead: 'julianday(later) - julianday(earlier)' },
  datepart: { instead: "strftime('%Y', date)" },
  day: { instead: "strftime('%d', date)" },
  edate: { instead: "date(StartDate, '+1 month')" },
  eomonth: { instead: "date(StartDate, 'start of month', '+1 month', '-1 day')" },
  extract: { instead: "strftime('%Y', date)" },
  getdate: { instead: "'{{$now}}'" },
  greatest: { same: 'max' },
  iferror: { instead: 'coalesce(value, otherwise): a division by 0 is null' },
  initcap: { instead: 'upper(substr(text, 1, 1)) || lower(substr(text, 2))' },
  isnull: { same: 'ifnull' },
  last_day: { instead: "date(StartDate, 'start of month', '+1 month', '-1 day')" },
  lcase: { same: 'lower' },
  least: { same: 'min' },
  left: { instead: 'substr(text, 1, length)' },
  len: { same: 'length' },
  listagg: { same: 'group_concat' },
  mid: { same: 'substr' },
  month: { instead: "strftime('%m', date)" },
  now: { instead: "'{{$now}}'" },
  nvl: { same: 'ifnull' },
  position: { instead: 'instr(text, sought)' },
  proper: { instead: 'upper(substr(text, 1, 1)) || lower(substr(text, 2))' },
  right: { instead: 'substr(text, -length)' },
  str_to_date: { instead: "the date as '2025-01-31', as answers have it" },
  sumif: { instead: 'sum(case when condition then value end)' },
  sumifs: { instead: 'sum(case when condition then value end)' },
  text: { instead: "strftime('%Y-%m', date), or format('%.2f', number)" },
  to_char: { instead: "strftime('%Y-%m', date)" },
  to_date: { instead: 'date(text)' },
  to_number: { instead: 'cast(text as real)' },
  today: { instead: "'{{$today}}'" },
  truncate: { same: 'trunc' },
  ucase: { same: 'upper' },
  value: { instead: 'cast(text as real)' },
  vlookup: { instead: 'a join: join companies c on c.ID = i.CompanyID' },
  xlookup: { instead: 'a join: join companies c on c.ID = i.CompanyID' },
  year: { instead: "strftime('%Y', date)" },
};

/** In any case. */
export const foreignFunctionOf = (name: string): ForeignFunction | undefined =>
  ownValue(ROWS, name.toLowerCase());
