// Checks one person from Node.js: node example.js [FILE]
const fs = require('node:fs');
const {Checker, MagnesiaError} = require('.');

try {
  const checker = new Checker(); // one for the whole program
  const request = fs.readFileSync(process.argv[2] || 'examples/people/ann.json');
  const answer = checker.assess(request);
  console.log(`${answer.atLeast} to ${answer.atMost}`);
  process.stdout.write(answer.to('text'));
} catch (error) {
  console.error(error instanceof MagnesiaError ? error.message : error);
  process.exitCode = 1;
}
