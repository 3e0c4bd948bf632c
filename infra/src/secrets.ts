import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { Secret, type ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { tokenParameterOf } from "./token-parameter.ts";

/** Nothing of what they hold is in the template. */
export interface Secrets {
  /** Key of the pseudonyms: made by Secrets Manager, which alone can make one within a stack. */
  labeler: ISecret;
  /** Parameter of Systems Manager that holds the bot token. It costs nothing, and the operator makes it. */
  tokenParameter: string;
  tokenArn: string;
}

/** @param arn of a labeler secret that is there already */
export function secrets(scope: Construct, name: string, arn: string | undefined): Secrets {
  const tokenParameter = tokenParameterOf(name);
  return {
    labeler:
      arn === undefined ? newLabelerSecret(scope) : Secret.fromSecretCompleteArn(scope, "LabelerSecret", arn),
    tokenParameter,
    tokenArn: Stack.of(scope).formatArn({
      service: "ssm",
      resource: "parameter",
      resourceName: tokenParameter.slice(1),
    }),
  };
}

function newLabelerSecret(scope: Construct): ISecret {
  const secret = new Secret(scope, "LabelerSecret", {
    description: "Key of the pseudonyms in the label file. With another key everybody becomes a new person.",
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    // Without it the labels in the bucket, which stays, could no longer be told apart by person.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "A key that rotates would make everybody a new person in the label file at each rotation.",
  });
  return secret;
}
