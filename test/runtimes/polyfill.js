// The four Math functions that wasm2js output calls and that an engine of the ES5 age may lack:
// with the same results, bit for bit. Loaded before the core; touches nothing that is there.

(function () {
  var f32 = new Float32Array(1);

  // A store into a Float32Array rounds to nearest even, which is what Math.fround is defined by.
  function fround(x) {
    f32[0] = x;
    return f32[0];
  }

  // The low 32 bits of a product: 16-bit halves keep every partial product exact in a double.
  function imul(a, b) {
    var low = b & 0xffff;
    var high = (b >>> 16) & 0xffff;
    return ((a & 0xffff) * low + ((((a >>> 16) * low + (a & 0xffff) * high) << 16) >>> 0)) | 0;
  }

  function clz32(x) {
    var word = x >>> 0;
    var count = 0;
    if (word === 0) {
      return 32;
    }
    while (word < 0x80000000) {
      word = word * 2;
      count = count + 1;
    }
    return count;
  }

  function trunc(x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  if (!Math.fround) {
    Math.fround = fround;
  }
  if (!Math.imul) {
    Math.imul = imul;
  }
  if (!Math.clz32) {
    Math.clz32 = clz32;
  }
  if (!Math.trunc) {
    Math.trunc = trunc;
  }
})();
