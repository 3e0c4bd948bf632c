import { RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type IBucket,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/**
 * Adds the bucket of images, labels and logs. It is not versioned: every commit rewrites a part of up to 256 KiB, so each press
 * would be kept as a copy of the whole part.
 * @param name of an existing bucket
 */
export function bucket(scope: Construct, name: string | undefined): IBucket {
  if (name !== undefined) return Bucket.fromBucketName(scope, "Store", name);
  const store = new Bucket(scope, "Store", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: false,
    // Labels outlive the stack, except if its first deployment fails.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  // So does the policy that requires TLS.
  store.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  Validations.of(store).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Access logs would need a second bucket. Only the workers' role has access, and each label row has its time.",
  });
  return store;
}
