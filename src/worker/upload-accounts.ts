import { RetryLaterError } from "../queue/queue.ts";
import { retrySoon } from "./concurrency-gate.ts";

/** Decoding time that a person has for free: about 50 photographs of 12 megapixels. */
const FREE_DECODING_MS = 20_000;
/** Milliseconds of decoding that are forgiven per millisecond: in the long run, a person has a quarter of one decoder. */
const FORGIVEN_SHARE = 1 / 4;
const MAX_STORED_BYTES_A_DAY = 500 * 1024 * 1024;
const MAX_DELAY_MS = 10 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** With more people, the account that has not been used for the longest time is dropped. */
const MAX_PEOPLE = 10_000;

interface Account {
  /** Whether an upload of this person is running. */
  isRunning: boolean;
  /** Decoding time that was not yet forgiven at `countedAt`. */
  decodingMs: number;
  countedAt: number;
  /** Bytes stored on `day`. */
  storedBytes: number;
  /** Days since 1970. */
  day: number;
}

/**
 * Prevents the uploads of one person from delaying those of others. Three rules apply, per worker and in its memory:
 *
 * - A person has one running upload. Further ones are postponed by about a second.
 * - Decoding time is limited: 20 s are free, and used time is forgiven at a quarter of the speed of the clock. After 50 s of
 *   decoding, the next upload is postponed by (50 s − 20 s) × 4 = 2 minutes. The longest delay is 10 minutes.
 * - A person may store 500 MiB on one day (UTC).
 *
 * The account is kept for the 10,000 people who uploaded last.
 */
export interface UploadAccounts {
  /** Does the work. @throws RetryLaterError if one of the first two rules forbids it */
  runUpload<T>(userId: string, work: () => Promise<T>): Promise<T>;
  addDecoding(userId: string, milliseconds: number): void;
  /** Whether a person may store this many more bytes today. */
  hasRoom(userId: string, bytes: number): boolean;
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

  /** Updates the account to the current time and moves it to the end of the map, which is in the order of use. */
  function accountOf(userId: string): Account {
    const time = now();
    const day = Math.floor(time / DAY_MS);
    const account = accounts.get(userId) ?? {
      isRunning: false,
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
    if (accounts.size > maxPeople) {
      const [oldest = ""] = accounts.entries().find(([, { isRunning }]) => !isRunning) ?? [];
      accounts.delete(oldest);
    }
    return account;
  }

  return {
    async runUpload(userId, work) {
      const account = accountOf(userId);
      if (account.isRunning) throw retrySoon(random);
      const excess = account.decodingMs - FREE_DECODING_MS;
      if (excess > 0) throw new RetryLaterError(Math.min(excess / FORGIVEN_SHARE, MAX_DELAY_MS));
      account.isRunning = true;
      try {
        return await work();
      } finally {
        account.isRunning = false;
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
