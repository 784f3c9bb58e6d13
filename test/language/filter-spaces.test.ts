/** Fixes leave text that a person would have written: spaces stand where a reader expects them. */
import assert from 'node:assert/strict';
import { filterChecks } from './support/filters';

describe('what a fix writes into a filter', () => {
  const becomes = (text: string, expected: string) =>
    it(text, () => assert.equal(filterChecks(text).fixed(), expected));

  becomes("Status='Full'", "Status eq 'Full'");
  becomes("Status=='Full'", "Status eq 'Full'");
  becomes("Status= 'Full'", "Status eq 'Full'");
  becomes('SpacesLeft>5', "SpacesLeft gt '5'");
  becomes('SpacesLeft>=5 and Cost<10', "SpacesLeft ge '5' and Cost lt '10'");
  becomes("Status eq 'a'&&SpacesLeft gt '5'", "Status eq 'a' and SpacesLeft gt '5'");
  becomes("Status eq 'a'||SpacesLeft gt '5'", "Status eq 'a' or SpacesLeft gt '5'");
  becomes("Status eq 'Full',Label eq 'x'", "Status eq 'Full' and Label eq 'x'");
  becomes("Status eq 'Full', Label eq 'x'", "Status eq 'Full' and Label eq 'x'");
  becomes("Status eq 'Full'Label eq 'x'", "Status eq 'Full' and Label eq 'x'");
  becomes("contains(Label,'x')Label eq 'x'", "contains(Label,'x') and Label eq 'x'");
  becomes("Status'Full'", "Status eq 'Full'");
  becomes('Status eq"Full"', "Status eq 'Full'");
  becomes("and Status eq 'Full'", "Status eq 'Full'");
  becomes("Status eq 'Full' and", "Status eq 'Full'");
  becomes("Status eq 'Full' and and Cost gt '5'", "Status eq 'Full' and Cost gt '5'");
  becomes("Status eq('Full')and Cost gt '5'", "Status eq 'Full' and Cost gt '5'");
  becomes("(Status eq 'Full')and(Cost gt '5')", "Status eq 'Full' and Cost gt '5'");
  becomes("Label eq 'a", "Label eq 'a'");
  becomes("contains(Label,'a", "contains(Label,'a')");
  becomes("Label eq 'O'Neill'and Cost gt '5'", "Label eq 'O''Neill'and Cost gt '5'");
  becomes("Status eq 'a'&$top=5", "Status eq 'a'\n$top = 5");
  becomes("contains(Label,'a'", "contains(Label,'a')");
  becomes("Label eq 'O'Neill' and Cost gt '5'", "Label eq 'O''Neill' and Cost gt '5'");
  becomes("Status eq 'a'and Label eq 'b'", "Status eq 'a'and Label eq 'b'");
});
