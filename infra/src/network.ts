import { Validations } from "aws-cdk-lib";
import { Peer, Port, SecurityGroup, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";

export interface Network {
  vpc: Vpc;
  /** Lets nothing in, and HTTPS out. */
  closed: SecurityGroup;
}

/**
 * Two public subnets: every process talks to Discord, and an address for each instance costs a tenth of a NAT gateway.
 * Nothing listens but for 127.0.0.1, and nothing is let in.
 */
export function network(scope: Construct): Network {
  const vpc = new Vpc(scope, "Network", {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: "public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: true },
    ],
    // It would take a function of Lambda; nobody is in the default security group.
    restrictDefaultSecurityGroup: false,
  });
  Validations.of(vpc).acknowledge({
    id: "AwsSolutions-VPC7",
    reason:
      "Nothing is let in, and all that goes out is HTTPS to Discord, AWS and the package registries; flow logs would cost more than the queue.",
  });
  const closed = new SecurityGroup(scope, "Closed", {
    vpc,
    description: "Nothing in, HTTPS out",
    allowAllOutbound: false,
  });
  closed.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "HTTPS");
  return { vpc, closed };
}
