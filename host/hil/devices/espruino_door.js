// How a request gets into an Espruino over its REPL, and the answer out: as base64 text.

function tfmb_ask(text) {
  var data = atob(text);
  var request = new Uint8Array(data.length);
  var out = "";
  var answer;
  var i;
  for (i = 0; i < data.length; i++) request[i] = data.charCodeAt(i);
  answer = tfmb_device.answer(request);
  for (i = 0; i < answer.length; i++) out += String.fromCharCode(answer[i]);
  return btoa(out);
}
