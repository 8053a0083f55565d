// Answers the jobs of conformance_check.py through Node.js: by the addon, or by the WebAssembly that is named: run.js [FOLDER]
const fs = require('node:fs');
const path = require('node:path');

async function main() {
  const folder = process.argv[2];
  const {Assessment, Checker, Knowledge, MagnesiaError} =
      folder ? await require(path.resolve(folder, 'magnesia.js')).load() : require('../../bindings/node');
  const knowledge = new Knowledge();
  const jobs = fs.readFileSync(0);
  const answers = [];
  for (let at = 0; at < jobs.length; ) {
    const end = jobs.indexOf('\n', at);
    const [call, form, authority, asOf, settles, complete, size] = jobs.toString('utf8', at, end).split(' ');
    const text = jobs.subarray(end + 1, end + 1 + Number(size));
    at = end + 2 + Number(size);
    let status = 'ok', verdict = '- - - -', out = Buffer.alloc(0);
    try {
      const checker = new Checker({
        knowledge, authority, asOf: asOf === '-' ? undefined : asOf, historySettles: settles === '1', recordIsComplete: complete === '1'
      });
      const answer = checker[call](text);
      if (answer instanceof Assessment)
        verdict = `${answer.atLeast} ${answer.atMost} ${Number(answer.decided)} ${Number(answer.clearance !== null)}`;
      out = answer.write(form);
    } catch (error) {
      if (!(error instanceof MagnesiaError)) throw error;
      status = error.status;
      out = Buffer.from(error.document || '');
    }
    answers.push(Buffer.from(`${status} ${verdict} ${out.length}\n`), out, Buffer.from('\n'));
  }
  fs.writeFileSync(1, Buffer.concat(answers));
}

main();
