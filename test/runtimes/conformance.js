// The conformance driver for JavaScript engines: replays a golden vector against a core and tells
// the first disagreement. One file of plain ES5 functions, so that every engine runs the same
// text; loaded as a script, after polyfill.js. docs/CONFORMANCE.md describes the vector.
// A core is an object of four functions that speak in unsigned 32-bit words only:
//   layoutHash(), load(address), store(address, word),
//   call(fn, argument words, bits of the arguments that are f32, 0 void | 1 i32 | 2 f32).

var TFMB_VECTOR = { magic: 0x56474654, version: 1, header_words: 9, step: 6 };

function tfmb_fold(hash, word) {
  return Math.imul(hash ^ word, 16777619);
}

function tfmb_hex(word) {
  return "0x" + ("0000000" + (word >>> 0).toString(16)).slice(-8);
}

function tfmb_difference(what, expected, got) {
  return { what: what, expected: expected >>> 0, got: got >>> 0 };
}

// Header and file hash, before anything runs: a damaged file must not look like a wrong core.
function tfmb_check_file(core, words) {
  var last = words.length - 1;
  var hash = 2166136261;
  var i;
  if (words.length < TFMB_VECTOR.header_words + 2 || words[0] !== TFMB_VECTOR.magic) {
    return tfmb_difference("magic", TFMB_VECTOR.magic, words[0]);
  }
  if (words[1] !== TFMB_VECTOR.version) {
    return tfmb_difference("version", TFMB_VECTOR.version, words[1]);
  }
  if (words[3] !== words.length) {
    return tfmb_difference("length", words[3], words.length);
  }
  for (i = 0; i < last; i = i + 1) {
    hash = tfmb_fold(hash, words[i]);
  }
  if (hash >>> 0 !== words[last]) {
    return tfmb_difference("file_hash", words[last], hash);
  }
  if (core.layoutHash() >>> 0 !== words[2]) {
    return tfmb_difference("layout_hash", words[2], core.layoutHash());
  }
  return null;
}

// The next `count` words belong to this op: true if they are there, before the last word.
function tfmb_has(run, count) {
  return run.at + count < run.words.length;
}

function tfmb_op_poke(run, w0) {
  var count = w0 >>> 8;
  var address;
  var i;
  if (!tfmb_has(run, 1 + count)) {
    return tfmb_difference("truncated", 1 + count, run.words.length - 1 - run.at);
  }
  address = run.words[run.at];
  run.at = run.at + 1;
  for (i = 0; i < count; i = i + 1) {
    run.core.store(address + 4 * i, run.words[run.at + i]);
  }
  run.at = run.at + count;
  return null;
}

function tfmb_op_call(run, w0) {
  var fn = (w0 >>> 8) & 0xff;
  var count = (w0 >>> 16) & 0xf;
  var ret = w0 >>> 24;
  var args = [];
  var expected;
  var got;
  var i;
  if (!tfmb_has(run, count + (ret === 0 ? 0 : 1))) {
    return tfmb_difference("truncated", count, run.words.length - 1 - run.at);
  }
  for (i = 0; i < count; i = i + 1) {
    args[i] = run.words[run.at + i];
  }
  run.at = run.at + count;
  got = run.core.call(fn, args, (w0 >>> 20) & 0xf, ret);
  run.steps = run.steps + (fn === TFMB_VECTOR.step ? 1 : 0);
  if (ret === 0) {
    return null;
  }
  expected = run.words[run.at];
  run.at = run.at + 1;
  run.checks = run.checks + 1;
  return got === expected ? null : tfmb_difference("fn:" + fn, expected, got);
}

// The out range is compared whole, so that a write where the vector expects none is seen as well.
function tfmb_op_expect(run) {
  var words = run.words;
  var out_at = words[4];
  var out_words = words[5];
  var masks = (out_words + 31) >>> 5;
  var mask_at = run.at;
  var at = mask_at + masks;
  var hash = 2166136261;
  var i;
  var got;
  if (!tfmb_has(run, masks)) {
    return tfmb_difference("truncated", masks, words.length - 1 - run.at);
  }
  for (i = 0; i < out_words; i = i + 1) {
    if ((words[mask_at + (i >>> 5)] >>> (i & 31)) & 1) {
      run.shadow[i] = words[at];
      at = at + 1;
    }
  }
  run.at = at;
  if (!tfmb_has(run, 1)) {
    return tfmb_difference("truncated", at + 1, words.length - 1);
  }
  // Bits past the end of the out range mean nothing, so they have to be zero.
  if (out_words & 31 && words[mask_at + masks - 1] >>> (out_words & 31)) {
    return tfmb_difference("mask", 0, words[mask_at + masks - 1] >>> (out_words & 31));
  }
  for (i = 0; i < out_words; i = i + 1) {
    got = run.core.load(out_at + 4 * i);
    if (got !== run.shadow[i]) {
      return tfmb_difference("out:" + tfmb_hex(out_at + 4 * i), run.shadow[i], got);
    }
  }
  for (i = 0; i < words[7]; i = i + 1) {
    hash = tfmb_fold(hash, run.core.load(words[6] + 4 * i));
  }
  run.at = at + 1;
  run.checks = run.checks + out_words + 1;
  return hash >>> 0 === words[at] ? null : tfmb_difference("state", words[at], hash);
}

// Runs one op. END is the only op that leaves run.ended true.
function tfmb_run_op(run) {
  var w0 = run.words[run.at];
  var code = w0 & 0xff;
  run.at = run.at + 1;
  if (code === 1) {
    return tfmb_op_poke(run, w0);
  }
  if (code === 2) {
    return tfmb_op_call(run, w0);
  }
  if (code === 3) {
    return tfmb_op_expect(run);
  }
  if (code !== 0) {
    return tfmb_difference("opcode", 0, w0);
  }
  run.ended = true;
  if (run.at !== run.words.length - 1) {
    return tfmb_difference("end", run.words.length - 1, run.at);
  }
  return run.steps === run.words[8] ? null : tfmb_difference("steps", run.words[8], run.steps);
}

// The one closing line, the same on every platform.
function tfmb_verdict(run, op, difference) {
  var line;
  if (!difference) {
    return "conformance: identical steps=" + run.steps + " checks=" + run.checks;
  }
  line = "conformance: DIFFERENT op=" + op + " what=" + difference.what;
  line = line + " expected=" + tfmb_hex(difference.expected);
  return line + " got=" + tfmb_hex(difference.got);
}

// Replays `words` (a Uint32Array) and prints the one closing line; true if all was identical.
// op=-1 in that line: the file itself is wrong, nothing was run.
function tfmb_conformance(core, words, print) {
  var run = { core: core, words: words, at: TFMB_VECTOR.header_words, ended: false };
  var op = -1;
  var difference = tfmb_check_file(core, words);
  run.steps = 0;
  run.checks = 0;
  if (!difference) {
    run.shadow = new Uint32Array(words[5]);
  }
  while (!difference && !run.ended) {
    op = op + 1;
    difference = tfmb_has(run, 1)
      ? tfmb_run_op(run)
      : tfmb_difference("truncated", run.at + 1, words.length - 1);
  }
  print(tfmb_verdict(run, op, difference));
  return !difference;
}

// Makes the core object out of an instance: what tfmb_core() returns, or the exports of a
// WebAssembly instance (whose memory is wrapped once more). `names` are the exports in ABI order.
// f32 bits travel through one shared buffer; numbers carry every f32 exactly but NaN payloads.
function tfmb_adapter(instance, names) {
  var memory = new Uint32Array(instance.memory.buffer || instance.memory);
  var bits = new Uint32Array(1);
  var f32 = new Float32Array(bits.buffer);

  function toNumber(word, is_f32) {
    bits[0] = word;
    return is_f32 ? f32[0] : word | 0;
  }

  return {
    layoutHash: function () {
      return instance.layout_hash() >>> 0;
    },
    load: function (address) {
      return memory[address >>> 2];
    },
    store: function (address, word) {
      memory[address >>> 2] = word;
    },
    call: function (fn, args, f32_mask, ret) {
      var values = [];
      var result;
      var i;
      for (i = 0; i < args.length; i = i + 1) {
        values[i] = toNumber(args[i], (f32_mask >>> i) & 1);
      }
      result = instance[names[fn]].apply(instance, values);
      if (ret === 2) {
        f32[0] = result;
        return bits[0];
      }
      return result >>> 0;
    },
  };
}
