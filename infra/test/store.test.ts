import { describe, expect, it } from "vitest";
import { resources, synthesize } from "./stack.ts";

describe("the bucket", () => {
  it("is private and encrypted, requires TLS, and keeps no old versions", () => {
    const { template } = synthesize();
    const { Store } = resources(template, "AWS::S3::Bucket");
    expect(Store?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    expect(Store?.Properties).not.toHaveProperty("VersioningConfiguration");
    const { StorePolicy } = resources(template, "AWS::S3::BucketPolicy");
    expect(JSON.stringify(StorePolicy)).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}}');
    expect(JSON.stringify(StorePolicy)).not.toContain('"Allow"');
  });

  it("stays with its policy when the stack is removed, but not when its first deployment fails", () => {
    const { Store } = resources(synthesize().template, "AWS::S3::Bucket");
    expect(Store?.DeletionPolicy).toBe("RetainExceptOnCreate");
    const { StorePolicy } = resources(synthesize().template, "AWS::S3::BucketPolicy");
    expect(StorePolicy?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });

  it("can be an existing one, with its secret", () => {
    const labelerSecret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Labeler-AbCdEf";
    const { template } = synthesize({ bucket: "hotdogs-of-old", labelerSecret });
    template.resourceCountIs("AWS::S3::Bucket", 0);
    template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    const { WorkersTemplate } = resources(template, "AWS::EC2::LaunchTemplate");
    const text = JSON.stringify(WorkersTemplate);
    expect(text).toContain("STORE_URL=s3://hotdogs-of-old\\n");
    expect(text).toContain(`LABELER_SECRET_ID=${labelerSecret}\\n`);
  });
});

describe("the secrets", () => {
  it("are created by Secrets Manager and by the operator, and are not in the template", () => {
    const { template } = synthesize();
    const { LabelerSecret } = resources(template, "AWS::SecretsManager::Secret");
    expect(LabelerSecret?.Properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
    expect(LabelerSecret?.Properties).not.toHaveProperty("SecretString");
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain("{{resolve:");
    expect(text).not.toMatch(/DISCORD_TOKEN|LABELER_SECRET=/);
  });

  it("stay when the stack is removed, because without the key everyone becomes a new person", () => {
    const { LabelerSecret } = resources(synthesize().template, "AWS::SecretsManager::Secret");
    expect(LabelerSecret?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });
});
