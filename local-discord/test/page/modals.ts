import { ComponentType, TextInputStyle } from "discord-api-types/v10";
import type { APIComponentInLabel, APILabelComponent } from "discord-api-types/v10";
import type { ClientModal } from "../../src/client-protocol.ts";

function labeled(label: string, component: APIComponentInLabel, description?: string): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    component,
    ...(description === undefined ? {} : { description }),
  };
}

const extras = ["Mustard", "Onions", "Relish", "Sauerkraut"].map((label) => ({
  value: label.toLowerCase(),
  label,
  default: label === "Mustard",
}));

/** A modal with every kind of component, twice as many as Discord allows in one. */
export const everyKind: ClientModal = {
  id: "90",
  custom_id: "order",
  title: "Order a hot dog",
  components: [
    {
      type: ComponentType.TextDisplay,
      content: "Tell us what you **want**. We deliver within _30 minutes_.",
    },
    labeled("Name", {
      type: ComponentType.TextInput,
      custom_id: "name",
      style: TextInputStyle.Short,
      placeholder: "Ketchup",
      min_length: 2,
      max_length: 20,
    }),
    labeled(
      "Why a hot dog?",
      {
        type: ComponentType.TextInput,
        custom_id: "why",
        style: TextInputStyle.Paragraph,
        value: "Because",
        required: false,
      },
      "A sentence or two",
    ),
    labeled("For whom", {
      type: ComponentType.UserSelect,
      custom_id: "who",
      max_values: 3,
    }),
    labeled(
      "Pictures",
      {
        type: ComponentType.FileUpload,
        custom_id: "files",
        file_types: ["image", ".tif"],
        max_values: 3,
        required: false,
      },
      "What it should look like",
    ),
    labeled("Size", {
      type: ComponentType.RadioGroup,
      custom_id: "size",
      required: false,
      options: [
        { value: "s", label: "Small", description: "15 cm" },
        { value: "m", label: "Medium", description: "20 cm", default: true },
        { value: "l", label: "Large" },
      ],
    }),
    labeled("Color", {
      type: ComponentType.StringSelect,
      custom_id: "color",
      options: [
        { value: "red", label: "Red" },
        { value: "green", label: "Green", description: "As relish", default: true },
      ],
    }),
    labeled("Extras", {
      type: ComponentType.CheckboxGroup,
      custom_id: "extras",
      options: extras,
      max_values: 2,
    }),
    labeled(
      "I have read the rules",
      { type: ComponentType.Checkbox, custom_id: "agree", default: true },
      "All of them, also those about cheese",
    ),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.TextInput,
          custom_id: "old",
          label: "An older input",
          style: TextInputStyle.Short,
          required: false,
        },
      ],
    },
  ],
};
