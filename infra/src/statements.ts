import { PolicyStatement } from "aws-cdk-lib/aws-iam";

/** A permission and, if it covers more than single resources, the reason. */
export interface Allowed {
  statement: PolicyStatement;
  because?: string;
}

export function allow(actions: string[], ...resources: string[]): Allowed {
  return { statement: new PolicyStatement({ actions, resources }) };
}

export function allowAll(
  because: string,
  actions: string[],
  resources: string[],
  conditions: Record<string, Record<string, string>> = {},
): Allowed {
  return { statement: new PolicyStatement({ actions, resources, conditions }), because };
}
