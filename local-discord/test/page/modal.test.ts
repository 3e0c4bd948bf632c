import { ComponentType, SelectMenuDefaultValueType, TextInputStyle } from "discord-api-types/v10";
import { describe, expect, it } from "vitest";
import { initialParts, isChanged, type Field, type FilesField } from "../../page/modal/fields.ts";
import { explainProblem } from "../../page/modal/explain-problem.ts";
import { pickFiles } from "../../page/modal/pick-files.ts";
import { problemOf, problemsIn, recheck } from "../../page/modal/problems.ts";
import { submissionOf } from "../../page/modal/submission.ts";
import { english } from "../../page/texts/en.ts";
import type { ClientModal } from "../../src/client-protocol.ts";
import { everyKind } from "./modals.ts";

type Input = Extract<ClientModal["components"][number], { type: ComponentType.Label }>["component"];

const { Checkbox, CheckboxGroup, FileUpload, RadioGroup, StringSelect, TextInput } = ComponentType;
const options = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase() }));
const text = { type: TextInput, custom_id: "x", style: TextInputStyle.Short } as const;
const group = { type: CheckboxGroup, custom_id: "x", options } as const;
const radios = { type: RadioGroup, custom_id: "x", options } as const;
const select = { type: StringSelect, custom_id: "x", options } as const;
const upload = { type: FileUpload, custom_id: "x" } as const;

function field(component: Input, value?: unknown): Field {
  const [part] = initialParts({ components: [{ type: ComponentType.Label, label: "X", component }] });
  return { ...part, ...(value === undefined ? {} : { value }) } as Field;
}

const file = (name: string, size = 1) => new File([new Uint8Array(size)], name);

describe("the inputs of a modal", () => {
  it("have the prefilled values, and are sent with them", () => {
    const parts = initialParts(everyKind);
    expect(parts.map(({ kind }) => kind)).toEqual([
      "display",
      "text",
      "text",
      "select",
      "files",
      "radios",
      "select",
      "checkboxes",
      "checkbox",
      "text",
    ]);
    expect(submissionOf(parts)).toEqual({
      data: {
        components: [
          { type: 4, custom_id: "name", value: "" },
          { type: 4, custom_id: "why", value: "Because" },
          { type: 5, custom_id: "who", values: [] },
          { type: 19, custom_id: "files", values: [] },
          { type: 21, custom_id: "size", value: "m" },
          { type: 3, custom_id: "color", values: ["green"] },
          { type: 22, custom_id: "extras", values: ["mustard"] },
          { type: 23, custom_id: "agree", value: true },
          { type: 4, custom_id: "old", value: "" },
        ],
      },
      files: [],
    });
    const default_values = [{ id: "11", type: SelectMenuDefaultValueType.User } as const];
    expect(field({ type: ComponentType.UserSelect, custom_id: "x", default_values }).value).toEqual(["11"]);
  });

  it("send files by their index among all files", () => {
    const [a, b, c] = [file("a.png"), file("b.png"), file("c.png")];
    const uploads = [[a, b], [], [c]].map((files) =>
      field(
        upload,
        files.map((one) => ({ key: one.name, file: one })),
      ),
    );
    const { data, files } = submissionOf(uploads);
    expect(data.components.map((one) => "values" in one && one.values)).toEqual([["0", "1"], [], ["2"]]);
    expect(files).toEqual([a, b, c]);
  });

  it("know whether anything was entered", () => {
    const initial = initialParts(everyKind);
    const typed = initial.map((part) => (part.kind === "text" ? { ...part, value: "typed" } : part));
    expect([isChanged(initial, initial), isChanged(typed, initial)]).toEqual([false, true]);
  });
});

describe("a problem", () => {
  it.each<[string, Field, ReturnType<typeof problemOf>]>([
    ["an empty text", field(text), { of: "missing" }],
    ["an empty optional text", field({ ...text, required: false, min_length: 3 }), null],
    ["a short text", field({ ...text, min_length: 3 }, "ab"), { of: "tooShort", limit: 3 }],
    [
      "a short optional text",
      field({ ...text, required: false, min_length: 3 }, "ab"),
      { of: "tooShort", limit: 3 },
    ],
    ["a long text", field({ ...text, max_length: 3 }, "abcd"), { of: "tooLong", limit: 3 }],
    ["a text of 4,000 characters", field(text, "x".repeat(4000)), null],
    ["a text of 4,001 characters", field(text, "x".repeat(4001)), { of: "tooLong", limit: 4000 }],
    ["no radio button", field(radios), { of: "missing" }],
    ["no optional radio button", field({ ...radios, required: false }), null],
    ["a radio button whose value is long", field(radios, "everyone"), null],
    ["no checkbox of a group", field(group), { of: "missing" }],
    ["all checkboxes of a group", field(group, ["a", "b", "c"]), null],
    ["too few checkboxes", field({ ...group, min_values: 2 }), { of: "tooFew", limit: 2 }],
    ["too many checkboxes", field({ ...group, max_values: 1 }, ["a", "b"]), { of: "tooMany", limit: 1 }],
    ["nothing selected", field(select), { of: "missing" }],
    ["nothing selected where it is optional", field({ ...select, required: false }), null],
    ["two selected", field(select, ["a", "b"]), { of: "tooMany", limit: 1 }],
    ["no file", field(upload), { of: "missing" }],
    ["no optional file", field({ ...upload, required: false, min_values: 2 }), null],
    ["an empty checkbox", field({ type: Checkbox, custom_id: "x" }), null],
  ])("of %s", (_, one, problem) => {
    expect(problemOf(one)).toEqual(problem);
  });

  it("disappears when it is solved, and others appear on submission only", () => {
    const empty = field({ ...text, min_length: 3 });
    const found = problemsIn([empty]);
    const short = recheck(found, field({ ...text, min_length: 3 }, "ab"));
    expect([...short]).toEqual([["x", { of: "tooShort", limit: 3 }]]);
    expect([...recheck(short, field({ ...text, min_length: 3 }, "abc"))]).toEqual([]);
    expect([...recheck(new Map(), empty)]).toEqual([]);
  });
});

describe("an upload", () => {
  it("refuses files of other types, too large ones, and too many, in sentences", () => {
    const images = field({ ...upload, file_types: ["image", ".tif"], max_values: 2 }) as FilesField;
    const large = file("large.png", 10 * 1024 * 1024 + 1);
    const { field: filled, refused } = pickFiles(images, [
      file("notes.txt"),
      large,
      file("a.PNG"),
      file("b.tif"),
      file("c.jpg"),
    ]);
    expect(filled.value.map((one) => one.file.name)).toEqual(["a.PNG", "b.tif"]);
    expect(refused).toEqual({ wrongType: ["notes.txt"], tooLarge: ["large.png"], tooMany: ["c.jpg"] });
    expect(refused && explainProblem({ of: "files", refused }, filled, english)).toBe(
      "Not accepted here: notes.txt. Accepted: images, .tif. This file is too large to send: large.png. The limit is 10 MB a file. At most 2 files can be added here. Left out: c.jpg.",
    );
    expect(pickFiles(field(upload) as FilesField, [file("any")]).refused).toBe(null);
  });
});
