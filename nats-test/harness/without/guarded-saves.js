/** For a service with a database: a save takes effect whoever saved since the document was loaded. */
const { Collection } = require('mongoose');

const { updateOne } = Collection.prototype;
Collection.prototype.updateOne = function (filter, ...rest) {
  // Events are compared with what is newer, which is not a save's guard.
  const { version, ...unguarded } = filter;
  return updateOne.call(this, typeof version === 'number' ? unguarded : filter, ...rest);
};
