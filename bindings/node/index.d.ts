/** May this person take this magnesium, how much elemental magnesium is it, and when in the day should it be taken? */

export type Severity = 'none' | 'minor' | 'moderate' | 'major' | 'contraindicated';
export type Format = 'json' | 'text' | 'html' | 'svg' | 'ics' | 'fhir';
/** A request (docs/contract.md): an object, a string, or bytes of UTF-8. */
export type Document = object | string | Uint8Array;
/** What is built in; a folder or file; one document that holds a whole pack, under a name for messages. */
export type Pack = 'embedded' | {path: string | Uint8Array} | {name: string; json: string | Uint8Array};

/** The version of the library. */
export function version(): string;

/** Why there is no answer. The message has a line for each fault: "place: found …, expected …". */
export class MagnesiaError extends Error {
  readonly status: 'bad-input' | 'bad-knowledge' | 'bad-argument' | 'out-of-memory' | 'fault';
  /** All faults as JSON (error/1), where there is more to say than the status. */
  readonly document?: string;
}

/** What was answered: a plan, elemental magnesium, or an Assessment. Never changes. */
export class Answer {
  private constructor();
  /** In UTF-8. MagnesiaError: this answer has no such form. */
  write(format: Format): Buffer;
  /** The same as a string. */
  to(format: Format): string;
  /** What JSON.parse makes of to('json'). */
  data(): any;
}

export class Assessment extends Answer {
  /** The severity that what is known already forces. */
  readonly atLeast: Severity;
  /** The worst that what is unknown could bring. */
  readonly atMost: Severity;
  /** The two are equal, and nothing went unrecognised. */
  readonly decided: boolean;
  /** The statement that no concern was found, where the assessment says so: nothing else does. */
  readonly clearance: string | null;
}

/** Everything clinical that Magnesia says. Takes some milliseconds to load: once, for all checkers. */
export class Knowledge {
  /** The first pack with the others laid over it; none: what is built in. MagnesiaError: every fault of every pack. */
  constructor(...packs: Pack[]);
}

export interface Policy {
  /** What is built in, if it is not given. */
  knowledge?: Knowledge;
  /** Whose limit counts (us-nasem); 'strictest': the lowest of all that apply. */
  authority?: string;
  /** The day of the assessment, to be printed: YYYY-MM-DD. */
  asOf?: string;
  /** A complete history may settle a measurement, for the people that the knowledge names. */
  historySettles?: boolean;
  /** The caller states that lists which may lack something are in truth complete. */
  recordIsComplete?: boolean;
}

/** Knowledge and policy, ready to be asked. Never changes. A worker thread makes its own. */
export class Checker {
  constructor(policy?: Policy);
  /** May this person take this magnesium? MagnesiaError: every fault of the request. */
  assess(request: Document): Assessment;
  /** When in the day? */
  plan(request: Document): Answer;
  /** How much magnesium is one dose? Of a label's text, or of the name of a product that the knowledge has. */
  elemental(label: string | Uint8Array): Answer;
}
