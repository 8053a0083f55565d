// Answers the jobs of conformance_check.py through Node.js.
const fs = require('node:fs');
const path = require('node:path');
const {Assessment, Checker, Knowledge, MagnesiaError} = require(path.join(__dirname, '../../bindings/node'));

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
