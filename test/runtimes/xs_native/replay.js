// The last script of host.c: replays the vector against the C core that is linked into this XS.

var tfmb_native = {
  layoutHash: function () {
    return native_call(1, []);
  },
  load: native_load,
  store: native_store,
  call: native_call,
};

var tfmb_identical = tfmb_conformance(tfmb_native, new Uint32Array(tfmb_vector), print);
