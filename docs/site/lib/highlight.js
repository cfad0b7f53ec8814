// Code as HTML: short elements for the kinds of words, since there are many; style.css gives them colours.

import { createHighlighter, createCssVariablesTheme } from "shiki";
import { escape } from "./html.js";

const languages = ["cpp", "c", "cmake", "bash", "python", "json", "yaml", "javascript", "typescript", "html", "css",
    "docker", "rust", "diff", "markdown", "toml", "xml"];
const theme = createCssVariablesTheme({ name: "course", variablePrefix: "--", fontStyle: false });
const highlighter = await createHighlighter({ themes: [theme], langs: languages });

const elements = {
    "var(--token-keyword)": "b",
    "var(--token-string)": "u",
    "var(--token-string-expression)": "u",
    "var(--token-comment)": "i",
    "var(--token-constant)": "var",
    "var(--token-function)": "dfn",
    "var(--token-inserted)": "ins",
    "var(--token-deleted)": "del",
};

const byExtension = {
    cpp: "cpp", hpp: "cpp", cc: "cpp", h: "cpp", c: "c", cmake: "cmake", sh: "bash", bash: "bash", py: "python", json: "json",
    yml: "yaml", yaml: "yaml", js: "javascript", mjs: "javascript", ts: "typescript", html: "html", css: "css",
    patch: "diff", diff: "diff", md: "markdown", toml: "toml", rs: "rust", svg: "xml", xml: "xml",
};

export function languageOf(path, text) {
    const name = path.split("/").pop();
    if (name === "CMakeLists.txt") {
        return "cmake";
    }
    if (/^(Dockerfile|Containerfile)/.test(name)) {
        return "docker";
    }
    const shebang = /^#!.*\b(bash|sh|python3?|node)\b/.exec(text);
    if (shebang) {
        return { bash: "bash", sh: "bash", node: "javascript" }[shebang[1]] ?? "python";
    }
    return byExtension[name.split(".").pop()] ?? "text";
}

const cache = new Map();

// A line is a list of [element or "", text].
export function tokenLines(text, language) {
    const key = `${language}\n${text}`;
    if (!cache.has(key)) {
        cache.set(key, languages.includes(language) ? colouredLines(text, language) : plainLines(text));
    }
    return cache.get(key);
}

function plainLines(text) {
    return text.split("\n").map(line => [["", line]]);
}

function colouredLines(text, language) {
    const lines = highlighter.codeToTokensBase(text, { lang: language, theme: "course", tokenizeTimeLimit: 0 });
    return lines.map(line => {
        const merged = [];
        for (const { content, color } of line) {
            const kind = content.trim() === "" ? (merged.at(-1)?.[0] ?? "") : (elements[color] ?? "");
            if (merged.length && merged.at(-1)[0] === kind) {
                merged.at(-1)[1] += content;
            } else {
                merged.push([kind, content]);
            }
        }
        return merged;
    });
}

export function lineHtml(tokens) {
    return tokens.map(([kind, text]) => (kind ? `<${kind}>${escape(text)}</${kind}>` : escape(text))).join("");
}

export function codeHtml(text, language) {
    return tokenLines(text.replace(/\n$/, ""), language).map(lineHtml).join("\n");
}

// What was typed, and what was answered.
export function consoleHtml(text) {
    return text.replace(/\n$/, "").split("\n").map(line => {
        const typed = /^(\$ )(.*)$/.exec(line);
        if (typed) {
            return `<i>$ </i><b>${escape(typed[2])}</b>`;
        }
        return /^# exit status/.test(line) ? `<i>${escape(line)}</i>` : escape(line);
    }).join("\n");
}

// Commands to type, and beside them, after some spaces, what they do.
export function commandsHtml(text) {
    return text.replace(/\n$/, "").split("\n").map(line => {
        const [, command, rest] = /^(.*?\S)?(\s{3,}\S.*)?$/.exec(line);
        return escape(command ?? "") + (rest ? `<i>${escape(rest)}</i>` : "");
    }).join("\n");
}
