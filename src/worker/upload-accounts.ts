import { RetryLaterError } from "../queue/queue.ts";

/** Milliseconds of decoding that a person's uploads may take before they wait: some 50 photographs of 12 megapixels. */
const FREE_DECODING_MS = 20_000;
/** Part of the time in which used decoding time is forgiven: a person has a quarter of one decoder for good. */
const FORGIVEN_SHARE = 1 / 4;
const MAX_STORED_BYTES_A_DAY = 500 * 1024 * 1024;
/** Milliseconds before an upload comes again that waits for another of its person: by chance from half of this to twice. */
const RETRY_DELAY_MS = 1_000;
const MAX_DELAY_MS = 10 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Those whose last upload is longest ago are forgotten. */
const MAX_PEOPLE = 10_000;

interface Account {
  atWork: boolean;
  /** Decoding time that is not yet forgiven, as of the moment `countedAt`. */
  decodingMs: number;
  countedAt: number;
  /** Bytes that were stored on the day `day`, in days since 1970. */
  storedBytes: number;
  day: number;
}

/**
 * Keeps the uploads of one person from holding up those of others, in the memory of one worker, by three rules:
 *
 * - One upload of a person is at work at a time. Others of theirs are postponed by about a second.
 * - Decoding counts by its time. 20 s are free, and a quarter of the time that goes by is forgiven. What somebody has used
 *   beyond that they wait for: with 50 s used, the next upload is postponed by (50 s − 20 s) × 4 = 2 minutes, at most by 10.
 * - A person may have 500 MiB stored on one day (UTC).
 *
 * With several workers each counts for itself. The 10,000 people who uploaded last are kept.
 */
export interface UploadAccounts {
  /** @throws RetryLaterError without doing the work, when it is not this person's turn */
  inTurn<T>(userId: string, work: () => Promise<T>): Promise<T>;
  /** Counts decoding for a person. */
  addDecoding(userId: string, milliseconds: number): void;
  /** Whether a person may have this much more stored today. */
  hasRoom(userId: string, bytes: number): boolean;
  /** Counts what was stored for a person. */
  addStored(userId: string, bytes: number): void;
}

interface Options {
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
  maxPeople?: number;
}

export function uploadAccounts({ now, random, maxPeople = MAX_PEOPLE }: Options): UploadAccounts {
  const accounts = new Map<string, Account>();

  /** As of now; the last in the map, which is in the order of use. */
  function accountOf(userId: string): Account {
    const time = now();
    const day = Math.floor(time / DAY_MS);
    const account = accounts.get(userId) ?? {
      atWork: false,
      decodingMs: 0,
      countedAt: time,
      storedBytes: 0,
      day,
    };
    account.decodingMs = Math.max(0, account.decodingMs - (time - account.countedAt) * FORGIVEN_SHARE);
    account.countedAt = time;
    if (account.day !== day) Object.assign(account, { storedBytes: 0, day });
    accounts.delete(userId);
    accounts.set(userId, account);
    if (accounts.size > maxPeople) forgetOldest();
    return account;
  }

  function forgetOldest(): void {
    for (const [userId, { atWork }] of accounts) {
      if (atWork) continue;
      accounts.delete(userId);
      return;
    }
  }

  return {
    async inTurn(userId, work) {
      const account = accountOf(userId);
      if (account.atWork) throw new RetryLaterError(RETRY_DELAY_MS * (0.5 + 1.5 * random()));
      const excess = account.decodingMs - FREE_DECODING_MS;
      if (excess > 0) throw new RetryLaterError(Math.min(excess / FORGIVEN_SHARE, MAX_DELAY_MS));
      account.atWork = true;
      try {
        return await work();
      } finally {
        account.atWork = false;
      }
    },

    addDecoding(userId, milliseconds) {
      accountOf(userId).decodingMs += milliseconds;
    },

    hasRoom: (userId, bytes) => accountOf(userId).storedBytes + bytes <= MAX_STORED_BYTES_A_DAY,

    addStored(userId, bytes) {
      accountOf(userId).storedBytes += bytes;
    },
  };
}
