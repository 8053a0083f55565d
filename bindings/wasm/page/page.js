'use strict';
// The form as a request (docs/contract.md), and its answer. What is left empty is not in the request.

function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

// The times of day at a line's end: ["levothyroxine", ["06:30"]].
function withTimes(line) {
  const times = [];
  let rest = line;
  for (let found; (found = /^(.*?)[\s,;]+(\d\d?:\d\d)$/.exec(rest)) !== null; rest = found[1]) times.unshift(found[2].padStart(5, '0'));
  return [rest, times];
}

// As written: digits stay as they are.
function number(text, place) {
  const digits = text.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(digits)) throw new Error(`${place}: found "${text}", expected a number`);
  return Number(digits);
}

function requestOf(form) {
  const patient = {};
  const request = {magnesia: 'request/1', patient};
  const listed = (items, all) => (all.checked ? items : {at_least: items});
  if (form.age.value.trim() !== '') patient.age = {value: number(form.age.value, 'Age'), unit: 'a'};
  if (form.sex.value !== '') patient.sex = form.sex.value;
  if (form.egfr.value.trim() !== '') patient.labs = {egfr: {value: number(form.egfr.value, 'eGFR'), unit: 'mL/min/{1.73_m2}'}};
  if (form.dialysis.value !== '') patient.dialysis = form.dialysis.value === 'yes';
  const conditions = lines(form.conditions.value);
  if (conditions.length !== 0 || form['all-conditions'].checked) patient.conditions = listed(conditions, form['all-conditions']);
  const medications = lines(form.medications.value).map((line) => {
    const [drug, times] = withTimes(line);
    return times.length === 0 ? {drug} : {drug, times};
  });
  if (medications.length !== 0 || form['all-medications'].checked) request.medications = listed(medications, form['all-medications']);
  const magnesium = lines(form.magnesium.value).map((line) => {
    const [label, times] = withTimes(line);
    return times.length === 0 ? {label} : {label, times};
  });
  if (magnesium.length !== 0) request.magnesium = magnesium;
  return request;
}

async function start() {
  const form = document.getElementById('person');
  const fault = document.getElementById('fault');
  const frame = document.getElementById('answer');
  const {Checker, version} = await magnesia.load();
  const checker = new Checker();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault.textContent = '';
    frame.hidden = true;
    frame.srcdoc = '';
    try {
      const request = requestOf(form.elements);
      const answer = event.submitter?.name === 'plan' ? checker.plan(request) : checker.assess(request);
      frame.srcdoc = answer.to('html');
      frame.hidden = false;
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  form.elements.assess.disabled = form.elements.plan.disabled = false;
  document.getElementById('version').textContent = version();
}

start().catch((error) => {
  document.getElementById('fault').textContent = `Magnesia could not be started here: ${error.message}`;
});
