/** Records like those of a training administrator. */

const TOWNS = ['Lancaster', 'York', 'Leeds', 'Preston', 'Kendal', 'Carlisle'];
const COURSES = ['First aid at work', 'Fire warden', 'Manual handling', 'Working at height', 'Food hygiene'];
const STATUS = ['Available', 'Full', 'Cancelled', 'Provisional'];

export const courseDates = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, at) => ({
    ID: String(2000 + at),
    Label: `${COURSES[at % 5] ?? ''}, ${TOWNS[(at * 7) % 6] ?? ''}`,
    CourseID: ['FirAid', 'FirWar', 'ManHan', 'WorHei', 'FooHyg'][at % 5],
    StartDate: new Date(Date.UTC(2026, 0, 5 + ((at * 13) % 400), 9)).toISOString().slice(0, 19),
    VenueTown: at % 17 === 0 ? null : TOWNS[(at * 7) % 6],
    Status: STATUS[(at + Math.floor(at / 3)) % 4],
    Places: 8 + (at % 9),
    SpacesLeft: at % 9,
    Cost: 95 + ((at * 37) % 300) + (at % 2) / 2,
    Online: at % 3 === 0,
    TrainerIDs: at % 4 === 0 ? [] : [`T${at % 12}`, `T${(at + 5) % 12}`],
    Notes:
      at % 11 === 0 ? '' : at % 5 === 0 ? 'Bring photo identification.\nLunch is provided.' : 'Confirmed',
    ...(at % 10 === 9 ? {} : { Venue: { Room: `R${at % 7}`, Floor: at % 3 } }),
  }));
