/** Finding a request again in a file that was edited while it ran. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readQueryFile } from '#core/running/query-file';
import { sameRequest } from '#core/running/same-request';

describe('finding a request again', () => {
  const find = (before: string, index: number, now: string) => {
    const file = readQueryFile('a.apq', before);
    const request = file.requests[index];
    assert.ok(request);
    return sameRequest(readQueryFile('a.apq', now), { file, request })?.index;
  };
  const two = 'GET course\n$top = 1\n###\nGET course\n$top = 2\n';
  it('finds it below requests that were added', () => {
    assert.equal(find(two, 1, `DELETE course/1\n###\n${two}`), 2);
    assert.equal(find(two, 0, `GET course\n$top = 3\n###\n${two}`), 1);
  });
  it('finds it by its place when it was edited', () => {
    assert.equal(find(two, 1, two.replace('= 2', '= 5')), 1);
  });
  it('takes no request with another method or module, and does not guess', () => {
    assert.equal(find(two, 1, 'GET course\n$top = 1\n###\nDELETE course/1\n###\nGET user'), undefined);
    assert.equal(find(two, 1, 'GET course\n$top = 1\n###\nDELETE course/1\n'), undefined);
    assert.equal(find('GET course\n', 0, 'GET user\n###\nGET course\n$top = 9\n'), 1);
    assert.equal(find('GET course\n', 0, 'DELETE course/1\n'), undefined);
    assert.equal(
      find(two, 1, 'GET course\n$top = 7\n###\nGET course\n$top = 8\n###\nGET course\n'),
      undefined,
    );
  });
});
