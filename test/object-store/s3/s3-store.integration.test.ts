import { afterEach, describe, expect, it, vi } from "vitest";
import { ConditionFailedError, type ObjectStore } from "../../../src/object-store/object-store.ts";
import { s3Store } from "../../../src/object-store/s3/s3-store.ts";
import { stubAws } from "../../aws/environment.ts";
import { bareFailure, failure, type S3Answer } from "../../aws/s3-answers.ts";
import { startS3Server, type S3Server, type S3ServerOptions } from "../../aws/s3-server.ts";
import { memoryLog } from "../../memory-log.ts";
import { storeContract } from "../contract.ts";

const BUCKET = "labels";
const NEW = { condition: { ifNoneMatch: "*" } } as const;

async function openStore(options: S3ServerOptions & { prefix?: string } = {}): Promise<{
  server: S3Server;
  store: ObjectStore;
  remove: () => Promise<void>;
}> {
  const { prefix = "", ...variation } = options;
  const server = await startS3Server({ buckets: { [BUCKET]: [] }, ...variation });
  stubAws({ AWS_ENDPOINT_URL: server.endpoint });
  const store = await s3Store({ bucket: BUCKET, prefix }, { forcePathStyle: true });
  return {
    server,
    store,
    async remove() {
      await server.close();
      vi.unstubAllEnvs();
    },
  };
}

storeContract("S3", () => openStore());
storeContract("S3 below a prefix", () => openStore({ prefix: "a/B c+d&é%20/'x'" }));
storeContract("S3 as Ceph speaks it", () => openStore({ likeCeph: true }));

describe("the S3 store", () => {
  let opened: { store: ObjectStore; remove: () => Promise<void> }[] = [];

  afterEach(async () => {
    for (const { store, remove } of opened) {
      await store.close();
      await remove();
    }
    opened = [];
  });

  async function open(options: Parameters<typeof openStore>[0]): ReturnType<typeof openStore> {
    const one = await openStore(options);
    opened.push(one);
    return one;
  }

  const bytes = (text: string): Buffer => Buffer.from(text);
  const textOf = (server: S3Server, key: string): string | undefined =>
    server.bucket(BUCKET).get(key)?.body.toString();
  const putsOf = (server: S3Server, key: string): number =>
    server.requests.filter((request) => request.method === "PUT" && request.key === key).length;

  it("checks that it can be used with one HEAD", async () => {
    const { server, store } = await open({});
    const before = server.requests.length;
    await store.check(AbortSignal.timeout(20_000));
    expect(server.requests.slice(before).map(({ method }) => method)).toEqual(["HEAD"]);
  });

  it.each([{}, { prefix: "a" }])(
    "reports that it cannot be used once its bucket is gone (%j)",
    async (options) => {
      let gone = false;
      const { store } = await open({
        ...options,
        around: ({ method }, act) =>
          !gone ? act() : method === "HEAD" ? { status: 404 } : failure(404, "NoSuchBucket"),
      });
      gone = true;
      await expect(store.check(AbortSignal.timeout(20_000))).rejects.toThrow("it does not exist");
    },
  );

  describe("when S3 refuses", () => {
    it.each(["put", "get", "head"] as const)(
      "reports code and status of an error without a message (%s)",
      async (method) => {
        let refusing = false;
        const { store } = await open({
          around: (_, act) => (refusing ? bareFailure(403, "QuotaExceeded") : act()),
        });
        refusing = true;
        const refused = method === "put" ? store.put("object", bytes("1")) : store[method]("object");
        await expect(refused).rejects.toThrow(/^S3 answered 403 QuotaExceeded$/);
      },
    );

    it("logs them, too", async () => {
      let refusing = false;
      const { store } = await open({
        around: (_, act) => (refusing ? bareFailure(403, "UserSuspended") : act()),
      });
      refusing = true;
      const { log, logged } = memoryLog();
      await store.get("object").catch((err: unknown) => log.error({ err }, "failed"));
      expect(logged()).toContain('"message":"S3 answered 403 UserSuspended"');
      expect(logged()).not.toContain("UnknownError");
    });

    it("reports a status without a code, and the server's own words", async () => {
      let answered: S3Answer | undefined;
      const { store } = await open({ around: (_, act) => answered ?? act() });
      answered = { status: 403, body: "" };
      await expect(store.get("object")).rejects.toThrow(/^S3 answered 403 without a code$/);
      await expect(store.head("object")).rejects.toThrow(/^S3 answered 403 without a code$/);
      answered = failure(501, "NotImplemented");
      await expect(store.get("object")).rejects.toThrow(
        /^S3 answered 501 NotImplemented: NotImplemented by the test server$/,
      );
    });

    it.each([
      ["InvalidAccessKeyId", "the AWS credentials are not accepted (InvalidAccessKeyId)"],
      ["RequestTimeTooSkewed", "the clock of this machine is wrong (RequestTimeTooSkewed)"],
      ["UserSuspended", "S3 answered 403 UserSuspended"],
      ["AccessDenied", "access is denied; allow s3:PutObject"],
    ])("says so when it cannot be used any more (%s)", async (code, reason) => {
      let refusing = false;
      const { store } = await open({ around: (_, act) => (refusing ? bareFailure(403, code) : act()) });
      refusing = true;
      await expect(store.check(AbortSignal.timeout(20_000))).rejects.toThrow(reason);
    });
  });

  describe("when a write fails", () => {
    it.each(["ifNoneMatch", "ifMatch"])(
      "recognizes its own write after a lost response (%s)",
      async (kind) => {
        const { server, store } = await open({
          around({ method, key, attempt }, act) {
            const answered = act();
            return method === "PUT" && key === "object" && attempt === 1 ? undefined : answered;
          },
        });
        const etag = server.bucket(BUCKET).put("object", bytes("1")).etag;
        if (kind === "ifNoneMatch") server.bucket(BUCKET).delete("object");
        const condition = kind === "ifMatch" ? { ifMatch: etag } : NEW.condition;
        const written = await store.put("object", bytes("2"), { condition });
        expect(written).toBe((await store.get("object"))?.etag);
        expect(textOf(server, "object")).toBe("2");
        expect(putsOf(server, "object")).toBe(2);
      },
    );

    it("reports a lost race, also after a failed first attempt", async () => {
      const { server, store } = await open({
        around({ method, key, attempt }, act) {
          if (method !== "PUT" || key !== "object" || attempt > 1) return act();
          server.bucket(BUCKET).put("object", bytes("another's"));
          return undefined;
        },
      });
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      await expect(store.put("object", bytes("2"), { condition: { ifMatch: etag } })).rejects.toThrow(
        ConditionFailedError,
      );
      server.bucket(BUCKET).delete("object");
      await expect(store.put("object", bytes("2"), NEW)).rejects.toThrow(ConditionFailedError);
      expect(textOf(server, "object")).toBe("another's");
    });

    it("sends one request if the first response is clear", async () => {
      const { server, store } = await open({});
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      server.requests.length = 0;
      await expect(store.put("object", bytes("1"), NEW)).rejects.toThrow(ConditionFailedError);
      await expect(store.put("gone", bytes("1"), { condition: { ifMatch: etag } })).rejects.toThrow(
        ConditionFailedError,
      );
      expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
    });

    it("treats a collision (409) as a lost race with ifMatch", async () => {
      const { server, store } = await open({
        around: ({ key }, act) => (key === "object" ? failure(409, "ConditionalRequestConflict") : act()),
      });
      await expect(store.put("object", bytes("1"), { condition: { ifMatch: '"1"' } })).rejects.toThrow(
        ConditionFailedError,
      );
      expect(putsOf(server, "object")).toBe(1);
    });

    it("retries after a collision with ifNoneMatch", async () => {
      let collisions = 2;
      const { server, store } = await open({
        around({ key }, act) {
          if (key !== "object" || collisions === 0) return act();
          collisions -= 1;
          return failure(409, "ConditionalRequestConflict");
        },
      });
      await store.put("object", bytes("1"), NEW);
      expect(textOf(server, "object")).toBe("1");
    });

    it("leaves open who wrote if the collisions continue", async () => {
      const { server, store } = await open({
        around: ({ key }, act) => (key === "object" ? failure(409, "ConditionalRequestConflict") : act()),
      });
      await expect(store.put("object", bytes("1"), NEW)).rejects.toMatchObject({
        name: "ConditionalRequestConflict",
      });
      expect(putsOf(server, "object")).toBe(5);
    });

    it("does not report a collision with its own attempt as a lost race", async () => {
      const astray = [failure(500, "InternalError"), failure(409, "ConditionalRequestConflict")];
      const { server, store } = await open({
        around: ({ method, key }, act) =>
          method === "PUT" && key === "object" ? (astray.shift() ?? act()) : act(),
      });
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      await store.put("object", bytes("2"), { condition: { ifMatch: etag } });
      expect(textOf(server, "object")).toBe("2");
    });

    it("recognizes its own write after collisions with it", async () => {
      let attempts = 0;
      const { server, store } = await open({
        around({ method, key }, act) {
          if (method !== "PUT" || key !== "object") return act();
          attempts += 1;
          if (attempts > 1) return failure(409, "ConditionalRequestConflict");
          act();
          return failure(500, "InternalError");
        },
      });
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      const written = await store.put("object", bytes("2"), { condition: { ifMatch: etag } });
      expect(written).toBe(server.bucket(BUCKET).get("object")?.etag);
      expect(attempts).toBe(2);
    });

    it("leaves the outcome open while the server keeps failing", async () => {
      const { server, store } = await open({
        around: ({ method, key }, act) =>
          method === "PUT" && key === "object" ? failure(500, "InternalError") : act(),
      });
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      const condition = { ifMatch: etag };
      await expect(store.put("object", bytes("2"), { condition })).rejects.toMatchObject({
        name: "InternalError",
      });
      expect(putsOf(server, "object")).toBe(3);
      await expect(store.put("object", bytes("2"))).rejects.toMatchObject({ name: "InternalError" });
    });

    it("does not retry forbidden requests", async () => {
      const { server, store } = await open({
        around: ({ key }, act) => (key === "object" ? failure(403, "AccessDenied") : act()),
      });
      await expect(store.put("object", bytes("1"), NEW)).rejects.toMatchObject({ name: "AccessDenied" });
      expect(server.requests.filter(({ key }) => key === "object")).toHaveLength(1);
    });

    it("reads the object if the server keeps failing", async () => {
      const { server, store } = await open({
        around({ method, key }, act) {
          if (method !== "PUT" || key !== "object") return act();
          act();
          return failure(503, "ServiceUnavailable");
        },
      });
      const { etag } = server.bucket(BUCKET).put("object", bytes("1"));
      await store.put("object", bytes("2"), { condition: { ifMatch: etag } });
      await expect(store.put("object", bytes("3"), { condition: { ifMatch: etag } })).rejects.toThrow(
        ConditionFailedError,
      );
      expect(textOf(server, "object")).toBe("2");
    });

    it("retries after any failure of the server or the network", async () => {
      const astray = [failure(503, "SlowDown"), undefined];
      const { store } = await open({
        around: ({ key }, act) => (key === "object" && astray.length > 0 ? astray.shift() : act()),
      });
      await store.put("object", bytes("1"));
      expect((await store.get("object"))?.body.toString()).toBe("1");
    });
  });

  it("learns with one request that an object is missing, if that is probable", async () => {
    const methods: string[] = [];
    const { store } = await open({ around: ({ method }, act) => (methods.push(method), act()) });
    methods.length = 0;
    expect(await store.head("a", { probablyAbsent: true })).toBeUndefined();
    expect(methods).toEqual(["GET"]);
  });

  describe("when its bucket is deleted", () => {
    it("does not report a missing object", async () => {
      let there = true;
      const { store } = await open({ around: (_, act) => (there ? act() : failure(404, "NoSuchBucket")) });
      there = false;
      const gone = { name: "NoSuchBucket" };
      await expect(store.get("a")).rejects.toMatchObject(gone);
      await expect(store.head("a")).rejects.toMatchObject(gone);
      await expect(store.head("a", { probablyAbsent: true })).rejects.toMatchObject(gone);
      await expect(store.list("")).rejects.toMatchObject(gone);
      await expect(store.delete("a")).rejects.toMatchObject(gone);
      await expect(store.put("a", bytes("1"))).rejects.toMatchObject(gone);
      await expect(store.put("a", bytes("1"), NEW)).rejects.toMatchObject(gone);
      await expect(store.put("a", bytes("1"), { condition: { ifMatch: '"1"' } })).rejects.toMatchObject(gone);
    });
  });

  describe("listing", () => {
    it("skips names that are not keys, and still fills its pages", async () => {
      const { server, store } = await open({ prefix: "root" });
      for (const name of ["p/", "p/1", "p/2", "p/3", "p/4", "p/A", "p/x y", "p/\u0001<&+%2e", "p/é"])
        server.bucket(BUCKET).put(`root/${name}`, bytes(name));
      const keys = async (startAfter: string): Promise<string[]> =>
        (await store.list("p/", { startAfter, limit: 2 })).map(({ key }) => key);
      expect(await keys("")).toEqual(["p/1", "p/2"]);
      expect(await keys("p/1")).toEqual(["p/2", "p/3"]);
      expect(await keys("p/3")).toEqual(["p/4"]);
      expect((await store.list("p/")).map(({ key }) => key)).toEqual(["p/1", "p/2", "p/3", "p/4"]);
    });

    it("finds keys after a thousand other objects", async () => {
      const strangers = Array.from({ length: 1_100 }, (_, index) => [`images/A${index}`, bytes("")] as const);
      const pages: (string | null)[] = [];
      const { store } = await open({
        buckets: { [BUCKET]: [...strangers, ["images/b", bytes("1")]] },
        around({ query }, act) {
          if (query.get("prefix") === "images/") pages.push(query.get("max-keys"));
          return act();
        },
      });
      expect((await store.list("images/", { limit: 1 })).map(({ key }) => key)).toEqual(["images/b"]);
      expect(pages).toEqual(["1", "1000", "1000"]);
      expect((await store.list("images/")).map(({ key }) => key)).toEqual(["images/b"]);
    });

    it("returns a thousand keys at a time", async () => {
      const many = Array.from(
        { length: 1_001 },
        (_, index) => [String(index).padStart(4, "0"), bytes("")] as const,
      );
      const { store } = await open({ buckets: { [BUCKET]: many } });
      expect(await store.list("")).toHaveLength(1_000);
      expect(await store.list("", { startAfter: "0999" })).toHaveLength(1);
    });
  });

  describe("in a shared bucket", () => {
    it("does not see other prefixes", async () => {
      const { server, store } = await open({ prefix: "one" });
      const other = await s3Store({ bucket: BUCKET, prefix: "one-more" }, { forcePathStyle: true });
      await store.put("a", bytes("1"));
      await other.put("b", bytes("2"));
      expect((await store.list("")).map(({ key }) => key)).toEqual(["a"]);
      expect((await other.list("")).map(({ key }) => key)).toEqual(["b"]);
      expect(await other.get("a")).toBeUndefined();
      const test = "conditional-write-test";
      expect(server.bucket(BUCKET).keys()).toEqual([
        "one-more/b",
        `one-more/${test}`,
        "one/a",
        `one/${test}`,
      ]);
      await other.close();
    });
  });

  it("sends the content type", async () => {
    const { server, store } = await open({});
    await store.put("a.csv", bytes("id"), { contentType: "text/csv; charset=utf-8" });
    await store.put("b.csv", bytes("id"), { contentType: "text/csv; charset=utf-8", ...NEW });
    expect(server.bucket(BUCKET).get("a.csv")?.contentType).toBe("text/csv; charset=utf-8");
    expect(server.bucket(BUCKET).get("b.csv")?.contentType).toBe("text/csv; charset=utf-8");
  });

  it.each([{}, { likeCeph: true }])(
    "keeps a note with the version that it came with (%j)",
    async (variation) => {
      const { store } = await open(variation);
      const etag = await store.put("a", bytes("1"), { note: "7 abc,def", ...NEW });
      expect(await store.get("a")).toMatchObject({ body: bytes("1"), note: "7 abc,def" });
      await store.put("a", bytes("2"), { condition: { ifMatch: etag } });
      expect((await store.get("a"))?.note).toBeUndefined();
    },
  );

  it("recognizes an unchanged object although the server does not", async () => {
    const server = await startS3Server({ buckets: { [BUCKET]: [] }, refusesQuotes: true });
    stubAws({ AWS_ENDPOINT_URL: server.endpoint });
    const address = { bucket: BUCKET, prefix: "" };
    const store = await s3Store(address, { forcePathStyle: true, access: "read" });
    opened.push({ store, remove: () => server.close() });
    server.bucket(BUCKET).put("a", bytes("1"));
    const found = await store.get("a");
    expect(await store.get("a", { unless: found })).toBe(found);
  });

  it("reads no body while the object is unchanged", async () => {
    const statuses: number[] = [];
    const { store } = await open({
      around({ method, key }, act) {
        const answered = act();
        if (method === "GET" && key === "a") statuses.push(answered.status);
        return answered;
      },
    });
    await store.put("a", bytes("1"), { note: "1 abc", ...NEW });
    const found = await store.get("a");
    await store.get("a", { unless: found });
    await store.put("a", bytes("2"));
    await store.get("a", { unless: found });
    expect(statuses).toEqual([200, 304, 200]);
  });

  it("sends a large body without 'Expect: 100-continue', which not every server knows", async () => {
    const expected: unknown[] = [];
    const { store } = await open({
      around({ method, key, headers }, act) {
        if (method === "PUT" && key === "large") expected.push(headers["expect"]);
        return act();
      },
    });
    await store.put("large", Buffer.alloc(3 * 1024 * 1024));
    expect(expected).toEqual([undefined]);
  });

  it("can run one call for each of a worker's 256 jobs", async () => {
    const all = Promise.withResolvers<void>();
    let waiting = 0;
    const { store } = await open({
      async around({ key }, act) {
        if (key === "object" && (waiting += 1) === 256) all.resolve();
        if (key === "object") await all.promise;
        return act();
      },
    });
    await Promise.all(Array.from({ length: 256 }, () => store.get("object")));
    expect(waiting).toBeGreaterThanOrEqual(256);
  });

  it("closes idle connections before the server does", async () => {
    const { server } = await open({ keepAliveMs: 2_000 });
    const timeouts = { connect: 1_000, idle: 60_000, call: 60_000 };
    const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true, timeouts });
    opened.push({ store, remove: async () => {} });
    await Promise.all(Array.from({ length: 20 }, () => store.get("object")));
    await expect.poll(() => server.connections()).toBe(0);
  });

  describe("with a server that does not respond", () => {
    const settling = async (
      around: S3ServerOptions["around"],
      timeouts: { idle: number; call: number },
    ): Promise<{ store: ObjectStore; server: S3Server }> => {
      const one = await open(around === undefined ? {} : { around });
      const store = await s3Store(
        { bucket: BUCKET, prefix: "" },
        { forcePathStyle: true, timeouts: { connect: 1_000, ...timeouts } },
      );
      opened.push({ store, remove: async () => {} });
      return { store, server: one.server };
    };
    const never = new Promise<never>(() => {});
    const LONG = 60_000;

    const LATE = { status: "rejected", reason: { name: "TimeoutError" } };

    it("retries a request that timed out", async () => {
      const { store, server } = await settling(
        ({ key, attempt }, act) => (key === "object" && attempt < 3 ? never : act()),
        { idle: 200, call: LONG },
      );
      await store.put("object", bytes("1"));
      expect(putsOf(server, "object")).toBe(3);
    });

    it("gives up a call after three attempts", async () => {
      const { store } = await settling(({ key }, act) => (key === "object" ? never : act()), {
        idle: 100,
        call: LONG,
      });
      const calls = [store.get("object"), store.put("object", bytes("1"), NEW), store.delete("object")];
      expect(await Promise.allSettled(calls)).toMatchObject(calls.map(() => LATE));
    });

    it("gives up a call after its deadline", async () => {
      let silent = false;
      const { store } = await settling((_, act) => (silent ? never : act()), { idle: LONG, call: 400 });
      silent = true;
      const calls = [
        store.get("object"),
        store.head("object"),
        store.list(""),
        store.put("object", bytes("1")),
        store.put("object", bytes("1"), NEW),
        store.delete("object"),
      ];
      expect(await Promise.allSettled(calls)).toMatchObject(calls.map(() => LATE));
    });

    it.each([
      { what: "stalls", cut: "stall", idle: LONG, call: 400, reason: "no result within 0.4 s" },
      { what: "stalls", cut: "stall", idle: 200, call: LONG, reason: "timed out after 200 ms" },
      { what: "ends early", cut: "drop", idle: LONG, call: LONG, reason: "aborted" },
    ] as const)("fails when a body $what half-way (%#)", async ({ cut, idle, call, reason }) => {
      const { store, server } = await settling(
        ({ method, key }, act) => (method === "GET" && key === "object" ? { ...act(), cut } : act()),
        { idle, call },
      );
      server.bucket(BUCKET).put("object", Buffer.alloc(100_000));
      await expect(store.get("object")).rejects.toThrow(reason);
    });
  });
});
