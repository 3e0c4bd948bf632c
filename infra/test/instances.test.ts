import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resources, synthesize } from "./stack.ts";

const GROUPS = ["Bot", "Workers"];

function launchDataOf(group: string, context = {}) {
  const templates = resources(synthesize(context).template, "AWS::EC2::LaunchTemplate");
  return templates[`${group}Template`]?.Properties["LaunchTemplateData"] as unknown as Record<string, never>;
}

describe.each(GROUPS)("an instance of the group %s", (group) => {
  it("is a small Arm machine with the newest Amazon Linux 2023", () => {
    const { template } = synthesize();
    const data = launchDataOf(group);
    expect(data["InstanceType"]).toBe(group === "Bot" ? "t4g.micro" : "t4g.small");
    const [parameter] = Object.values(
      template.findParameters("*", { Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" }),
    );
    expect(parameter?.["Default"]).toMatch(/\/al2023-ami-kernel-[\d.]+-arm64$/);
    expect(data["ImageId"]).toMatch(/^<SsmParameterValue.*al2023.*arm64/);
  });

  it("gives credentials only over IMDSv2 and to the machine itself, and has no SSH key", () => {
    const data = launchDataOf(group);
    expect(data["MetadataOptions"]).toEqual({ HttpTokens: "required", HttpPutResponseHopLimit: 1 });
    expect(data).not.toHaveProperty("KeyName");
  });

  it("has an encrypted disk", () => {
    expect(launchDataOf(group)["BlockDeviceMappings"]).toEqual([
      { DeviceName: "/dev/xvda", Ebs: { Encrypted: true, VolumeSize: 8, VolumeType: "gp3" } },
    ]);
  });

  it("has its own address, and allows no traffic in and HTTPS out", () => {
    const { template } = synthesize();
    expect(launchDataOf(group)["NetworkInterfaces"]).toEqual([
      { AssociatePublicIpAddress: true, DeviceIndex: 0, Groups: ["<Closed.GroupId>"] },
    ]);
    const { Closed, ...others } = resources(template, "AWS::EC2::SecurityGroup");
    expect(others).toEqual({});
    expect(Closed?.Properties).not.toHaveProperty("SecurityGroupIngress");
    expect(Closed?.Properties["SecurityGroupEgress"]).toEqual([
      { CidrIp: "0.0.0.0/0", Description: "HTTPS", FromPort: 443, ToPort: 443, IpProtocol: "tcp" },
    ]);
    template.resourceCountIs("AWS::EC2::SecurityGroupIngress", 0);
    template.resourceCountIs("AWS::EC2::NatGateway", 0);
  });

  it("is replaced, one at a time, by one that has reported ready", () => {
    const found = resources(synthesize().template, "AWS::AutoScaling::AutoScalingGroup")[`${group}ASG`];
    expect(found?.CreationPolicy).toEqual({ ResourceSignal: { Count: 1, Timeout: "PT15M" } });
    expect(found?.UpdatePolicy).toMatchObject({
      AutoScalingRollingUpdate: {
        MinInstancesInService: 1,
        MaxBatchSize: 1,
        WaitOnResourceSignals: true,
        PauseTime: "PT15M",
      },
    });
    expect(found?.Properties["LaunchTemplate"]).toEqual({
      LaunchTemplateId: `<${group}Template>`,
      Version: `<${group}Template.LatestVersionNumber>`,
    });
  });

  it("starts after the internet gateway exists", () => {
    const found = resources(synthesize().template, "AWS::AutoScaling::AutoScalingGroup")[`${group}ASG`];
    expect(found?.DependsOn).toEqual(
      expect.arrayContaining(
        ["1", "2"].flatMap((subnet) => [
          expect.stringContaining(`publicSubnet${subnet}DefaultRoute`),
          expect.stringContaining(`publicSubnet${subnet}RouteTableAssociation`),
        ]),
      ),
    );
  });

  it("names its group to CloudFormation", () => {
    const { template } = synthesize();
    const id = Object.keys(template.findResources("AWS::AutoScaling::AutoScalingGroup")).find((name) =>
      name.startsWith(group),
    );
    expect(launchDataOf(group)["UserData"]).toContain(`\nGROUP_RESOURCE=${id}\n`);
  });
});

describe("the groups", () => {
  it("are upgraded workers first, because old workers cannot run jobs of a newer bot", () => {
    const { BotASG, WorkersASG } = resources(synthesize().template, "AWS::AutoScaling::AutoScalingGroup");
    expect(BotASG?.DependsOn).toContainEqual(expect.stringMatching(/^WorkersASG/));
    expect(WorkersASG?.DependsOn).not.toContainEqual(expect.stringMatching(/^BotASG/));
  });

  it("have one bot, for a moment two, and as many workers as the options say", () => {
    const groups = resources(
      synthesize({ workersMin: 2, workersMax: "9" }).template,
      "AWS::AutoScaling::AutoScalingGroup",
    );
    expect(groups["BotASG"]?.Properties).toMatchObject({ MinSize: "1", MaxSize: "2" });
    expect(groups["WorkersASG"]?.Properties).toMatchObject({ MinSize: "2", MaxSize: "9" });
    // With a desired capacity, each deployment would undo the scaling.
    for (const group of Object.values(groups)) expect(group.Properties).not.toHaveProperty("DesiredCapacity");
  });

  it("of workers scales with the jobs that wait for each worker", () => {
    const { Backlog } = resources(
      synthesize({ backlogPerWorker: 30 }).template,
      "AWS::AutoScaling::ScalingPolicy",
    );
    expect(Backlog?.Properties).toMatchObject({
      AutoScalingGroupName: "<WorkersASG>",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        TargetValue: 30,
        CustomizedMetricSpecification: {
          Metrics: [
            {
              Id: "jobs",
              ReturnData: false,
              MetricStat: {
                Stat: "Sum",
                Metric: {
                  Namespace: "AWS/SQS",
                  MetricName: "ApproximateNumberOfMessagesVisible",
                  Dimensions: [{ Name: "QueueName", Value: "<Work.QueueName>" }],
                },
              },
            },
            {
              Id: "workers",
              ReturnData: false,
              MetricStat: {
                Stat: "Average",
                Metric: {
                  Namespace: "AWS/AutoScaling",
                  MetricName: "GroupInServiceInstances",
                  Dimensions: [{ Name: "AutoScalingGroupName", Value: "<WorkersASG>" }],
                },
              },
            },
            { Id: "backlog", Expression: "jobs / workers", ReturnData: true },
          ],
        },
      },
    });
    const { WorkersASG } = resources(synthesize().template, "AWS::AutoScaling::AutoScalingGroup");
    expect(WorkersASG?.Properties["MetricsCollection"]).toEqual([
      { Granularity: "1Minute", Metrics: ["GroupInServiceInstances"] },
    ]);
  });
});

describe("the code", () => {
  it("has only the production files, and a new version of them creates a new version of the launch template", () => {
    const { folder } = synthesize();
    const archive = readdirSync(folder).find((name) => name.startsWith("asset.")) ?? "";
    const files = readdirSync(join(folder, archive), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, archive).length + 1));
    const others = files.filter((file) => !/^(?:src\/.+\.(?:ts|json)|infra\/instance\/[\w.-]+)$/.test(file));
    expect(others.toSorted()).toEqual(["package-lock.json", "package.json"]);
    expect(files).toEqual(
      expect.arrayContaining(["src/bot/main.ts", "src/worker/main.ts", "infra/instance/install.sh"]),
    );
    for (const group of GROUPS)
      expect(launchDataOf(group)["UserData"]).toContain(`/${archive.replace("asset.", "")}.zip'`);
  });
});
