/** What a course date takes: its trainers and its resources, with what they cost (A). */
import { Dice, seedFrom } from '../random';
import type { Row } from '../values';
import type { Generator, World } from './world';
import { pounds, textOf } from './world';

/** Makes the records of each course date from its ID alone. */
function ofEachDate(
  world: World,
  what: string,
  make: (date: Row, dice: Dice) => { count: number; row: () => Omit<Row, 'ID'> },
): Row[] {
  const rows: Row[] = [];
  for (const [index, date] of world.rows('CourseDate').entries()) {
    const dice = new Dice(seedFrom(world.seed, `${what} of a course date`, Number(textOf(date, 'ID'))));
    const { count, row } = make(date, dice);
    // Even the smallest platform has one of each.
    for (let left = index === 0 ? Math.max(1, count) : count; left > 0; left--)
      rows.push({ ID: String(rows.length + 1), ...row() });
  }
  return rows;
}

const stamps = ({ calendar }: World, dice: Dice) => ({
  DateCreated: calendar.day(-dice.int(10, 270), dice.int(8, 17), dice.int(0, 59)),
  DateUpdated: calendar.day(-dice.int(0, 9), dice.int(8, 17), dice.int(0, 59)),
});

/** One course date in ten has no trainer yet, one in ten has two. */
export const trainerConfirmations: Generator = (world) => {
  const trainers = world.rows('User').filter((user) => user['MainRoleLabel'] === 'Trainer');
  const all = trainers.length === 0 ? world.rows('User') : trainers;
  return ofEachDate(world, 'trainers', (date, dice) => ({
    count: dice.pick([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]),
    row: () => {
      const trainer = dice.pick(all);
      return {
        Label: textOf(date, 'Label'),
        Description: null,
        CourseDateID: textOf(date, 'ID'),
        UserID: textOf(trainer, 'ID'),
        UserFullName: textOf(trainer, 'Fullname'),
        Cost: pounds(dice.int(180, 520) + dice.pick([0, 0, 0.5, 0.33])),
        Status: dice.pick(['Confirmed', 'Confirmed', 'Confirmed', 'Requested', 'Declined']),
        ...stamps(world, dice),
      };
    },
  }));
};

const RESOURCES: readonly (readonly [label: string, cost: number])[] = [
  ['Projector', 15],
  ['First aid manikin', 12.5],
  ['Fire extinguisher', 8.35],
  ['Forklift truck', 95],
  ['Course book', 6.99],
  ['Lunch', 9.1],
];

export const resourceRequirements: Generator = (world) =>
  ofEachDate(world, 'resources', (date, dice) => ({
    count: dice.int(0, 3),
    row: () => {
      const index = dice.int(0, RESOURCES.length - 1);
      const [label, cost] = RESOURCES[index] ?? ['Projector', 15];
      const quantity = dice.int(1, 12);
      return {
        Label: label,
        Description: null,
        CourseDateID: textOf(date, 'ID'),
        StartDate: textOf(date, 'StartDate'),
        CourseID: textOf(date, 'CourseID'),
        CourseLabel: textOf(date, 'Label'),
        IsActive: true,
        ResourceID: String(index + 1),
        ResourceLabel: label,
        Quantity: quantity,
        Cost: pounds(cost * quantity),
        Status: 'Active',
        ...stamps(world, dice),
      };
    },
  }));
