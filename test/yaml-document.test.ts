import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigurationError } from '../src/errors.ts';
import { parseYamlDocument, requireName } from '../src/yaml-document.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  samples: z.int().min(1).max(10).default(1),
  guests: z.array(z.enum(['docker', 'bare'])).optional(),
  ping: z.strictObject({ count: z.int() }).optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const parse = (text: string) => parseYamlDocument(text, 'file.yaml', schema);

describe('parseYamlDocument', () => {
  it('yields the value, defaults filled in', () => {
    expect(parse('name: smoke\nguests: [bare]').value).toEqual({ name: 'smoke', samples: 1, guests: ['bare'] });
  });

  it('reads YAML 1.2 whatever the file says: on is text, 02:54 is text, 010 is ten', () => {
    const { value } = parse('%YAML 1.1\n---\nname: on\nparameters: { mac: 02:54:47:00:00:10, list: 0-3, ten: 010 }');
    expect(value.name).toBe('on');
    expect(value.parameters).toEqual({ mac: '02:54:47:00:00:10', list: '0-3', ten: 10 });
  });

  it.each([
    [
      '',
      'file.yaml:1:1: the file must be a mapping with the keys name, samples, guests, ping, parameters, found nothing',
    ],
    [
      '# nothing\n',
      'file.yaml:1:1: the file must be a mapping with the keys name, samples, guests, ping, parameters, found nothing',
    ],
    [
      '- a',
      'file.yaml:1:1: the file must be a mapping with the keys name, samples, guests, ping, parameters, found [a]',
    ],
    ['samples: 2', 'file.yaml:1:1: name is missing, it must be text that is not empty'],
    ['name:', 'file.yaml:1:6: name must be text that is not empty, found nothing'],
    ['name: x\nsamples: four', 'file.yaml:2:10: samples must be a whole number from 1 to 10, found "four"'],
    ['name: x\nsamples: 2.5', 'file.yaml:2:10: samples must be a whole number from 1 to 10, found 2.5'],
    ['name: x\nsamples: 11', 'file.yaml:2:10: samples must be a whole number from 1 to 10, found 11'],
    ['name: x\nsamples: .inf', 'file.yaml:2:10: samples must be a whole number from 1 to 10, found Infinity'],
    ['name: x\nguests: docker', 'file.yaml:2:9: guests must be a list of docker or bare, found "docker"'],
    [
      'name: x\nguests:\n  - bare\n  - dokcer',
      'file.yaml:4:5: guests[1] must be docker or bare, found "dokcer" (did you mean "docker"?)',
    ],
    ['name: x\nping:\n  count: a', 'file.yaml:3:10: ping.count must be a whole number, found "a"'],
    ['name: x\nping:\n  n: 1\n  count: 2', 'file.yaml:3:3: unknown key "n" in ping, accepted are count'],
    [
      'name: x\nsmaples: 2',
      'file.yaml:2:1: unknown key "smaples" (did you mean "samples"?), accepted are name, samples, guests, ping, parameters',
    ],
    [
      'name: x\nparameters:\n  guest.docker.cpus: [1]',
      'file.yaml:3:22: parameters["guest.docker.cpus"] must be text or a number, found [1]',
    ],
    ['name: x\nname: y', 'file.yaml:2:1: the key name appears twice, once is accepted'],
    ['name: x\n---\nname: y', 'file.yaml:2:1: a second document begins, one is accepted'],
    ['? [a]\n: b', 'file.yaml:1:3: this key is no text, only text is accepted'],
    ['name: &a x', 'file.yaml:1:10: anchors and aliases are not accepted, write the value'],
    ['__proto__: { name: x }', 'file.yaml:1:1: the key "__proto__" is not accepted'],
    ['name: x\nparameters: { __proto__: 1 }', 'file.yaml:2:15: the key "__proto__" is not accepted'],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(new ConfigurationError(message));
  });

  it('puts several findings into one line, in the order of the file, and counts those that are too many', () => {
    expect(() => parse('samples: 0\nguests: 1\nname: 2')).toThrow(
      'file.yaml:1:10: samples must be a whole number from 1 to 10, found 0; ' +
        'file.yaml:2:9: guests must be a list of docker or bare, found 1; ' +
        'file.yaml:3:7: name must be text that is not empty, found 2',
    );
    const many = Array.from({ length: 9 }, (_, index) => `  k${index}: [1]`).join('\n');
    expect(() => parse(`name: x\nparameters:\n${many}`)).toThrow(/; and 4 more$/);
  });

  it.each([
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]'],
    ['an unknown alias', 'name: *a'],
    ['tags', 'name: !!binary aGk='],
    ['tags of its own', 'name: !run x'],
    ['a tab', 'name: x\n\tsamples: 1'],
    ['an open bracket', 'name: [1'],
    ['too many characters', `name: ${'x'.repeat(70_000)}`],
    ['a thousand brackets', '['.repeat(1000)],
    ['as many brackets as fit', '['.repeat(65_000)],
    ['as many mappings as fit', '{a: '.repeat(16_000)],
    ['as many lists as fit', '- '.repeat(32_000)],
    ['control characters', 'name: x\u0000\u0007'],
    ['escape sequences', 'name: "\\e[31mred"'],
    ['escape sequences in keys', '"\\e[31mred": x'],
    ['escape sequences in tags', 'name: !\u001b[31m x'],
  ])('refuses %s in one line of its own', (_, text) => {
    expect(() => parse(text)).toThrow(ConfigurationError);
    expect(() => parse(text)).toThrow(/^file\.yaml\P{Cc}*$/u);
  });

  it('throws nothing but its own error, whatever the text', () => {
    const yamlish = fc.stringMatching(/^[a-z:\-[\]{}&*!|>?%@`'"#,\s0-9.]{0,60}$/);
    const property = fc.property(fc.oneof(fc.string(), yamlish), (text) => {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('knows where values and keys stood', () => {
    const document = parse('name: x\nparameters:\n  a: 1\n  b:   2\nguests: [bare, docker]');
    expect(document.where(['parameters', 'b'])).toBe('file.yaml:4:8');
    expect(document.where(['parameters', 'b'], 'key')).toBe('file.yaml:4:3');
    expect(document.where(['guests', 1])).toBe('file.yaml:5:16');
    expect(document.where(['parameters', 'absent'])).toBe('file.yaml:3:3');
    expect(document.where([])).toBe('file.yaml:1:1');
  });
});

describe('requireName', () => {
  it('wants the name that the file has', () => {
    const document = parse('samples: 1\nname: smok');
    expect(() => requireName(document, 'smok')).not.toThrow();
    expect(() => requireName(document, 'smoke')).toThrow(
      new ConfigurationError('file.yaml:2:7: name must be "smoke" like the file\'s, found "smok"'),
    );
  });
});
