/** A queue that all processes reach through something that can go wrong, and that tells the test what it really holds. */
export interface Engine extends AsyncDisposable {
  name: string;
  /** QUEUE_URL. */
  url: string;
  /** Every job that it has ever taken, whoever was told so: the job's kind and id, as in "press 1573801455138111488". */
  taken(): Promise<ReadonlySet<string>>;
  /** Why jobs, named in the same way, are dead letters. */
  deadLetters(): Promise<ReadonlyMap<string, string>>;
  /** Jobs that are neither done nor dead letters. */
  unfinished(): Promise<number>;
  /**
   * Cannot be used for this number of milliseconds: Redis is killed and started again with its data, SQS is away. Resolves with
   * the number of requests or connections hit by the kind of fault that hit the fewest.
   */
  outage(milliseconds: number): Promise<number>;
  /** For so many milliseconds does some of what it is asked for, and its answer is lost. Resolves with how many. */
  loseAnswers(milliseconds: number): Promise<number>;
  /** For so many milliseconds delivers each job twice. Resolves with how many. */
  deliverTwice(milliseconds: number): Promise<number>;
}
