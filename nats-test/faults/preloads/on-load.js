const Module = require('node:module');

/**
 * Changes what a compiled module of the system exports, before anybody uses it: how a test takes a mechanism away from a
 * process that knows nothing about it. To be used by what `--require` loads.
 */
module.exports = function onLoad(file, change) {
  const load = Module._load;
  let isChanged = false;
  Module._load = function (request, ...about) {
    const loaded = load.call(this, request, ...about);
    if (!isChanged && request.endsWith(file)) isChanged = change(loaded) !== false;
    return loaded;
  };
};
