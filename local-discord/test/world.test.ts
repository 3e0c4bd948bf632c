import { ChannelType, PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { checkWorld, parseWorld } from "../src/state/world-description.ts";

const small = { people: [{ name: "ann" }], guilds: [{ name: "Home", channels: [{ name: "general" }] }] };

/** Returns the error of a description, without its first line. */
function problems(description: unknown): string {
  try {
    checkWorld(description);
  } catch (error) {
    return String(error);
  }
  return "";
}

describe("the description of a world", () => {
  it("gets defaults, and permissions become bits", () => {
    const roles = [{ name: "mods", permissions: ["ManageMessages", "ManageThreads"] }];
    const { bot, guilds } = checkWorld({ ...small, guilds: [{ ...small.guilds[0], roles }] });
    expect(bot).toEqual({ name: "bot" });
    expect(guilds[0]).toMatchObject({
      locale: "en-US",
      bot: true,
      channels: [{ name: "general", type: ChannelType.GuildText, nsfw: false }],
      roles: [
        { permissions: PermissionFlagsBits.ManageMessages | PermissionFlagsBits.ManageThreads, members: [] },
      ],
    });
  });

  it("is refused with the place of every fault", () => {
    const found = problems({
      people: [{ name: "Ann Lee" }, { name: "bob" }],
      guilds: [{ name: "Home", chanels: [], channels: [], roles: [{ name: "r", permissions: ["Fly"] }] }],
    });
    expect(found).toContain("The name of a person has 2 to 32 lowercase letters, digits, _ and dots.");
    expect(found).toContain("people[0].name");
    expect(found).toContain('Unrecognized key: "chanels"');
    expect(found).toContain("guilds[0].channels");
    expect(found).toContain("There is no permission Fly.");
    expect(found).toContain("guilds[0].roles[0].permissions[0]");
  });

  it("names people who exist, and every name and id once", () => {
    const id = "100000000000000001";
    const found = problems({
      owner: "zoe",
      people: [{ name: "ann", id }, { name: "ann" }],
      guilds: [
        {
          name: "Home",
          id,
          roles: [{ name: "mods", members: ["carl"] }],
          channels: [{ name: "general" }, { name: "general" }],
        },
      ],
    });
    expect(found).toContain("There is no person zoe. The people are: ann, ann.\n  → at owner");
    expect(found).toContain("The people are: ann, ann.\n  → at guilds[0].roles[0].members[0]");
    expect(found).toContain("This name is taken.\n  → at people[1].name");
    expect(found).toContain("This name is taken.\n  → at guilds[0].channels[1].name");
    expect(found).toContain(`The id ${id} is used twice.`);
  });

  it("can be JSON", () => {
    expect(parseWorld(JSON.stringify(small))).toEqual(small);
    expect(() => parseWorld("{")).toThrow("The world is not valid: it is not JSON.");
  });
});
