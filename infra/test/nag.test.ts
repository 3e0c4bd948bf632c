import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, it } from "vitest";
import { synthesize, synthesizeFresh, type Synthesized } from "./stack.ts";

function findings({ app }: Synthesized): string[] {
  return new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);
}

it.each([{}, { alarmEmail: "operator@example.org" }, { bucket: "hotdogs-of-old" }])(
  "breaks no rule of AwsSolutions that is not acknowledged with a reason, with %o",
  (context) => {
    expect(findings(synthesize(context))).toEqual([]);
  },
);

it("reports a template that breaks a rule", () => {
  const made = synthesizeFresh();
  new Queue(made.stack, "Another");
  new Topic(made.stack, "Open");
  expect(findings(made)).toEqual(expect.arrayContaining(["AwsSolutions-SQS4", "AwsSolutions-SNS3"]));
});
