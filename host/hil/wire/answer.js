// A core behind a wire, in JavaScript: one request in, one answer out (docs/HIL.md), the same as
// host/hil/c/answer.c. For XS, Espruino and every other engine: ES5, no labels, nothing used before
// it is declared.
//
//   new TfmbRig(tfmb_core, { vital: [at, size], ... }).answer(request)

var TFMB_ASK = { hello: 1, boot: 2, step: 3, stored: 4, cut: 5 };
var TFMB_OP = { read: 1, program: 2 };
var TFMB_HEAD_BYTES = 20;

function TfmbRig(make_core, places) {
  this.make_core = make_core;
  this.places = places;
  this.core = make_core();
}

function tfmb_words(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The bytes of a message behind its words. */
function tfmb_rest(request, words) {
  var skip = 4 * words;
  return new Uint8Array(request.buffer, request.byteOffset + skip, request.length - skip);
}

TfmbRig.prototype.bytes = function (at, length) {
  return new Uint8Array(this.core.memory, at, length);
};

TfmbRig.prototype.area = function (name) {
  return this.bytes(this.places[name][0], this.places[name][1]);
};

/** op, address, length, memory_at. */
TfmbRig.prototype.storage = function (index) {
  return tfmb_words(this.area("storage")).getUint32(4 * index, true);
};

TfmbRig.prototype.cut = function (kept) {
  var vital = new Uint8Array(this.area("vital"));
  this.core = this.make_core();
  if (kept) this.area("vital").set(vital);
  return 0;
};

TfmbRig.prototype.boot = function (profile, view) {
  var status;
  this.bytes(this.core.profile_at(), profile.length).set(profile);
  status = this.core.load_profile(profile.length);
  if (status !== 0) return status;
  return this.core.boot(view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true));
};

TfmbRig.prototype.step = function (sample) {
  this.area("sample").set(sample);
  return this.core.step();
};

TfmbRig.prototype.stored = function (read, result) {
  if (this.storage(0) === TFMB_OP.read && read.length === this.storage(2)) {
    this.bytes(this.storage(3), read.length).set(read);
  }
  return this.core.storage_done(result);
};

TfmbRig.prototype.written = function (status) {
  var decision = this.area("decision");
  var gauge = this.area("gauge");
  var op = this.storage(0);
  var length = this.storage(2);
  var more = op === TFMB_OP.program ? length : 0;
  var out = new Uint8Array(TFMB_HEAD_BYTES + decision.length + gauge.length + more);
  var view = tfmb_words(out);
  view.setUint32(0, status, true);
  // the second word stays 0: no journal of its own
  view.setUint32(8, op, true);
  view.setUint32(12, this.storage(1), true);
  view.setUint32(16, length, true);
  out.set(decision, TFMB_HEAD_BYTES);
  out.set(gauge, TFMB_HEAD_BYTES + decision.length);
  if (more > 0) out.set(this.bytes(this.storage(3), more), out.length - more);
  return out;
};

TfmbRig.prototype.greeting = function () {
  var out = new Uint8Array(8);
  tfmb_words(out).setUint32(0, this.core.layout_hash(), true);
  tfmb_words(out).setUint32(4, this.core.abi_version(), true);
  return out;
};

TfmbRig.prototype.answer = function (request) {
  var view = tfmb_words(request);
  var kind = view.getUint32(0, true);
  var status;
  if (kind === TFMB_ASK.hello) return this.greeting();
  if (kind === TFMB_ASK.boot) status = this.boot(tfmb_rest(request, 4), view);
  else if (kind === TFMB_ASK.step) status = this.step(tfmb_rest(request, 1));
  else if (kind === TFMB_ASK.stored) {
    status = this.stored(tfmb_rest(request, 2), view.getInt32(4, true));
  } else if (kind === TFMB_ASK.cut) status = this.cut(view.getUint32(4, true) !== 0);
  else return new Uint8Array(0);
  return this.written(status);
};
