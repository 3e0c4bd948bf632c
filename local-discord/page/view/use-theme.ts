import { useEffect, useState } from "preact/hooks";

export type Theme = "light" | "dark";

const key = "local-discord.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Returns the theme and a function to switch it. The system's theme applies until the person chooses the other one. */
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
