export type Fate = 'listed' | 'reserved' | 'sold';

export interface Listing {
  readonly title: string;
  readonly category: 'concert' | 'sport' | 'theatre' | 'festival' | 'conference' | 'other';
  readonly price: number;
  readonly venue?: string;
  /** From today; undefined for tickets without a day. */
  readonly daysAhead?: number;
  readonly description?: string;
  readonly fate: Fate;
}

type Row = [title: string, price: number, venue?: string, daysAhead?: number, description?: string];

const rows: Record<Listing['category'], readonly Row[]> = {
  concert: [
    [
      'Winter Chamber Music, row 4',
      38,
      'St. Nicholas Hall',
      12,
      'Quartets by Haydn and Ravel. Side view of the stage.',
    ],
    ['The Paper Kites of Elmwood, standing', 45.5, 'Warehouse 9', 20],
    ['Late Night Jazz Trio', 18, 'Cellar Door', 3, 'Doors at ten. One drink included.'],
    ['Organ and Brass', 22, 'Old Cathedral', 41],
    ['Northern Lights Orchestra, balcony', 64, 'Concert House', 75, 'Sibelius 2 and the violin concerto.'],
    ['Songs for a Small Room', 15, 'The Attic', 9],
    ['Synths after Dark', 27.9, 'Power Station', 33, 'Front of house, centre. Ear plugs at the bar.'],
    ['Choir of a Hundred', 12, 'Market Church', 27],
    ['The Long Farewell Tour, seat 12F', 129, 'City Arena', 110, 'Printed ticket, handed over in person or by post.'],
  ],
  sport: [
    ['Derby, north stand', 55, 'River Ground', 15, 'Home supporters only.'],
    ['Ice Hockey Semi-final', 48, 'Glacier Arena', 24],
    ['Half Marathon, starting place', 62.5, 'City Ring', 58, 'The organiser changes the name free of charge.'],
    ['Indoor Athletics, evening session', 30, 'Velodrome', 18],
    ['Table Tennis Open, day pass', 14, 'Sports Hall East', 36],
    ['Regatta, grandstand', 25, 'Lake Shore', 90],
    ['Climbing World Cup Final', 33, 'The Wall', 66, 'Second row, right behind the judges.'],
  ],
  theatre: [
    ['A Comedy of Keys, stalls', 42, 'Playhouse', 7, 'Row G, on the aisle.'],
    ['The Lighthouse Keeper', 29, 'Studio Stage', 14],
    ['Puppets for Grown-ups', 17.5, 'Little Theatre', 22, 'In English, with surtitles.'],
    ['Opera in an Afternoon', 88, 'Opera House', 49],
    ['Improvised Crime', 16, 'Backyard Stage', 5],
    ['Dance Double Bill', 35, 'Playhouse', 61, 'Two pieces of forty minutes, one interval.'],
    ['Midsummer in Winter, box for one', 95, 'Royal Box Theatre', 83],
  ],
  festival: [
    ['Open Air Weekend, three days', 149, 'Airfield', 190, 'With a place for a small tent.'],
    ['Short Film Nights', 24, 'Harbour Cinema', 46],
    ['Folk on the Hill, Sunday', 39, 'Castle Hill', 160],
    ['Book Fair, early entrance', 11, 'Exhibition Hall 3', 70],
    ['Street Food and Brass', 8.5, 'Old Docks', 31],
    ['Lantern Parade, boat seat', 57, 'Canal Pier', 100, 'Blankets on board. Leaves on the minute.'],
  ],
  conference: [
    ['Databases in Practice, two days', 320, 'Congress Centre', 54, 'Lunch and recordings included.'],
    ['Type Systems Day', 95, 'Technical University', 29],
    ['Reliable Systems Meetup, workshop', 40, 'Makers House', 11, 'Bring a laptop. Twelve people at most.'],
    ['Design and Accessibility', 180, 'Congress Centre', 77],
    ['Young Researchers Forum', 0.5, 'Town Library', 39, 'The price is symbolic; it pays for the badge.'],
  ],
  other: [
    ['Night Tour of the Observatory', 19, 'Star Hill', 17, 'Only when the sky is clear; else another night.'],
    ['Bread Baking Course', 75, 'Mill Yard', 25],
    ['Balloon Ride at Sunrise', 210, 'South Meadow', 44],
    ['Zoo, any day', 21.5, 'City Zoo'],
    ['Wine Tasting for Two', 68, 'Hillside Cellar', 52, 'Six glasses each, cheese, and a bus back to town.'],
    ['Museum Pass', 33],
  ],
};

const reserved = ['Late Night Jazz Trio', 'Ice Hockey Semi-final', 'Improvised Crime', 'Type Systems Day'];
const sold = [
  ...['The Paper Kites of Elmwood, standing', 'Derby, north stand', 'Opera in an Afternoon', 'Short Film Nights'],
  ...['Databases in Practice, two days', 'Balloon Ride at Sunrise'],
];

/** Forty tickets of all kinds, and what becomes of each. */
export const listings: readonly Listing[] = Object.entries(rows).flatMap(([category, tickets]) =>
  tickets.map(([title, price, venue, daysAhead, description]) => ({
    title,
    category: category as Listing['category'],
    price,
    ...(venue && { venue }),
    ...(daysAhead && { daysAhead }),
    ...(description && { description }),
    fate: fateOf(title),
  })),
);

function fateOf(title: string): Fate {
  if (sold.includes(title)) return 'sold';
  return reserved.includes(title) ? 'reserved' : 'listed';
}
