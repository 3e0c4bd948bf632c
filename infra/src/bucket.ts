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
 * Images, labels and logs. It is not versioned: every commit rewrites a part of up to 256 KiB, so that each press would be
 * kept as a copy of the whole part.
 * @param name of a bucket that is there already
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
    // Labels outlive the stack, but not a first deployment that fails.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  // So does what refuses anything but TLS.
  store.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  Validations.of(store).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Access logs would be a second bucket to pay for; only the workers' role has access, and each label row tells when it was written.",
  });
  return store;
}
