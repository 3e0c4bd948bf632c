import type { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { processGroup, type Ground } from "./process-group.ts";
import type { Queues } from "./queues.ts";
import type { Secrets } from "./secrets.ts";
import type { Sizes } from "./sizes.ts";
import { allow, allowAll, type Allowed } from "./statements.ts";

interface Parts {
  queues: Queues;
  store: IBucket;
  secrets: Secrets;
  sizes: Sizes;
}

const FOLDERS = [
  "images",
  "labels",
  "uploads",
  "pending",
  "hashes",
  "thumbnails",
  "logs",
  "forgotten",
  "projects",
  "people",
  "gold",
  "exclusions",
];
/**
 * What is deleted: images with their thumbnails, those that waited for approval, and the definition of a project whose channel got
 * another one at the same moment.
 */
const DELETED = [
  "images/*",
  "pending/*",
  "thumbnails/*",
  "projects/*/images/*",
  "projects/*/pending/*",
  "projects/*/thumbnails/*",
  "projects/*/project.json",
];
/** Key of the object on which a worker tests conditional writes when it starts. */
const WRITE_TEST = "conditional-write-test";

export function workers(scope: Construct, ground: Ground, parts: Parts): AutoScalingGroup {
  const { queues, store, secrets, sizes } = parts;
  return processGroup(scope, ground, {
    process: "worker",
    type: sizes.workerType,
    min: sizes.workersMin,
    max: sizes.workersMax,
    settings: {
      HOTDOG_UPLOADS: sizes.hotdogUploads,
      REPLY_QUEUE_URL: queues.replies.queueUrl,
      STORE_URL: `s3://${store.bucketName}`,
      LABELER_SECRET_ID: secrets.labeler.secretArn,
    },
    own: [
      ...onQueues(queues),
      ...onStore(store),
      allow(["secretsmanager:GetSecretValue"], secrets.labeler.secretArn),
    ],
  });
}

function onQueues({ work, deadLetters, replies }: Queues): Allowed[] {
  return [
    allow(
      [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
        "sqs:GetQueueAttributes",
      ],
      work.queueArn,
    ),
    allow(["sqs:SendMessage", "sqs:GetQueueAttributes"], deadLetters.queueArn, replies.queueArn),
  ];
}

function onStore(store: IBucket): Allowed[] {
  const named =
    "Images are named by their content, logs and projects by their interaction, parts by their number, people by a pseudonym.";
  return [
    // For the whole bucket: limited to prefixes, S3 would answer 403 instead of 404 for missing objects.
    allow(["s3:ListBucket"], store.bucketArn),
    allow(["s3:GetObject", "s3:PutObject"], store.arnForObjects(WRITE_TEST)),
    allowAll(
      named,
      ["s3:GetObject", "s3:PutObject"],
      FOLDERS.map((folder) => store.arnForObjects(`${folder}/*`)),
    ),
    // Rows and logs are never deleted.
    allowAll(
      named,
      ["s3:DeleteObject"],
      DELETED.map((keys) => store.arnForObjects(keys)),
    ),
  ];
}
