/** A request sends the same in address form and in clause form. */
import assert from 'node:assert/strict';
import { applyEdits } from '#language';
import { at, serviceWith } from './support/language';

function rewrite(marked: string): string {
  const { service, document, offset, text } = at(marked);
  const [first] = service.rewritings(document, offset);
  return first === undefined ? '(nothing)' : applyEdits(text, first.edits);
}

const send = (text: string) => {
  const service = serviceWith();
  const document = service.parse(text);
  return service.requests(document).map((request) => service.build(document, request));
};

describe('address and clauses', () => {
  const becomes = (marked: string, expected: string) =>
    it(JSON.stringify(marked), () => {
      assert.equal(rewrite(marked), expected);
      if (expected !== '(nothing)') assert.deepEqual(send(expected), send(marked.replace('$0', '')));
    });
  becomes("GET $0coursedate?$filter=ID eq '1'&$top=5", "GET coursedate\n$filter = ID eq '1'\n$top = 5");
  becomes(
    'GET coursedate?%24filter=Label%20eq%20%27a%26b%27$0\n',
    "GET coursedate\n$filter = Label eq 'a&b'\n",
  );
  becomes(
    "GET coursedate\n$filter = ID eq '1'$0\n      and Label eq 'x'\n$top = 5\n",
    "GET coursedate?$filter=ID eq '1' and Label eq 'x'&$top=5\n",
  );
  becomes(
    "GET coursedate\n$filter = Label eq '50%25 & more'$0\n",
    "GET coursedate?$filter=Label eq '50%2525 & more'\n",
  );
  becomes('PUT user/5$0\n{ "Surname": "x" }\n', '(nothing)');
  becomes('GET coursedate?$filter=ID eq $0', '(nothing)');
  becomes("GET coursedate?$filter=Label eq '%7B%7Bx%7D%7D'$0", '(nothing)');
  becomes('GET coursedate\n$nothing(= a###b$0\n', '(nothing)');
  becomes('?;$0', '(nothing)');
  becomes('GET$0?$top=5', '(nothing)');
  becomes('consGET coursedate\n$top = 5$0\n', '(nothing)');
  becomes('GET coursedate\n$top = == 5$0\n', '(nothing)');
  becomes(
    "GET coursedate\n$filter = Label eq '&$top=5'$0\n",
    "GET coursedate?$filter=Label eq '%26$top=5'\n",
  );
  becomes('GET coursedate\n$count = a#b&c$0\n', 'GET coursedate?$count=a%23b%26c\n');
  becomes(
    "GET coursedate?$filter=ID eq '1'&$top=5$0\r\n",
    "GET coursedate\r\n$filter = ID eq '1'\r\n$top = 5\r\n",
  );
});
