import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { Secret, type ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { tokenParameterOf } from "./token-parameter.ts";

/** References to the secrets. Their values are not in the template. */
export interface Secrets {
  /** Key of the pseudonyms. Only Secrets Manager can generate a secret within a stack. */
  labeler: ISecret;
  /** Parameter of Systems Manager that holds the bot token. It costs nothing, and the operator creates it. */
  tokenParameter: string;
  tokenArn: string;
}

/** @param arn of an existing labeler secret */
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
    description: "Key of the pseudonyms in the label file. With another key everyone becomes a new person.",
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    // The bucket is retained too, and without the key its labels could not be assigned to people.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "Each rotation would make everyone a new person in the label file.",
  });
  return secret;
}
