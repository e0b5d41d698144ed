// What xs.ts measures: a loop of steps, and the same loop around nothing. Plain ES5, loaded after
// conformance.js, whose ops it replays to bring the core into ordinary running.

// Replays the vector up to the first step that the core accepts: status below 16.
function tfmb_warm_up(core, words) {
  var run = {
    core: core,
    words: words,
    at: TFMB_VECTOR.header_words,
    shadow: new Uint32Array(words[5]),
    steps: 0,
    checks: 0,
    ended: false,
  };
  var call = core.call;
  var accepted = false;
  core.call = function (fn, args, f32_mask, ret) {
    var status = call(fn, args, f32_mask, ret);
    accepted = fn === TFMB_VECTOR.step && (status & 0xff) < 16;
    return status;
  };
  while (!accepted && !run.ended) {
    tfmb_run_op(run);
  }
  core.call = call;
  if (!accepted) {
    throw new Error("the golden vector holds no step that the core accepts");
  }
}

function tfmb_no_step() {
  return 0;
}

function tfmb_loop(step, memory, time_word, dt_ms, count) {
  var i;
  for (i = 0; i < count; i = i + 1) {
    memory[time_word] = memory[time_word] + dt_ms;
    step();
  }
}
