import { expect, it } from "vitest";
import { readSizes } from "../src/sizes.ts";

const read = (given: Record<string, unknown>) => () => readSizes((key) => given[key]);

it("has a default for everything", () => {
  expect(read({})()).toMatchObject({
    name: "hotdog-bot",
    workersMin: 1,
    workersMax: 4,
    backlogPerWorker: 100,
  });
});

it.each([
  [{ workersMin: "0" }, "workersMin must be a whole number from 1, and is 0."],
  [{ workersMax: "many" }, "workersMax must be a whole number from 1, and is many."],
  [{ workersMin: 4 }, "workersMax must be greater than workersMin"],
  [{ workerType: "t3.small" }, "workerType must be an Arm type, such as t4g.small, and is t3.small."],
  [{ botType: "small" }, "botType must be an instance type such as t4g.small, and is small."],
  [{ name: "Hot Dogs" }, "name must be small letters, digits and -, and is Hot Dogs."],
  [{ logLevel: "loud" }, "logLevel must be a level such as debug, and is loud."],
  [{ privacyUrl: "http://example.org" }, "privacyUrl must be an https address"],
  [{ homeGuildId: "mine" }, "homeGuildId must be the id of a server, 17 to 19 digits, and is mine."],
  [{ hotdogUploads: "nobody" }, "hotdogUploads must be everyone, approval or home, and is nobody."],
  [{ alarmEmail: "me" }, "alarmEmail must be an e-mail address, and is me."],
  [{ bucket: "s3://old" }, "bucket must be the name of a bucket, and is s3://old."],
  [{ labelerSecret: "LabelerSecret" }, "labelerSecret must be the complete ARN of a secret"],
])("refuses %o", (given, message) => {
  expect(read(given)).toThrow(message);
});

it("treats a blank value as not set", () => {
  expect(read({ alarmEmail: " ", workersMax: "" })()).toMatchObject({ alarmEmail: undefined, workersMax: 4 });
});
