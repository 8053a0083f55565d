'use strict';
// Magnesia for browsers: `await magnesia.load()` gives the classes of the Node.js binding (index.d.ts), over WebAssembly. Needs
// magnesia_module.js and api.js; no network, no files.

(function () {
  // Text in the module's memory while `use(pointer, length)` runs.
  function withText(module, bytes, use) {
    const pointer = module._malloc(bytes.length + 1);
    if (pointer === 0) throw new RangeError('no memory');
    try {
      module.HEAPU8.set(bytes, pointer);
      return use(pointer, bytes.length);
    } finally {
      module._free(pointer);
    }
  }

  // Places for what a function gives: `use(pointers…)`, then their values, 32 bits each.
  function withPlaces(module, count, use) {
    const pointer = module._malloc(4 * count);
    if (pointer === 0) throw new RangeError('no memory');
    try {
      module.HEAPU8.fill(0, pointer, pointer + 4 * count);
      const status = use(...Array.from({length: count}, (_, i) => pointer + 4 * i));
      return [status, ...new Uint32Array(module.HEAPU8.buffer, pointer, count)];
    } finally {
      module._free(pointer);
    }
  }

  function nativeOf(module) {
    const frees = {knowledge: module._magnesia_knowledge_free, checker: module._magnesia_checker_free, answer: module._magnesia_answer_free};
    const unreachable = new FinalizationRegistry(({kind, pointer}) => frees[kind](pointer));
    const pointers = new WeakMap();

    function owner(kind, pointer) {
      const handle = Object.freeze({kind});
      pointers.set(handle, pointer);
      unreachable.register(handle, {kind, pointer});
      return handle;
    }
    function pointerOf(kind, handle) {
      if (handle?.kind !== kind || !pointers.has(handle)) throw new TypeError('not a handle of this kind');
      return pointers.get(handle);
    }
    const name = (pointer) => {
      let end = pointer;
      while (module.HEAPU8[end] !== 0) ++end;
      return new TextDecoder().decode(module.HEAPU8.slice(pointer, end));
    };
    // A copy of text that the library gave, which is freed.
    function taken(pointer, size) {
      const copy = module.HEAPU8.slice(pointer, pointer + size);
      module._magnesia_free(pointer);
      return copy;
    }
    function written(answer, format) {
      const [status, text, size] = withPlaces(module, 2, (...places) => module._magnesia_answer_text(answer, format, ...places));
      return [status, status === 0 ? taken(text, size) : null];
    }
    // Throws unless all went well. Frees the answer.
    function wentWell(status, answer) {
      try {
        if (status === 0) return;
        const text = answer ? written(answer, 2)[1] : null;
        const document = answer ? written(answer, 1)[1] : null;
        const error = new Error(text === null ? name(module._magnesia_status_name(status)) : new TextDecoder().decode(text).trimEnd());
        error.status = name(module._magnesia_status_name(status));
        error.document = document === null ? undefined : new TextDecoder().decode(document);
        throw error;
      } finally {
        module._magnesia_answer_free(answer);
      }
    }
    function ask(question) {
      return (checker, text) => withText(module, text, (pointer, size) => {
        const of = pointerOf('checker', checker);
        const [status, answer] = withPlaces(module, 1, (place) => question(of, pointer, size, place));
        if (status !== 0) wentWell(status, answer);
        return owner('answer', answer);
      });
    }
    function addPack(packs, parts) {
      if (parts.length === 0) return wentWell(module._magnesia_packs_add_embedded(packs), 0);
      if (parts.length === 1) throw new TypeError('there are no files here: give the text of the pack');
      return withText(module, parts[0], (title, titleSize) => withText(module, parts[1], (json, size) =>
          wentWell(module._magnesia_packs_add_text(packs, title, titleSize, json, size), 0)));
    }

    return {
      version: () => name(module._magnesia_version()),
      knowledge(packs) {
        let list = 0;
        try {
          if (packs.length !== 0) {
            const [status, made] = withPlaces(module, 1, (place) => module._magnesia_packs_new(place));
            wentWell(status, 0);
            list = made;
            for (const pack of packs) addPack(list, pack);
          }
          const [status, knowledge, error] = withPlaces(module, 2, (...places) => module._magnesia_knowledge_new(list, ...places));
          wentWell(status, error);
          return owner('knowledge', knowledge);
        } finally {
          module._magnesia_packs_free(list);
        }
      },
      checker(knowledge, authority, day, settles, complete) {
        const of = knowledge === undefined ? 0 : pointerOf('knowledge', knowledge);
        const [status, policy] = withPlaces(module, 1, (place) => module._magnesia_policy_new(place));
        wentWell(status, 0);
        try {
          withText(module, authority, (text, size) => wentWell(module._magnesia_policy_set_authority(policy, text, size), 0));
          if (day !== undefined) wentWell(module._magnesia_policy_set_as_of(policy, ...day), 0);
          wentWell(module._magnesia_policy_set_history_settles(policy, Number(settles)), 0);
          wentWell(module._magnesia_policy_set_record_is_complete(policy, Number(complete)), 0);
          const [made, checker, error] = withPlaces(module, 2, (...places) => module._magnesia_checker_new(of, policy, ...places));
          wentWell(made, error);
          return owner('checker', checker);
        } finally {
          module._magnesia_policy_free(policy);
        }
      },
      assess: ask(module._magnesia_assess),
      plan: ask(module._magnesia_plan),
      elemental: ask(module._magnesia_elemental),
      write(answer, format) {
        const [status, text] = written(pointerOf('answer', answer), format);
        wentWell(status, 0);
        return text;
      },
      verdict(answer) {
        const of = pointerOf('answer', answer);
        const [status, ...verdict] = withPlaces(module, 3, (...places) => module._magnesia_answer_verdict(of, ...places));
        wentWell(status, 0);
        return verdict;
      },
      clearance(answer) {
        const of = pointerOf('answer', answer);
        const [status, text, size] = withPlaces(module, 2, (...places) => module._magnesia_answer_clearance(of, ...places));
        wentWell(status, 0);
        return text === 0 ? null : taken(text, size);
      }
    };
  }

  const inNode = typeof module === 'object';
  const over = inNode ? require('./api.js') : globalThis.magnesiaOver;
  const made = inNode ? require('./magnesia_module.js') : globalThis.magnesiaModule;
  const magnesia = {load: async () => over(nativeOf(await made()))};
  if (inNode) module.exports = magnesia;
  else globalThis.magnesia = magnesia;
})();
