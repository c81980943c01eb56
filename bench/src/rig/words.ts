/** What listings are made of. The lists are of lengths without a common factor, so that all combinations come up. */
export const artists = [
  'The Beach Hawks',
  'Nina Okafor',
  'Quartet Nord',
  'Rovers against United',
  'Hamlet',
  'Los Faros',
  'Green Mile',
];
export const places = ['Royal Hall', 'Arena East', 'Old Opera', 'Harbour Stage', 'City Ground'];
export const categories = ['concert', 'sport', 'theatre', 'festival', 'conference', 'other'];
