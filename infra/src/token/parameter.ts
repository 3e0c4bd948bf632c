import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { tokenParameterOf } from "../token-parameter.ts";

export interface TokenParameter {
  exists(): Promise<boolean>;
  /** In place of another one, if there is one. */
  put(token: string): Promise<void>;
  close(): void;
}

/**
 * Where the instances of the stack of this name read the bot token, in the account and region that the AWS SDK finds by itself:
 * a parameter of Systems Manager, encrypted with the account's own key for such.
 */
export function tokenParameter(name: string): TokenParameter {
  const client = new SSMClient();
  const Name = tokenParameterOf(name);
  return {
    async exists() {
      try {
        await client.send(new GetParameterCommand({ Name }));
        return true;
      } catch (error) {
        if (error instanceof ParameterNotFound) return false;
        throw error;
      }
    },
    async put(token) {
      await client.send(
        new PutParameterCommand({ Name, Value: token, Type: "SecureString", Overwrite: true }),
      );
    },
    close: () => client.destroy(),
  };
}
