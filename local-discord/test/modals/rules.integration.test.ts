import { DiscordAPIError } from "discord.js";
import { describe, expect, it } from "vitest";
import { callback } from "./callback.ts";
import { checkboxes, files, label, letters, modalOf, radio, text, users } from "./components.ts";
import { modalBot } from "./modal-bot.ts";

const bot = modalBot();
const simple = modalOf(text("text"));

describe("the rules for modals", () => {
  const options = [1, 2].map((number) => ({ label: `${number}`, value: `${number}`, default: true }));
  const row = (...components: object[]) => ({ type: 1, components });
  const old = { type: 4, style: 1, custom_id: "old", label: "Old" };
  const long = (length: number) => "a".repeat(length);
  const refusals: [field: string, code: string, modal: object][] = [
    ["title", "BASE_TYPE_MAX_LENGTH", { ...simple, title: long(46) }],
    ["custom_id", "BASE_TYPE_MIN_LENGTH", { ...simple, custom_id: "" }],
    ["components", "BASE_TYPE_MIN_LENGTH", modalOf()],
    ["components", "BASE_TYPE_BAD_LENGTH", modalOf(...["a", "b", "c", "d", "e", "f"].map((id) => text(id)))],
    [
      "components[0].label",
      "BASE_TYPE_MAX_LENGTH",
      { ...simple, components: [{ ...label(text("a")), label: long(46) }] },
    ],
    [
      "components[0].description",
      "BASE_TYPE_MAX_LENGTH",
      { ...simple, components: [{ ...label(text("a")), description: long(101) }] },
    ],
    ["components[1].component.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", modalOf(text("a"), radio("a"))],
    [
      "components[1].component.id",
      "COMPONENT_ID_DUPLICATED",
      modalOf(text("a", { id: 5 }), radio("b", { id: 5 })),
    ],
    ["components[0].component.style", "BASE_TYPE_REQUIRED", modalOf(text("a", { style: undefined }))],
    [
      "components[0].component.placeholder",
      "BASE_TYPE_MAX_LENGTH",
      modalOf(text("a", { placeholder: long(101) })),
    ],
    ["components[0].component.max_length", "NUMBER_TYPE_MAX", modalOf(text("a", { max_length: 4001 }))],
    [
      "components[0].component.min_length",
      "NUMBER_TYPE_MAX",
      modalOf(text("a", { min_length: 3, max_length: 2 })),
    ],
    [
      "components[0].component.value",
      "BASE_TYPE_MIN_LENGTH",
      modalOf(text("a", { min_length: 3, value: "ab" })),
    ],
    [
      "components[0].component.value",
      "BASE_TYPE_MAX_LENGTH",
      modalOf(text("a", { max_length: 1, value: "ab" })),
    ],
    ["components[0].component.disabled", "MODAL_COMPONENT_DISABLED", modalOf(users("a", { disabled: true }))],
    [
      "components[0].component.min_values",
      "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
      modalOf(letters("a", { min_values: 0 })),
    ],
    [
      "components[0].component.min_values",
      "COMPONENT_REQUIRED_ZERO_MIN_VALUES",
      modalOf(files("a", { min_values: 0 })),
    ],
    ["components[0].component.min_values", "NUMBER_TYPE_MAX", modalOf(files("a", { min_values: 2 }))],
    ["components[0].component.max_values", "NUMBER_TYPE_MAX", modalOf(files("a", { max_values: 11 }))],
    [
      "components[0].component.file_types[0]",
      "BASE_TYPE_CHOICES",
      modalOf(files("a", { file_types: ["text"] })),
    ],
    [
      "components[0].component.options",
      "BASE_TYPE_MIN_LENGTH",
      modalOf(radio("a", { options: options.slice(1) })),
    ],
    [
      "components[0].component.options",
      "COMPONENT_TOO_MANY_DEFAULT_VALUES",
      modalOf(radio("a", { options })),
    ],
    [
      "components[0].component.options[1].value",
      "COMPONENT_OPTION_VALUE_DUPLICATED",
      modalOf(
        radio("a", {
          options: [
            { label: "1", value: "1" },
            { label: "2", value: "1" },
          ],
        }),
      ),
    ],
    ["components[0].component.max_values", "NUMBER_TYPE_MAX", modalOf(checkboxes("a", { max_values: 4 }))],
    [
      "components[0].component.options",
      "COMPONENT_TOO_MANY_DEFAULT_VALUES",
      modalOf(checkboxes("a", { options, max_values: 1 })),
    ],
    [
      "components[0].components[0].label",
      "BASE_TYPE_REQUIRED",
      { ...simple, components: [row({ ...old, label: undefined })] },
    ],
    [
      "components[0].components[1]",
      "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
      { ...simple, components: [row(old, { ...old, custom_id: "b" })] },
    ],
  ];

  it("name the field of each error, and the bot can try again", async () => {
    const errors: string[] = [];
    bot.onInteraction(async (interaction) => {
      for (const [, , data] of refusals) {
        const error = await callback(interaction, { type: 9, data }).catch((reason: unknown) => reason);
        errors.push(error instanceof DiscordAPIError ? error.message : String(error));
      }
      await callback(interaction, { type: 9, data: simple });
    });
    await bot.discord.user("ketchup").command("open").modal();
    for (const [index, [field, code]] of refusals.entries())
      expect(errors[index]).toContain(`data.${field}[${code}]`);
  });
});
