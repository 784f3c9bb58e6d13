/** What a plan of many rows is going to do, in one sentence. */
import type { RowCounts } from './planned-row';

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** @param cleared How many fields will be emptied. */
export function describePlan(
  { create, update, unchanged, refused, unforeseen }: RowCounts,
  cleared: number,
  module: string,
): string {
  const number = (count: number) => count.toLocaleString('en-GB');
  const deeds = [
    ...(create === 0 ? [] : [`creates ${number(create)}`]),
    ...(update === 0 ? [] : [`changes ${number(update)}`]),
  ];
  const last = update === 0 ? create : update;
  const first =
    deeds.length === 0
      ? `This writes nothing to ${module}.`
      : `This ${deeds.join(' and ')} ${last === 1 ? 'record' : 'records'} of ${module}.`;
  const left = [
    ...(cleared === 0 ? [] : [`${counted(cleared, 'field is', 'fields are')} emptied.`]),
    ...(unchanged === 0
      ? []
      : [`${counted(unchanged, 'row changes nothing and is', 'rows change nothing and are')} not sent.`]),
    ...(refused + unforeseen === 0
      ? []
      : [
          `${counted(refused + unforeseen, 'row would be refused and is', 'rows would be refused and are')} left out.`,
        ]),
  ];
  return [first, ...left].join(' ');
}
