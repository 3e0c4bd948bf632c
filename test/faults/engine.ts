/** A queue that processes reach through a proxy that can fail, and whose real state the test can inspect. */
export interface Engine extends AsyncDisposable {
  name: string;
  /** The value of QUEUE_URL. */
  url: string;
  /** All jobs that the queue has ever accepted, by kind and id, such as "press 1573801455138111488". */
  accepted(): Promise<ReadonlySet<string>>;
  /** The dead letters, named in the same way, with their reasons. */
  deadLetters(): Promise<ReadonlyMap<string, string>>;
  /** The number of jobs that are neither done nor dead letters. */
  unfinished(): Promise<number>;
  /**
   * Makes the queue unavailable for a while: Redis is killed and restarted with its data, SQS does not respond. Resolves with the number
   * of affected requests or connections; of several kinds of faults, the smallest number counts.
   */
  outage(milliseconds: number): Promise<number>;
  /** Processes some requests without sending the response, for a while. Resolves with how many. */
  loseResponses(milliseconds: number): Promise<number>;
  /** Delivers each job twice, for a while. Resolves with how many. */
  deliverTwice(milliseconds: number): Promise<number>;
}
