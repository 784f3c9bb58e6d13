/** Attendance: users on course dates, on the web and in e-learning, and messages to them. */
import type { Row } from '../values';
import type { Generator } from './world';
import { numberOf, textOf, times } from './world';

export const userCourseDates: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allUsers = world.rows('User');
  const dates = world.rows('CourseDate');
  const titles = new Map(world.rows('Course').map((course) => [course['ID'], textOf(course, 'Label')]));
  const seen = new Set<string>();
  const rows: Row[] = [];
  // Bounded, as a small set may have fewer pairs than are wanted.
  for (let tries = 0; rows.length < sizes.userCourseDates && tries < sizes.userCourseDates * 3; tries++) {
    const user = dice.pick(allUsers);
    const date = dice.pick(dates);
    // The ID combines both (O).
    const id = `${textOf(user, 'ID')}~${textOf(date, 'ID')}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const past = calendar.offset(textOf(date, 'StartDate')) < 0;
    const booked = Math.min(0, calendar.offset(textOf(date, 'StartDate')));
    rows.push({
      ID: id,
      UserID: textOf(user, 'ID'),
      CourseDateID: textOf(date, 'ID'),
      UserFullName: textOf(user, 'Fullname'),
      CompanyName: dice.either(0.9, textOf(user, 'MainCompanyName'), null),
      CourseOrAliasName: titles.get(textOf(date, 'CourseID')) ?? textOf(date, 'Label'),
      StartDate: textOf(date, 'StartDate'),
      EndDate: textOf(date, 'EndDate'),
      DateStamp: calendar.day(booked - dice.int(1, 60), dice.int(0, 23), dice.int(0, 59)),
      Status:
        textOf(date, 'Status') === 'Cancelled'
          ? 'Cancelled'
          : past
            ? dice.pick(['Completed', 'Completed', 'Completed', 'Passed', 'Failed', 'Did not attend'])
            : dice.pick(['Booked', 'Booked', 'Booked', 'Provisional', 'Waiting list', 'Cancelled']),
    });
  }
  return rows;
};

export const userCourseDatesWeb: Generator = (world, dice) => {
  const allBookings = world.rows('CourseDateBooking');
  const byTitle = new Map(world.rows('Course').map((course) => [course['Label'], course]));
  return world
    .rows('UserCourseDate')
    .filter((_, index) => index % 4 === 0)
    .map((row): Row => {
      const course = byTitle.get(textOf(row, 'CourseOrAliasName'));
      const online = course?.['CourseType'] !== 'Class';
      return {
        ID: textOf(row, 'ID'),
        UserFullName: textOf(row, 'UserFullName'),
        CompanyName: row['CompanyName'] ?? null,
        CourseOrAliasName: textOf(row, 'CourseOrAliasName'),
        StartDate: textOf(row, 'StartDate'),
        EndDate: textOf(row, 'EndDate'),
        DateStamp: textOf(row, 'DateStamp'),
        Status: textOf(row, 'Status'),
        CourseDateBookingID: dice.either(0.9, Number(textOf(dice.pick(allBookings), 'ID')), null),
        OnlinePlatformCandidateJoinUrl: online ? `https://meet.example/join/${dice.digits(10)}` : null,
        CourseDuration: course ? textOf(course, 'DurationAsString') : null,
        CourseOverview: course ? textOf(course, 'Overview') : null,
      };
    });
};

export const eLearning: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allUsers = world.rows('User');
  const allCourses = world.rows('Course');
  return times(sizes.eLearning, (index): Row => {
    const viewed = dice.chance(0.7);
    const complete = viewed && dice.chance(0.6);
    const stamp = dice.int(20, 270);
    return {
      ID: String(70_001 + index),
      UserID: textOf(dice.pick(allUsers), 'ID'),
      CourseName: textOf(dice.pick(allCourses), 'Label'),
      DateStamp: calendar.day(-stamp, dice.int(0, 23), dice.int(0, 59)),
      DateFirstViewed: viewed ? calendar.day(-dice.int(0, stamp - 1), dice.int(0, 23)) : null,
      CompletionStatus: complete ? 'Completed' : viewed ? 'Incomplete' : 'Not attempted',
      SuccessStatus: complete ? dice.pick(['Passed', 'Passed', 'Failed']) : 'Unknown',
      CandidateDirectELearningUrl: `https://elearning.example/launch/${dice.digits(8)}`,
    };
  });
};

export const communications: Generator = (world, dice) => {
  const allUsers = world.rows('User');
  const allInvoices = world.rows('Invoice');
  return times(world.sizes.communications, (index): Row => {
    const toUser = dice.chance(0.7);
    const user = dice.pick(allUsers);
    const invoice = dice.pick(allInvoices);
    const overdue = `£${numberOf(invoice, 'Outstanding').toFixed(2)}`;
    return {
      ID: String(90_001 + index),
      MappedIDType: toUser ? 'User' : 'Invoice',
      MappedID: textOf(toUser ? user : invoice, 'ID'),
      CommunicationTypeID: dice.pick(['Email', 'Email', 'SMS', 'Letter', 'Phone']),
      Subject: toUser ? 'Your booking is confirmed' : `Invoice ${textOf(invoice, 'Reference')}`,
      Body: toUser
        ? `Dear ${textOf(user, 'Forenames')},\nwe look forward to seeing you. Can't come? Tell us "as soon as possible", please.`
        : `Outstanding: ${overdue}. Thank you & kind regards`,
    };
  });
};
