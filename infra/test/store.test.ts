import { describe, expect, it } from "vitest";
import { resources, synthesise } from "./stack.ts";

describe("the bucket", () => {
  it("is private and encrypted, takes TLS alone, and keeps no old versions", () => {
    const { template } = synthesise();
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

  it("stays when the stack goes, and its policy with it, but not when its first deployment fails", () => {
    const { Store } = resources(synthesise().template, "AWS::S3::Bucket");
    expect(Store?.DeletionPolicy).toBe("RetainExceptOnCreate");
    const { StorePolicy } = resources(synthesise().template, "AWS::S3::BucketPolicy");
    expect(StorePolicy?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });

  it("can be one that is there already, with its secret", () => {
    const labelerSecret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Labeler-AbCdEf";
    const { template } = synthesise({ bucket: "hotdogs-of-old", labelerSecret });
    template.resourceCountIs("AWS::S3::Bucket", 0);
    template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    const { WorkersTemplate } = resources(template, "AWS::EC2::LaunchTemplate");
    const text = JSON.stringify(WorkersTemplate);
    expect(text).toContain("STORE_URL=s3://hotdogs-of-old\\n");
    expect(text).toContain(`LABELER_SECRET_ID=${labelerSecret}\\n`);
  });
});

describe("the secrets", () => {
  it("are made by Secrets Manager and by the operator, and the template holds neither", () => {
    const { template } = synthesise();
    const { LabelerSecret } = resources(template, "AWS::SecretsManager::Secret");
    expect(LabelerSecret?.Properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    });
    expect(LabelerSecret?.Properties).not.toHaveProperty("SecretString");
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain("{{resolve:");
    expect(text).not.toMatch(/DISCORD_TOKEN|LABELER_SECRET=/);
  });

  it("stay when the stack goes: without the key of the pseudonyms everybody becomes a new person", () => {
    const { LabelerSecret } = resources(synthesise().template, "AWS::SecretsManager::Secret");
    expect(LabelerSecret?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });
});
