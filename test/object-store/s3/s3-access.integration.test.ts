import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeBucketError } from "../../../src/object-store/s3/s3-error.ts";
import { s3Store } from "../../../src/object-store/s3/s3-store.ts";
import { StartError } from "../../../src/platform/start-error.ts";
import { stubAws } from "../../aws/environment.ts";
import { bareFailure, failure, type S3Answer, type S3Request } from "../../aws/s3-answers.ts";
import { startS3Server, type S3Server } from "../../aws/s3-server.ts";

const MARKER = "one/Two/conditional-write-test";
const TIMEOUTS = { connect: 1_000, idle: 200, call: 60_000 };

describe("opening a bucket", () => {
  let server: S3Server;
  let around: (request: S3Request, act: () => S3Answer) => S3Answer | Promise<never>;

  beforeEach(async () => {
    around = (_, act) => act();
    server = await startS3Server({
      buckets: { labels: [] },
      around: (request, act) => around(request, act),
    });
    stubAws({ AWS_ENDPOINT_URL: server.endpoint });
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  async function open(options: { bucket?: string; prefix?: string; access?: "read" | "write" } = {}) {
    const { bucket = "labels", prefix = "one/Two", access = "write" } = options;
    return s3Store({ bucket, prefix }, { forcePathStyle: true, access, timeouts: TIMEOUTS, random: () => 0 });
  }

  async function reason(options?: Parameters<typeof open>[0]): Promise<string> {
    const error: unknown = await open(options).then(
      () => new Error("it opened"),
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(StartError);
    return error instanceof StartError ? error.message : "";
  }

  const refusing =
    (method: string, answer: S3Answer): typeof around =>
    (request, act) =>
      request.method === method ? answer : act();

  it("leaves one small object that says what it is, and never replaces it", async () => {
    await (await open()).close();
    const bucket = server.bucket("labels");
    expect(bucket.keys()).toEqual([MARKER]);
    expect(bucket.get(MARKER)?.body.toString()).toMatch(/^Workers test here .*May be deleted/);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "PUT", "PUT", "PUT", "GET", "PUT"]);

    const { body, etag } = bucket.get(MARKER) ?? {};
    server.requests.length = 0;
    const store = await open();
    expect(bucket.get(MARKER)).toMatchObject({ body, etag });
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "PUT", "PUT", "GET", "PUT"]);
    expect(await store.list("")).toEqual([]);
    await store.close();
  });

  it("opens for many processes at once", async () => {
    const stores = await Promise.all(Array.from({ length: 10 }, () => open()));
    expect(server.bucket("labels").keys()).toEqual([MARKER]);
    for (const store of stores) await store.close();
  });

  it("opens while another process creates that object (409)", async () => {
    around = ({ method, headers, key, body }, act) => {
      if (method !== "PUT" || headers["if-none-match"] === undefined) return act();
      server.bucket("labels").put(key, body);
      return failure(409, "ConditionalRequestConflict");
    };
    await (await open()).close();
    expect(server.bucket("labels").keys()).toEqual([MARKER]);
  });

  it("creates that object again if it is deleted in the meantime", async () => {
    let deletions = 1;
    around = ({ method, key, headers }, act) => {
      const isValid = headers["if-match"] === server.bucket("labels").get(MARKER)?.etag;
      if (method === "PUT" && isValid && deletions-- > 0) server.bucket("labels").delete(key);
      return act();
    };
    await (await open()).close();
    expect(server.bucket("labels").keys()).toEqual([MARKER]);
  });

  it.each([
    { others: "something else, as with ETags that differ each time", losses: 12 },
    { others: "the same", losses: 4 },
  ])("opens although others write first: $others", async ({ others, losses }) => {
    let left = losses;
    around = ({ method, key, headers }, act) => {
      const bucket = server.bucket("labels");
      const etag = bucket.get(MARKER)?.etag;
      if (method !== "PUT" || headers["if-match"] !== etag || etag === undefined || left === 0) return act();
      left -= 1;
      if (others !== "the same") bucket.put(key, Buffer.from(String(left)));
      return failure(412, "PreconditionFailed");
    };
    await (await open()).close();
    expect(left).toBe(0);
  });

  it("does not write when it opens for reading", async () => {
    const store = await open({ access: "read" });
    await store.close();
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("lists only below the prefix, as policies may require", async () => {
    const prefixes: (string | null)[] = [];
    around = ({ query }, act) => {
      prefixes.push(query.get("prefix"));
      return act();
    };
    await (await open({ access: "read" })).close();
    await (await open({ access: "read", prefix: "" })).close();
    expect(prefixes).toEqual(["one/Two/", ""]);
  });

  it("switches to the bucket's region, and stays there", async () => {
    let redirected = 0;
    around = ({ headers }, act) => {
      if (String(headers["authorization"]).includes("/eu-west-3/s3/")) return act();
      redirected += 1;
      return failure(301, "PermanentRedirect", { "x-amz-bucket-region": "eu-west-3" });
    };
    const store = await open();
    await Promise.all(["a", "b", "c"].map((key) => store.put(key, Buffer.from(key))));
    await store.close();
    expect(redirected).toBe(1);
  });

  it("reports a wrong region that the response does not name", async () => {
    around = () => failure(301, "PermanentRedirect");
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: it is in another AWS region, and the response does not name it; set AWS_REGION to the bucket's region.`,
    );
  });

  it("does not follow region redirects in circles", async () => {
    around = () => failure(301, "PermanentRedirect", { "x-amz-bucket-region": "eu-west-3" });
    expect(await reason()).toMatch(/^The bucket labels at .* it is in another AWS region/);
  });

  it("reports a missing bucket", async () => {
    expect(await reason({ bucket: "lables" })).toBe(
      `The bucket lables at ${server.endpoint} cannot be used: it does not exist; create it, or correct STORE_URL.`,
    );
  });

  it("reports the permission that listing needs", async () => {
    around = refusing("GET", failure(403, "AccessDenied"));
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: access is denied; allow s3:ListBucket on arn:aws:s3:::labels.`,
    );
  });

  it.each([
    { prefix: "one/Two", objects: "one/Two/*" },
    { prefix: "", objects: "*" },
  ])("says what must be allowed for writing below '$prefix'", async ({ prefix, objects }) => {
    around = refusing("PUT", failure(403, "AccessDenied"));
    expect(await reason({ prefix })).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: access is denied; allow s3:PutObject, s3:GetObject and s3:DeleteObject on arn:aws:s3:::labels/${objects}.`,
    );
  });

  it("reports missing credentials", async () => {
    stubAws({
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    });
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: no AWS credentials were found (Could not load credentials from any providers); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role.`,
    );
    expect(server.requests).toEqual([]);
  });

  it.each([
    [403, "InvalidAccessKeyId"],
    [403, "SignatureDoesNotMatch"],
    [400, "ExpiredToken"],
    [400, "InvalidToken"],
  ])("says that the credentials are not accepted (%i %s)", async (status, code) => {
    around = () => failure(status, code);
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: the AWS credentials are not accepted (${code}); check that they are complete, not expired, and of the right account and region.`,
    );
  });

  it.each([
    [403, "RequestTimeTooSkewed", "the clock of this machine is wrong (RequestTimeTooSkewed); set it"],
    [
      403,
      "QuotaExceeded",
      "the quota of the bucket or of its owner is used up (QuotaExceeded); raise it, or delete something",
    ],
    [403, "UserSuspended", "S3 answered 403 UserSuspended"],
    [403, "InvalidAccessKeyId", "the AWS credentials are not accepted (InvalidAccessKeyId); check that"],
  ])(
    "does not call it a missing permission when there is another reason (%i %s)",
    async (status, code, why) => {
      around = refusing("PUT", bareFailure(status, code));
      expect(await reason()).toContain(`The bucket labels at ${server.endpoint} cannot be used: ${why}`);
    },
  );

  it("reports a missing region", async () => {
    stubAws({ AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: undefined });
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: the AWS region is not known; set AWS_REGION.`,
    );
  });

  it("reports that no server listens", async () => {
    const gone = await startS3Server();
    await gone.close();
    stubAws({ AWS_ENDPOINT_URL: gone.endpoint });
    expect(await reason()).toBe(
      `The bucket labels at ${gone.endpoint} cannot be used: it cannot be reached (ECONNREFUSED); check the address and the network.`,
    );
  });

  it("reports an unknown host, and suggests path-style addresses", async () => {
    stubAws({ AWS_ENDPOINT_URL: "http://s3.invalid:9000" });
    const opening = s3Store({ bucket: "labels", prefix: "" }, { forcePathStyle: false, timeouts: TIMEOUTS });
    await expect(opening).rejects.toThrow(
      /^The bucket labels at http:\/\/s3\.invalid:9000 cannot be used: it cannot be reached \(\w+\); check the address and the network, or set S3_FORCE_PATH_STYLE=true\.$/,
    );
  });

  it("reports a server that does not respond", async () => {
    around = () => new Promise<never>(() => {});
    expect(await reason()).toMatch(/^The bucket labels at .* it cannot be reached \(time-out\)/);
  });

  it.each(["127.0.0.1:9000", "localhost:9000", "http://"])("reports that %s is not a URL", async (text) => {
    stubAws({ AWS_ENDPOINT_URL: text });
    expect(await reason()).toBe(
      `The bucket labels at ${text} cannot be used: the endpoint is not a URL; set AWS_ENDPOINT_URL to one such as http://127.0.0.1:9000.`,
    );
  });

  it("reports an invalid region", async () => {
    stubAws({ AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: "eu_west" });
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: eu_west is not an AWS region; set AWS_REGION to one such as eu-west-1.`,
    );
  });

  it("does not claim that S3 responded when it was not called", () => {
    const asked = {
      bucket: "b",
      access: "read",
      namedBy: "STORE_URL",
      objects: "*",
      endpoint: undefined,
      pathStyle: false,
    } as const;
    expect(describeBucketError(new RangeError("Out of range."), asked)).toBe(
      "The bucket b cannot be used: RangeError: Out of range.",
    );
  });

  it("reports other errors in the server's words", async () => {
    around = refusing("PUT", failure(501, "NotImplemented"));
    expect(await reason()).toBe(
      `The bucket labels at ${server.endpoint} cannot be used: S3 answered 501 NotImplemented: NotImplemented by the test server.`,
    );
  });
});

describe("a server that ignores conditions", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    { ignores: ["if-match"], named: "If-Match" },
    { ignores: ["if-none-match"], named: "If-None-Match" },
    { ignores: ["if-match", "if-none-match"], named: "If-None-Match" },
  ] as const)("is refused: $ignores", async ({ ignores, named }) => {
    const server = await startS3Server({ buckets: { labels: [] }, ignores });
    stubAws({ AWS_ENDPOINT_URL: server.endpoint });
    // At the second start, the object of the first one exists.
    for (const _ of ["first", "second"]) {
      const opening = s3Store({ bucket: "labels", prefix: "p" }, { forcePathStyle: true });
      await expect(opening).rejects.toThrow(
        `The server of the bucket labels ignores a condition of writes (${named}), so two workers would overwrite each other's labels. Use a server that`,
      );
      await expect(opening).rejects.toThrow(StartError);
    }
    expect(server.bucket("labels").keys()).toEqual(["p/conditional-write-test"]);
    await server.close();
  });
});

describe("a server that refuses a condition that holds", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is refused, and the error names known servers", async () => {
    const server = await startS3Server({ buckets: { labels: [] }, refusesQuotes: true });
    stubAws({ AWS_ENDPOINT_URL: server.endpoint });
    for (const _ of ["first", "second"]) {
      const opening = s3Store({ bucket: "labels", prefix: "p" }, { forcePathStyle: true, random: () => 0 });
      await expect(opening).rejects.toThrow(
        "The server of the bucket labels refuses a write although its condition holds (If-Match with the ETag that it has just returned), " +
          "so nothing could be added to a label file. Ceph's S3 gateway is known for this (seen with version 16; " +
          "reported of DigitalOcean Spaces). Use a server that honors If-Match, with the ETag in quotes",
      );
      await expect(opening).rejects.toThrow(StartError);
    }
    expect(server.bucket("labels").keys()).toEqual(["p/conditional-write-test"]);
    await server.close();
  });
});
