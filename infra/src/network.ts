import { Validations } from "aws-cdk-lib";
import { Peer, Port, SecurityGroup, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";

export interface Network {
  vpc: Vpc;
  /** Allows no traffic in, and HTTPS out. */
  closed: SecurityGroup;
}

/**
 * Adds two public subnets: every process connects to Discord, and an address for each instance costs a tenth of a NAT gateway.
 * Processes listen only on 127.0.0.1, and the firewall lets nothing in.
 */
export function network(scope: Construct): Network {
  const vpc = new Vpc(scope, "Network", {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: "public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: true },
    ],
    // Restricting it would need a Lambda function, and the default security group has no members.
    restrictDefaultSecurityGroup: false,
  });
  Validations.of(vpc).acknowledge({
    id: "AwsSolutions-VPC7",
    reason:
      "No traffic is let in, and all outgoing traffic is HTTPS to Discord, AWS and the package registries. Flow logs would cost more than the queue.",
  });
  const closed = new SecurityGroup(scope, "Closed", {
    vpc,
    description: "Nothing in, HTTPS out",
    allowAllOutbound: false,
  });
  closed.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "HTTPS");
  return { vpc, closed };
}
