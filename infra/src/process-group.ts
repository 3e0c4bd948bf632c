import { CfnResource, Duration, Lazy, Stack, Validations } from "aws-cdk-lib";
import {
  AutoScalingGroup,
  GroupMetric,
  GroupMetrics,
  HealthChecks,
  Signals,
  UpdatePolicy,
} from "aws-cdk-lib/aws-autoscaling";
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  LaunchTemplate,
  MachineImage,
  type InstanceType,
} from "aws-cdk-lib/aws-ec2";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { Construct } from "constructs";
import type { Network } from "./network.ts";
import { instanceRole } from "./role.ts";
import type { Allowed } from "./statements.ts";
import { userData, type Settings } from "./user-data.ts";

/** Resources that bot and workers share. */
export interface Ground {
  network: Network;
  code: Asset;
  logs: LogGroup;
  tokenArn: string;
  settings: Settings;
}

interface Options {
  process: "bot" | "worker";
  type: InstanceType;
  min: number;
  max: number;
  settings: Settings;
  own: Allowed[];
}

/** Time for an instance to install itself and report that its process is ready. */
const INSTALLATION = Duration.minutes(15);
const ROOT = "/dev/xvda";
const DISK_GIB = 8;

/**
 * Adds a group of instances that each run one process. Any change here creates a new version of the launch template. Each
 * instance is then replaced by one that has reported ready, and shut down; SIGTERM drains its process.
 */
export function processGroup(scope: Construct, ground: Ground, options: Options): AutoScalingGroup {
  const { process, type, min, max } = options;
  const stack = Stack.of(scope);
  const id = process === "bot" ? "Bot" : "Workers";
  // Has a fixed name, because the role is created before the group and refers to it.
  const groupName = `${stack.stackName}-${id.toLowerCase()}`;
  const settings = {
    PROCESS: process,
    GROUP_RESOURCE: Lazy.string({ produce: () => logicalId(group) }),
    LOG_GROUP: ground.logs.logGroupName,
    ...ground.settings,
    ...options.settings,
  };
  const template = new LaunchTemplate(scope, `${id}Template`, {
    instanceType: type,
    // Each deployment takes the newest image, which brings the system's updates.
    machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
    role: instanceRole(scope, `${id}Role`, { ...ground, groupName, own: options.own }),
    securityGroup: ground.network.closed,
    associatePublicIpAddress: true,
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    blockDevices: [{ deviceName: ROOT, volume: encryptedDisk() }],
    userData: userData(stack, ground.code, settings),
  });
  const group = new AutoScalingGroup(scope, id, {
    autoScalingGroupName: groupName,
    vpc: ground.network.vpc,
    launchTemplate: template,
    minCapacity: min,
    maxCapacity: max,
    groupMetrics: [new GroupMetrics(GroupMetric.IN_SERVICE_INSTANCES)],
    healthChecks: HealthChecks.ec2({ gracePeriod: Duration.minutes(5) }),
    signals: Signals.waitForMinCapacity({ timeout: INSTALLATION }),
    updatePolicy: UpdatePolicy.rollingUpdate({
      minInstancesInService: min,
      maxBatchSize: 1,
      waitOnResourceSignals: true,
      pauseTime: INSTALLATION,
    }),
  });
  // The routes to the internet are not part of the subnets, and an instance needs them from the start.
  const routes = ground.network.vpc.publicSubnets.map((subnet) => subnet.internetConnectivityEstablished);
  group.node.addDependency(...routes);
  Validations.of(group).acknowledge({
    id: "AwsSolutions-AS3",
    reason: "Starting and stopping workers is routine; the alarms report what needs attention.",
  });
  return group;
}

function encryptedDisk(): BlockDeviceVolume {
  return BlockDeviceVolume.ebs(DISK_GIB, { volumeType: EbsDeviceVolumeType.GP3, encrypted: true });
}

function logicalId(group: AutoScalingGroup): string {
  const resource = group.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error("an Auto Scaling group without a resource");
  return Stack.of(group).getLogicalId(resource);
}
