import { html } from "htm/preact";
import { render } from "preact";
import { App } from "./app.ts";
import { loadPreferences } from "./view/preferences.ts";

const root = document.getElementById("app");
if (root !== null) render(html`<${App} preferences=${loadPreferences()} />`, root);
