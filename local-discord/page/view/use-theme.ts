import { useEffect, useState } from "preact/hooks";

export type Theme = "light" | "dark";

const key = "local-discord.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The theme shown and a way to change it: the system's own until somebody wants the other one, which is remembered. */
export function useTheme(): [Theme, () => void] {
  const [chosen, setChosen] = useState(() => themeOf(localStorage.getItem(key)));
  const [systems, setSystems] = useState<Theme>(systemTheme);
  const shown = chosen ?? systems;
  useEffect(() => {
    const follow = () => setSystems(systemTheme());
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    document.documentElement.style.colorScheme = chosen ?? "";
    if (chosen === null) localStorage.removeItem(key);
    else localStorage.setItem(key, chosen);
  }, [chosen]);
  const other = shown === "dark" ? "light" : "dark";
  return [shown, () => setChosen(other === systems ? null : other)];
}

function systemTheme(): Theme {
  return dark.matches ? "dark" : "light";
}

function themeOf(text: string | null): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}
