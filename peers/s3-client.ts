import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { AWS_ENVIRONMENT } from "../test/aws/sqs-queues.ts";

/** Opens a client for a server that takes any credentials. */
export function s3Client(endpoint: string): S3Client {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new S3Client({ endpoint, credentials, region: AWS_ENVIRONMENT.AWS_REGION, forcePathStyle: true });
}

export async function createBucket(endpoint: string, Bucket: string): Promise<void> {
  const client = s3Client(endpoint);
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
}
