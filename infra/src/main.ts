/** Entry point of `cdk`: synthesizes the template, and fails if it breaks a rule of AwsSolutions. */
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { readSizes } from "./sizes.ts";
import { hotdogStack } from "./stack.ts";

const app = new App();
hotdogStack(
  app,
  readSizes((key) => app.node.tryGetContext(key)),
);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
