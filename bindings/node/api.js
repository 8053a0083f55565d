'use strict';
// May this person take this magnesium, how much elemental magnesium is it, and when in the day should it be taken? The interface of
// index.d.ts, over what does the work: magnesia.node, or WebAssembly in a browser.

/** The classes, over the functions of src/addon.c. */
function magnesiaOver(native) {
  const SEVERITIES = ['none', 'minor', 'moderate', 'major', 'contraindicated'];
  const FORMATS = {json: 1, text: 2, html: 3, svg: 4, ics: 5, fhir: 6};

  /** Why there is no answer. The message has a line for each fault: "place: found …, expected …". */
  class MagnesiaError extends Error {
    constructor(message, status, document) {
      super(message);
      this.name = 'MagnesiaError';
      this.status = status;
      this.document = document;
    }
  }

  function call(name, ...args) {
    try {
      return native[name](...args);
    } catch (error) {
      throw error.status === undefined ? error : new MagnesiaError(error.message, error.status, error.document);
    }
  }

  function bytes(text) {
    // Memory that other threads can write to is copied, so that nothing changes while it is read.
    const shared = typeof SharedArrayBuffer === 'function' && text?.buffer instanceof SharedArrayBuffer;
    if (text instanceof Uint8Array) return shared ? text.slice() : text;
    if (typeof text !== 'string') throw new TypeError('expected a string or bytes of UTF-8');
    if (/\p{Surrogate}/u.test(text)) throw new TypeError('found half of a surrogate pair, expected both halves');
    return new TextEncoder().encode(text);
  }

  function string(utf8) {
    return new TextDecoder('utf-8', {ignoreBOM: true}).decode(utf8);
  }

  function document(given) {
    const isObject = typeof given === 'object' && given !== null && !(given instanceof Uint8Array);
    return bytes(isObject ? JSON.stringify(given) : given);
  }

  class Answer {
    #handle;
    constructor(handle) {
      this.#handle = handle;
    }
    /** As 'json', 'text', 'html', 'svg', 'ics' or 'fhir', in UTF-8. */
    write(format) {
      return call('write', this.#handle, Object.hasOwn(FORMATS, format) ? FORMATS[format] : 0);
    }
    /** The same as a string. */
    to(format) {
      return string(this.write(format));
    }
    /** What JSON.parse makes of to('json'). */
    data() {
      return JSON.parse(this.to('json'));
    }
  }

  class Assessment extends Answer {
    constructor(handle) {
      super(handle);
      const [atLeast, atMost, decided] = call('verdict', handle);
      const clearance = call('clearance', handle);
      this.atLeast = SEVERITIES[atLeast];
      this.atMost = SEVERITIES[atMost];
      this.decided = decided !== 0;
      this.clearance = clearance === null ? null : string(clearance);
      Object.freeze(this);
    }
  }

  class Knowledge {
    #handle;
    /** Each pack: 'embedded', {path} or {name, json}; the first, with the others laid over it. None: what is built in. */
    constructor(...packs) {
      this.#handle = call('knowledge', packs.map((pack) => {
        if (pack === 'embedded') return [];
        if (pack !== null && typeof pack === 'object' && 'path' in pack) return [bytes(pack.path)];
        if (pack !== null && typeof pack === 'object' && 'json' in pack) return [bytes(pack.name), bytes(pack.json)];
        throw new TypeError("expected 'embedded', {path} or {name, json}");
      }));
    }
    static handleOf(knowledge) {
      return knowledge.#handle;
    }
  }

  class Checker {
    #handle;
    /** knowledge: what is built in, if it is not given. asOf: 'YYYY-MM-DD'. */
    constructor({knowledge, authority = 'us-nasem', asOf, historySettles = false, recordIsComplete = false} = {}) {
      let day;
      if (asOf !== undefined) {
        const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(asOf);
        if (parts === null) throw new TypeError('asOf: expected YYYY-MM-DD');
        day = parts.slice(1).map(Number);
      }
      const of = knowledge === undefined ? undefined : Knowledge.handleOf(knowledge);
      this.#handle = call('checker', of, bytes(authority), day, Boolean(historySettles), Boolean(recordIsComplete));
    }
    /** May this person take this magnesium? Of a request (docs/contract.md) as an object, a string or bytes of UTF-8. */
    assess(request) {
      return new Assessment(call('assess', this.#handle, document(request)));
    }
    /** When in the day? */
    plan(request) {
      return new Answer(call('plan', this.#handle, document(request)));
    }
    /** How much magnesium is one dose? Of a label's text, or of the name of a product that the knowledge has. */
    elemental(label) {
      return new Answer(call('elemental', this.#handle, bytes(label)));
    }
  }

  return {Answer, Assessment, Checker, Knowledge, MagnesiaError, version: native.version};
}

if (typeof module === 'object') module.exports = magnesiaOver;
else globalThis.magnesiaOver = magnesiaOver;
