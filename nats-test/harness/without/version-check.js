/** For orders: the state of a ticket that comes last is kept, whatever its version. */
const replica = require('../../../common/dist/persistence/replica');

replica.applyIfNewer = async (model, _id, version, state) => {
  await model.updateOne({ _id }, { $set: { ...state, version } }, { upsert: true });
  return true;
};
