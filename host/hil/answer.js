// A core behind a wire, in JavaScript: one request in, one answer out (docs/HIL.md), the same as
// host/hil/c/answer.c. For XS, Espruino and every other engine: ES5, no labels, nothing used before
// it is declared.
//
//   tfmb_rig(tfmb_core, { vital: [at, size], ... })  gives  function (request) { return answer; }

function tfmb_rig(make_core, places) {
  var HELLO = 1;
  var BOOT = 2;
  var STEP = 3;
  var STORED = 4;
  var CUT = 5;
  var READ = 1;
  var PROGRAM = 2;
  var HEAD_BYTES = 20;
  var core = make_core();

  function bytes_at(at, length) {
    return new Uint8Array(core.memory, at, length);
  }

  function area(name) {
    return bytes_at(places[name][0], places[name][1]);
  }

  function words_of(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Word of `storage`: op, address, length, memory_at. */
  function storage_word(index) {
    return words_of(area("storage")).getUint32(4 * index, true);
  }

  function cut(kept) {
    var vital = new Uint8Array(area("vital"));
    core = make_core();
    if (kept) area("vital").set(vital);
    return 0;
  }

  function boot(request, view) {
    var at = core.profile_at();
    var profile = new Uint8Array(request.buffer, request.byteOffset + 16, request.length - 16);
    var status;
    bytes_at(at, profile.length).set(profile);
    status = core.load_profile(profile.length);
    if (status !== 0) return status;
    return core.boot(
      view.getUint32(4, true) | 0,
      view.getUint32(8, true) | 0,
      view.getUint32(12, true) | 0,
    );
  }

  function step(request) {
    area("sample").set(new Uint8Array(request.buffer, request.byteOffset + 4, request.length - 4));
    return core.step();
  }

  function stored(request, view) {
    var length = request.length - 8;
    if (storage_word(0) === READ && length === storage_word(2)) {
      bytes_at(storage_word(3), length).set(
        new Uint8Array(request.buffer, request.byteOffset + 8, length),
      );
    }
    return core.storage_done(view.getUint32(4, true) | 0);
  }

  function written(status) {
    var decision = area("decision");
    var gauge = area("gauge");
    var op = storage_word(0);
    var length = storage_word(2);
    var more = op === PROGRAM ? length : 0;
    var out = new Uint8Array(HEAD_BYTES + decision.length + gauge.length + more);
    var view = words_of(out);
    view.setUint32(0, status, true);
    // no journal of its own: records are the rig's
    view.setUint32(8, op, true);
    view.setUint32(12, storage_word(1), true);
    view.setUint32(16, length, true);
    out.set(decision, HEAD_BYTES);
    out.set(gauge, HEAD_BYTES + decision.length);
    if (more > 0) out.set(bytes_at(storage_word(3), more), out.length - more);
    return out;
  }

  function greeting() {
    var out = new Uint8Array(8);
    var view = words_of(out);
    view.setUint32(0, core.layout_hash(), true);
    view.setUint32(4, core.abi_version(), true);
    return out;
  }

  return function (request) {
    var view = words_of(request);
    var kind = view.getUint32(0, true);
    if (kind === HELLO) return greeting();
    if (kind === BOOT) return written(boot(request, view));
    if (kind === STEP) return written(step(request));
    if (kind === STORED) return written(stored(request, view));
    if (kind === CUT) return written(cut(view.getUint32(4, true) !== 0));
    return new Uint8Array(0);
  };
}
