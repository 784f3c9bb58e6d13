/** Invoices, their items, and bookings. The items' amounts add up to their invoice's. */
import { Dice, seedFrom } from '../random';
import type { Row } from '../values';
import type { Generator, World } from './world';
import { numberOf, pounds, textOf, times } from './world';

const TAX_RATE = 20;

/** Makes the items of one invoice from its number alone, so that the invoice can sum them up first. */
function itemsOf(world: World, invoice: number): Row[] {
  const dice = new Dice(seedFrom(world.seed, 'items of invoice', invoice));
  const dates = world.rows('CourseDate');
  return times(dice.int(1, 3), (index): Row => {
    const date = dice.pick(dates);
    const net = pounds(numberOf(date, 'Cost') * dice.int(1, 4));
    const tax = pounds((net * TAX_RATE) / 100);
    return {
      ID: String(invoice * 4 + index),
      InvoiceID: String(invoice),
      Reference: `INV-${invoice}/${index + 1}`,
      DynamicLabel: `${textOf(date, 'Label')}, ${textOf(date, 'StartDate').slice(0, 10)}`,
      Tax: tax,
      Amount: pounds(net + tax),
      SourceID: textOf(date, 'ID'),
      SourceIDType: 'CourseDate',
    };
  });
}

const FIRST_INVOICE = 10_001;

export const invoices: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allCompanies = world.rows('Company');
  return times(sizes.invoices, (index): Row => {
    const number = FIRST_INVOICE + index;
    const company = dice.pick(allCompanies);
    const amount = pounds(itemsOf(world, number).reduce((sum, item) => sum + numberOf(item, 'Amount'), 0));
    const created = dice.int(0, 270);
    const due = 30 - created;
    const cancelled = dice.chance(0.03);
    const luck = dice.next();
    const part = pounds(amount * dice.pick([0.25, 0.5, 0.75]));
    const whole = luck < (due < 0 ? 0.8 : 0.4);
    const some = luck < 0.9 ? 0 : part;
    const received = whole ? amount : some;
    const paid = cancelled ? 0 : received;
    const outstanding = cancelled ? 0 : pounds(amount - paid);
    const address = textOf(company, 'Address');
    const town = textOf(company, 'Town');
    const status = () => {
      if (cancelled) return 'Cancelled';
      if (outstanding === 0) return 'Paid';
      if (due < 0) return 'Overdue';
      return paid > 0 ? 'Part paid' : 'Unpaid';
    };
    return {
      ID: String(number),
      DateCreated: calendar.day(-created, dice.int(8, 17), dice.int(0, 59)),
      Reference: `INV-${number}`,
      CompanyName: textOf(company, 'Label'),
      TargetIDType: 'Company',
      TargetLabel: textOf(company, 'Label'),
      TargetID: textOf(company, 'ID'),
      Amount: amount,
      TaxRate: TAX_RATE,
      CurrencyCode: 'GBP',
      DateDue: calendar.day(due),
      Status: status(),
      AmountPaid: paid,
      Outstanding: outstanding,
      PONumber: dice.either(0.4, `PO${dice.digits(5)}`, null),
      Address: `${address}, ${town}, ${textOf(company, 'Postcode')}`,
      InvoiceAddress: address,
      InvoicePostcode: textOf(company, 'Postcode'),
      InvoiceCountry: dice.either(0.8, 'United Kingdom', []),
      InvoiceCounty: textOf(company, 'County'),
      InvoiceEmail: dice.either(0.9, textOf(company, 'Email'), null),
      InvoiceTown: town,
      CF_RegionCode: dice.either(0.3, dice.pick(['NW', 'YH', 'SE', 'SC']), null),
      CF_AuditDate: dice.either(0.2, calendar.day(-dice.int(0, created)), null),
      CF_Approved: dice.either(0.8, dice.chance(0.8), null),
    };
  });
};

export const invoiceItems: Generator = (world) =>
  world.rows('Invoice').flatMap((invoice) => itemsOf(world, Number(textOf(invoice, 'ID'))));

export const bookings: Generator = (world, dice) => {
  const { sizes, calendar } = world;
  const allUsers = world.rows('User');
  const allInvoices = world.rows('Invoice');
  const dates = world.rows('CourseDate');
  return times(sizes.bookings, (index): Row => {
    const user = dice.pick(allUsers);
    const date = dice.pick(dates);
    const status = dice.pick([
      'Confirmed',
      'Confirmed',
      'Confirmed',
      'Provisional',
      'Cancelled',
      'Completed',
    ]);
    const invoiced = status !== 'Provisional' && dice.chance(0.7);
    return {
      ID: String(30_001 + index),
      DateCreated: calendar.day(-dice.int(0, 270), dice.int(0, 23), dice.int(0, 59)),
      BookingType: dice.pick(['Web', 'Office', 'Manager', 'Agent']),
      BookingUserName: textOf(user, 'Fullname'),
      BookingStatus: status,
      PONumber: dice.either(0.3, `PO${dice.digits(5)}`, null),
      AgentName: dice.either(0.05, textOf(dice.pick(allUsers), 'Fullname'), null),
      UserID: textOf(user, 'ID'),
      CompanyID: user['MainCompanyID'] ?? null,
      CourseDateID: textOf(date, 'ID'),
      Cost: status === 'Cancelled' ? 0 : numberOf(date, 'Cost'),
      InvoiceIDs: invoiced ? [textOf(dice.pick(allInvoices), 'ID')] : [],
      BookingSummary: `${textOf(user, 'Fullname')}: ${textOf(date, 'Label')}`,
    };
  });
};
