import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { tokenParameterOf } from "../token-parameter.ts";

export interface TokenParameter {
  exists(): Promise<boolean>;
  /** Stores the token, replacing an existing one. */
  put(token: string): Promise<void>;
  close(): void;
}

/**
 * The parameter of Systems Manager from which the instances of a stack read the bot token. Account and region are those that the
 * AWS SDK finds; the value is encrypted with the account's default key.
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
