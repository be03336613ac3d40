import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsToYaml, toYaml } from '../../../lib/manifests/yaml.ts';
import { binary } from '../../../lib/control-plane/build.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';

const reason = await whyWithout('yamlcheck');

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

/** Reads documents with Go's sigs.k8s.io/yaml, the parser of kubectl, Argo CD and Flux. */
async function readWithGo(documents: readonly string[]): Promise<Answer[]> {
  const input = documents.map((document) => `${JSON.stringify(document)}\n`).join('');
  const { stdout } = await runOk(binary(await build('yamlcheck'), 'yamlcheck'), [], { input });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Answer);
}

/** The values that Go reads otherwise than they were written, with their text. */
async function misread(values: readonly unknown[]): Promise<unknown[]> {
  const texts = values.map((value) => toYaml(value));
  const answers = await readWithGo(texts);
  expect(answers).toHaveLength(values.length);
  const pairs = values.map((value, index) => ({ value, text: texts[index], answer: answers[index] }));
  return pairs.filter(({ value, answer }) => JSON.stringify(sorted(answer?.value)) !== JSON.stringify(sorted(value)));
}

/** Keys in one order: Go sorts them, and their order means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

const words = 'y Y yes Yes YES n N no No NO on On ON off Off OFF true True TRUE false False FALSE null Null NULL ~ NaN .nan .NaN .inf -.inf +.Inf'.split(' ');
const numbers = `0 -0 +0 00 0777 0o777 0O7 +0o7 -0o7 0x1F 0X1f 0b101 0B1 1_000 1__0 _1 1_ 1e3 1E3 1e+3 -1e-3 .5 5. +.5 -.5e1 1.0 1.2.3 12:30 12:30:00 190:20:30.15
  1e400 9007199254740993 18446744073709551616 1,000 ٣ 1. e3 0.1e 0x 0b 2026-11-21 2026-11-21T10:00:00Z 2026-11-21 10:00:00 +1 0_7`.split(/\s+/);
const marks = ['', ' ', '-', '- a', '-a', '?', '? a', ':', ': a', 'a:', 'a: b', 'a:b', '#', ' #', 'a #b', 'a#b', '&a', '*a', '!a', '!!str a', '|', '>', '|-', '%a', '@a', '`a', '<<', '=', '---', '--- a', '...', '... a', '{}', '[]', '{a', '[a', '}', ']', ',', 'a,b', '"', "'", '"a"', "'a'", "it's", '\\', 'a\\nb', '$(VAR)', '${VAR}', '{{ x }}'];
const spaces = [' a', 'a ', '\ta', 'a\t', 'a\tb', '\n', '\n\n', 'a\n', 'a\n\n', '\na', 'a\nb', 'a\n b', ' a\nb', 'a\n\nb\n', 'a\n---\nb', 'a\n...\nb', 'a\r\nb', 'a\rb', 'a \nb', 'a\n \nb', '\n a', '\t\n', 'a\n\t', '#a\nb', 'a\n#b\n', '  a\n b\n'];
const unusual = ['\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0080', '\u0085', 'a\u0085b', '\u009f', '\u00a0', '\u00ad', '\u2028', '\u2029', 'a\u2028b\nc', '\ufeff', '\ufeffa', '\ufffe', '\ufffd', 'é', 'e\u0301', '日本', '😀', '\u200b', '\u202e', '\ud83d\ude00\n\ud83d\ude00'];
const nasty = [...words, ...numbers, ...marks, ...spaces, ...unusual, 'x'.repeat(5000), `${'long line '.repeat(300)}\nnext`];

const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.array(tie('value'), { maxLength: 4 }),
    // `__proto__` is no key of a literal object.
    fc.dictionary(text.filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe.skipIf(reason)(named("YAML as Go's parser reads it", reason), () => {
  it('keeps every nasty string a string, as a document, value, item and key', async () => {
    expect(nasty.length).toBeGreaterThan(150);
    const places = nasty.flatMap((word) => [word, { key: word }, [word], { [word]: word }, { a: [{ b: word, c: [word, word] }] }]);
    expect(await misread(places)).toEqual([]);
  });

  it('keeps 20,000 random values', async () => {
    expect(await misread(fc.sample(json, 20_000))).toEqual([]);
  });

  it('keeps each of several documents, with a header above', async () => {
    const values = nasty.map((word) => ({ kind: 'ConfigMap', data: { word } }));
    const documents = documentsToYaml(values, { header: 'Rendered: edit something else.\nSecond line' }).split(/^---\n/m);
    const answers = await readWithGo(documents);
    expect(answers.map(({ value }) => value)).toEqual(values);
  });

  it('is checked by a parser that does find what is misread', async () => {
    expect(await readWithGo(['a: on', 'a: 0777', 'a: 1\na: 2', 'a: "on"'])).toEqual([
      { value: { a: true } },
      { value: { a: 511 } },
      { error: expect.stringContaining('already set') },
      { value: { a: 'on' } },
    ]);
  });
});
