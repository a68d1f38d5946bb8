import { describe, expect, it } from 'vitest';
import { readOutput } from './fixture.ts';
import { edit, measure, refusal, refusalOf } from './judge.ts';

const microseconds = (...values: number[]) => values.map((value) => value / 1000 / 1000);
const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe('ping of iputils', () => {
  it('gives the median and every reply', () => {
    expect(measure('ping', 'ping')).toEqual({
      metrics: {
        // The middle two of 47, 52, 54, 57, 73, 227 µs.
        latency: { value: expect.closeTo(55.5e-6, 12), unit: 's' },
        loss: { value: 0, unit: '1' },
        replies: { values: close(microseconds(227, 52, 73, 47, 54, 57)), unit: 's' },
      },
      diagnostics: { 'requests.sent': 6, 'replies.received': 6, 'replies.errors': 0, 'replies.duplicates': 0 },
    });
  });

  it('reports a third of the requests as lost', () => {
    expect(measure('ping', 'ping-lossy')).toMatchObject({
      metrics: {
        latency: { value: expect.closeTo(49e-6, 12) },
        loss: { value: 2 / 6 },
        replies: { values: close(microseconds(31, 38, 61, 60)) },
      },
      diagnostics: { 'requests.sent': 6, 'replies.received': 4 },
    });
  });

  it('takes refusals for losses and counts them', () => {
    expect(measure('ping', 'ping-errors')).toMatchObject({
      metrics: { loss: { value: 2 / 6 }, replies: { values: close(microseconds(30, 59, 63, 59)) } },
      diagnostics: { 'replies.errors': 2 },
    });
  });

  it('leaves duplicates out', () => {
    expect(measure('ping', 'ping-duplicates')).toMatchObject({
      metrics: { loss: { value: 0 }, replies: { values: close(microseconds(32, 33, 59, 31, 57, 59)) } },
      diagnostics: { 'replies.received': 6, 'replies.duplicates': 5 },
    });
  });

  it.each([
    ['ping-silent', 'ping got no reply to 6 requests; at least one reply is needed'],
    ['ping-unreachable', 'ping got no reply and 3 errors to 3 requests; at least one reply is needed'],
    ['ping-no-route', 'ping ended with exit code 2 instead of 0 or 1: ping: connect: Network is unreachable'],
  ])('refuses %s', (fixture, message) => {
    expect(refusalOf('ping', fixture)).toBe(message);
  });

  it('refuses an output that was cut off before the summary', () => {
    const output = readOutput('ping');
    const stdout = output.stdout.slice(0, output.stdout.indexOf('\n---'));
    expect(refusal('ping', { ...output, stdout })).toBe(
      'ping printed no line "N packets transmitted, N received"; its last line was ' +
        '"64 bytes from 198.18.77.2: icmp_seq=6 ttl=64 time=0.057 ms"',
    );
    expect(refusal('ping', { ...output, stdout: '' })).toContain('its last line was ""');
  });

  it('refuses a summary that counts replies which were not printed', () => {
    expect(refusal('ping', edit('ping', /^64 bytes.*seq=3.*\n/m, ''))).toBe(
      'ping printed 5 replies but counted 6 of 6, which must agree',
    );
  });

  it.each(['time=0.073', 'time=0.073 s', 'time=0.073 ms (BAD CHECKSUM!)', '(truncated)'])(
    'refuses a reply that ends in %s',
    (ending) => {
      const message = refusal('ping', edit('ping', 'time=0.073 ms', ending));
      expect(message).toContain('ping printed a reply that has no sequence, ttl and time in ms');
      expect(message).toContain(`icmp_seq=3 ttl=64 ${ending}`);
    },
  );

  it('refuses a median of zero', () => {
    expect(refusal('ping', edit('ping', /time=0\.\d+/g, 'time=0.000'))).toBe(
      'ping gave a median of 0 s, which must be more than zero',
    );
  });

  it('refuses a good output that came after the deadline', () => {
    expect(refusal('ping', { ...readOutput('ping'), timedOut: true })).toContain(
      'ping did not end before its deadline',
    );
  });
});

describe('ping of BusyBox', () => {
  it('gives the median and every reply', () => {
    expect(measure('ping', 'busybox-ping').metrics).toEqual({
      latency: { value: expect.closeTo(78.5e-6, 12), unit: 's' },
      loss: { value: 0, unit: '1' },
      replies: { values: close(microseconds(45, 76, 82, 81)), unit: 's' },
    });
  });

  it('reports a quarter of the requests as lost', () => {
    expect(measure('ping', 'busybox-ping-lossy').metrics).toMatchObject({
      // An odd number of replies: the middle one.
      latency: { value: expect.closeTo(62e-6, 12) },
      loss: { value: 0.25 },
    });
  });

  it('leaves duplicates out', () => {
    expect(measure('ping', 'busybox-ping-duplicates')).toMatchObject({
      metrics: { replies: { values: close(microseconds(52, 91, 89)) } },
      diagnostics: { 'replies.duplicates': 2 },
    });
  });

  it('refuses silence', () => {
    expect(refusalOf('ping', 'busybox-ping-silent')).toBe(
      'ping got no reply to 2 requests; at least one reply is needed',
    );
  });
});
