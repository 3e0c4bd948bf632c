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

/** What bot and workers have in common. */
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

/** For an instance to install itself, and to say that its process is ready. */
const INSTALLATION = Duration.minutes(15);
const ROOT = "/dev/xvda";
const DISK_GIB = 8;

/**
 * Instances that each run one process. A new version of anything in here is a new version of the launch template; then each
 * instance is replaced by one that has told that it is ready, and is shut down, which drains it: SIGTERM.
 */
export function processGroup(scope: Construct, ground: Ground, options: Options): AutoScalingGroup {
  const { process, type, min, max } = options;
  const stack = Stack.of(scope);
  const id = process === "bot" ? "Bot" : "Workers";
  // Named, so that the role, which is there before the group, can name it.
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
    // The newest at each deployment: that is how the system's updates come.
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
  // The way out of the subnets is not part of them, and an instance needs it from the beginning.
  group.node.addDependency(ground.network.vpc);
  Validations.of(group).acknowledge({
    id: "AwsSolutions-AS3",
    reason:
      "Starting and stopping workers is everyday business; what somebody should know of are the alarms.",
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
