import { CfnOutput, Stack, Tags, type App } from "aws-cdk-lib";
import { alarms } from "./alarms.ts";
import { bot } from "./bot.ts";
import { bucket } from "./bucket.ts";
import { code } from "./code.ts";
import { logs } from "./logs.ts";
import { network } from "./network.ts";
import type { Ground } from "./process-group.ts";
import { queues } from "./queues.ts";
import { scaleOnBacklog } from "./scaling.ts";
import { secrets } from "./secrets.ts";
import type { Sizes } from "./sizes.ts";
import { workers } from "./worker.ts";

/** Port of the health server of each process, on 127.0.0.1. */
const HEALTH_PORT = "9000";

/** Creates the whole stack: bot → queue → workers → bucket. */
export function hotdogStack(app: App, sizes: Sizes): Stack {
  const stack = new Stack(app, "HotdogBot", {
    stackName: sizes.name,
    description: "hotdog-bot: a Discord bot, its queue, its workers and their store",
  });
  Tags.of(stack).add("project", sizes.name);

  const jobs = queues(stack);
  const store = bucket(stack, sizes.bucket);
  const kept = secrets(stack, sizes.name, sizes.labelerSecret);
  const log = logs(stack, sizes.name);
  const ground: Ground = {
    network: network(stack),
    code: code(stack),
    logs: log,
    tokenArn: kept.tokenArn,
    settings: {
      QUEUE_URL: jobs.work.queueUrl,
      TOKEN_PARAMETER: kept.tokenParameter,
      HEALTH_PORT,
      LOG_LEVEL: sizes.logLevel,
    },
  };
  const workerGroup = workers(stack, ground, { queues: jobs, store, secrets: kept, sizes });
  // Workers are upgraded first: jobs that only a newer version knows would become dead letters.
  bot(stack, ground, { queues: jobs, sizes }).node.addDependency(workerGroup);
  scaleOnBacklog(stack, workerGroup, { queue: jobs.work, backlog: sizes.backlogPerWorker });
  alarms(stack, { queues: jobs, sizes });

  outputs(stack, {
    QueueUrl: jobs.work.queueUrl,
    DeadLetterQueueUrl: jobs.deadLetters.queueUrl,
    ReplyQueueUrl: jobs.replies.queueUrl,
    StoreUrl: `s3://${store.bucketName}`,
    LabelerSecretArn: kept.labeler.secretArn,
    TokenParameter: kept.tokenParameter,
    LogGroup: log.logGroupName,
  });
  return stack;
}

function outputs(stack: Stack, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, name, { value });
}
