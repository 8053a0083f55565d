'use strict';
// What is particular to Node.js. That the answers are those of C++ is shown by tests/conformance. Run with --expose-gc.
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const {Worker, isMainThread, parentPort} = require('node:worker_threads');
const {Answer, Checker, Knowledge, MagnesiaError, version} = require('..');

const root = path.join(__dirname, '../../..');
const ann = fs.readFileSync(path.join(root, 'examples/people/ann.json'), 'utf8');
const overlay = '{"magnesia": "pack/1", "id": "our-hospital", "version": "1.0.0", "date": "2026-11-25", "documents": []}';

if (!isMainThread) {
  parentPort.postMessage(new Checker().assess(ann).to('json'));
} else {
  const checker = new Checker();

  test('an object, a string and bytes are the same request', () => {
    const answers = [ann, Buffer.from(ann), JSON.parse(ann), new Uint8Array(new SharedArrayBuffer(Buffer.byteLength(ann)))];
    answers[3].set(Buffer.from(ann));
    assert.strictEqual(new Set(answers.map((one) => checker.assess(one).to('json'))).size, 1);
  });

  test('an assessment', () => {
    const answer = checker.assess(ann);
    assert.deepStrictEqual([answer.atLeast, answer.atMost, answer.decided, answer.clearance], ['major', 'contraindicated', false, null]);
    assert.strictEqual(answer.data().verdict.at_least, 'major');
    assert.throws(() => answer.write('svg'), {name: 'MagnesiaError', status: 'bad-argument', document: undefined});
    assert.throws(() => answer.write('constructor'), MagnesiaError);
  });

  test('all faults are in the error', () => {
    assert.throws(() => checker.assess({magnesia: 'request/1', patient: {condtions: [], sexx: 1}}), (error) => {
      assert(error instanceof MagnesiaError);
      assert.strictEqual(error.status, 'bad-input');
      assert.strictEqual(error.message.trimEnd().split('\n').length, 2);
      assert.strictEqual(JSON.parse(error.document).path, '/patient/condtions');
      return true;
    });
  });

  test('text is not changed on its way', () => {
    const drug = 'a\0b ä€😀';
    const answer = checker.assess({magnesia: 'request/1', patient: {}, medications: [{drug}]});
    assert(answer.data().unrecognised.some((one) => one.text === drug));
    assert.throws(() => checker.elemental('\ud83d'), TypeError);
    assert.throws(() => checker.assess(undefined), TypeError);
    assert.throws(() => checker.assess(null), TypeError);
    assert.throws(() => checker.assess(7), TypeError);
  });

  test('knowledge with an overlay', () => {
    for (const base of ['embedded', {path: path.join(root, 'knowledge')}]) {
      const own = new Checker({knowledge: new Knowledge(base, {name: 'hospital', json: overlay}), authority: 'uk-evm', asOf: '2026-12-01'});
      global.gc?.();
      assert.deepStrictEqual(own.assess(ann).data().knowledge.overlays, ['our-hospital 1.0.0']);
      assert.match(own.plan(ann).to('ics'), /DTSTART:20261201T/);
    }
  });

  test('faulty knowledge and policy', () => {
    assert.throws(() => new Knowledge({path: 'no such file'}), {status: 'bad-knowledge'});
    assert.throws(() => new Knowledge('embedded', {name: 'hospital', json: '{'}), {status: 'bad-knowledge'});
    assert.throws(() => new Knowledge('builtin'), TypeError);
    assert.throws(() => new Checker({authority: 'who'}), {status: 'bad-input'});
    assert.throws(() => new Checker({asOf: '2026-02-30'}), {status: 'bad-argument'});
    assert.throws(() => new Checker({asOf: 'today'}), TypeError);
    assert.throws(() => new Checker({knowledge: {}}), TypeError);
  });

  test('whoever passes the wrong handle gets an error', () => {
    const native = require(path.resolve(process.env.MAGNESIA_ADDON));
    const knowledge = native.knowledge([]);
    for (const wrong of [undefined, null, 7, {}, [], knowledge, Object.create(knowledge)])
      for (const call of ['assess', 'plan', 'elemental', 'write', 'verdict', 'clearance'])
        assert.throws(() => native[call](wrong, Buffer.from('{}')), Error, `${call} of ${wrong}`);
    for (const call of Object.keys(native).filter((name) => name !== 'version')) assert.throws(() => native[call](), Error, call);
    const own = native.checker(knowledge, Buffer.from('efsa'), undefined, false, false);
    assert.throws(() => native.assess(own, 'text'), Error);
    assert.throws(() => native.assess(own, new Uint16Array(2)), Error);
    assert.throws(() => native.assess(own, new DataView(new ArrayBuffer(2))), Error);
    assert.throws(() => native.knowledge([[Buffer.from('x'), 7]]), Error);
    assert.throws(() => native.assess(own, new Uint8Array(0)), {status: 'bad-input'});
    const gone = new ArrayBuffer(8);
    const view = new Uint8Array(gone);
    structuredClone(gone, {transfer: [gone]});
    assert.throws(() => native.assess(own, view), {status: 'bad-input'});
  });

  test('an answer outlives its checker, and what nobody can reach is freed', () => {
    const expected = checker.assess(ann).to('text');
    const kept = [];
    const knowledge = new Knowledge();
    for (let i = 0; i < 300; ++i) {
      const answer = new Checker({knowledge}).assess(ann);
      if (i % 100 === 0) kept.push(answer);
      if (i % 50 === 0) global.gc?.();
    }
    global.gc?.();
    for (const answer of kept) assert.strictEqual(answer.to('text'), expected);
    assert(kept[0] instanceof Answer);
  });

  test('a worker makes its own checker', async () => {
    const said = await new Promise((resolve, reject) => {
      const worker = new Worker(__filename);
      worker.on('message', resolve);
      worker.on('error', reject);
    });
    assert.strictEqual(said, checker.assess(ann).to('json'));
  });

  test('version', () => assert.match(version(), /^\d+\.\d+\.\d+$/));
}
