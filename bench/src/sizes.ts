/** How much is measured. */
export interface Sizes {
  /** Rounds in which subject and reference take turns. */
  readonly rounds: number;
  readonly roundSeconds: number;
  /** Before anything is measured, and after a service was started anew; not counted. */
  readonly warmUpOrders: number;
  /** Before the first round, for both, and not counted. */
  readonly warmUpSeconds: number;
  readonly listings: number;
  /** For what is measured one after the other. */
  readonly samples: number;
  readonly steadySeconds: number;
  readonly buyersOfOne: number;
  readonly outageSeconds: number;
  readonly backlog: number;
  readonly expiries: number;
  readonly signIns: number;
  /** How many tickets there are while the cost of growing is measured. */
  readonly growth: readonly number[];
}

export const fullSizes: Sizes = {
  rounds: 5,
  roundSeconds: 3,
  warmUpOrders: 3000,
  warmUpSeconds: 3,
  listings: 10_000,
  samples: 300,
  steadySeconds: 15,
  buyersOfOne: 1000,
  outageSeconds: 30,
  backlog: 3000,
  expiries: 1000,
  signIns: 6,
  growth: [1000, 10_000, 100_000, 1_000_000],
};

/** Enough to see that everything runs. */
export const quickSizes: Sizes = {
  rounds: 2,
  roundSeconds: 1,
  warmUpOrders: 50,
  warmUpSeconds: 1,
  listings: 500,
  samples: 30,
  steadySeconds: 2,
  buyersOfOne: 50,
  outageSeconds: 2,
  backlog: 60,
  expiries: 50,
  signIns: 2,
  growth: [200, 400],
};
