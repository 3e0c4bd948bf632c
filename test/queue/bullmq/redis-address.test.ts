import { describe, expect, it } from "vitest";
import { parseRedisUrl } from "../../../src/queue/bullmq/redis-address.ts";

const LOCAL = { host: "127.0.0.1", port: 6379, db: 0, username: undefined, password: undefined, tls: false };

describe("the address of a Redis", () => {
  it.each([
    ["redis://127.0.0.1", LOCAL, "redis://127.0.0.1/0"],
    ["redis://127.0.0.1/", LOCAL, "redis://127.0.0.1/0"],
    ["redis://127.0.0.1:7000/15", { ...LOCAL, port: 7000, db: 15 }, "redis://127.0.0.1:7000/15"],
    ["redis://:s3cret@127.0.0.1", { ...LOCAL, password: "s3cret" }, "redis://127.0.0.1/0"],
    [
      "rediss://bot:p%40ss%2Fw%C3%B6rd%25@cache.example:6380/2",
      { host: "cache.example", port: 6380, db: 2, username: "bot", password: "p@ss/wörd%", tls: true },
      "rediss://cache.example:6380/2",
    ],
    ["redis://[::1]:6379", { ...LOCAL, host: "::1" }, "redis://[::1]:6379/0"],
  ])("%s is parsed, and shown without secrets", (url, address, shown) => {
    expect(parseRedisUrl(url)).toEqual({ ...address, shown });
  });

  it.each([
    "redis:",
    "redis://",
    "redis:///0",
    "127.0.0.1:6379",
    "http://127.0.0.1",
    "redis://127.0.0.1/jobs",
    "redis://127.0.0.1/0/1",
    "redis://127.0.0.1/-1",
    "redis://127.0.0.1?db=1",
    "redis://127.0.0.1/0#password",
    "redis://:%zz@127.0.0.1",
    "redis://:pass/word@127.0.0.1",
    "unix:///run/redis.sock",
  ])("%s is not one", (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
  });
});
