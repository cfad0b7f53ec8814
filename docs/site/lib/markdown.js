// The course's Markdown as HTML. The files stay as a code host shows them; what differs is done here.

import MarkdownIt from "markdown-it";
import { codeHtml, commandsHtml, consoleHtml, languageOf } from "./highlight.js";
import { escape, relative, uniqueSlugs } from "./html.js";
import { rewriteLink } from "./urls.js";
import { diagramFor, inlineImage } from "./diagrams.js";

const md = new MarkdownIt({ html: true, linkify: false, typographer: false });

// A link to the page itself keeps its anchor only.
function hrefOf(env, href) {
    const { outside, page, anchor } = rewriteLink(env.file, href);
    if (outside) {
        return outside;
    }
    const suffix = anchor === undefined ? "" : `#${env.anchorPrefix ?? ""}${anchor}`;
    const merged = env.mergedAnchor?.(page, anchor);
    if (merged) {
        return merged;
    }
    return page === "" || page === env.url ? suffix || relative(env.url, env.url) : relative(env.url, page + (anchor === undefined ? "" : `#${anchor}`));
}

md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const href = hrefOf(env, tokens[index].attrGet("href"));
    tokens[index].attrSet("href", href);
    if (/^[a-z]+:/i.test(href)) {
        tokens[index].attrSet("rel", "external");
    }
    return self.renderToken(tokens, index, options);
};

md.renderer.rules.image = (tokens, index, options, env) =>
    inlineImage(env, tokens[index].attrGet("src"), tokens[index].content, href => hrefOf(env, href));

md.renderer.rules.html_block = (tokens, index) => tokens[index].content.replace(/<!--[^]*?-->/g, "");
md.renderer.rules.html_inline = md.renderer.rules.html_block;

const commands = /^(\$ |\.\/course|cmake|ctest|git |build\/|cd |docs\/|curl|npm|nats|\.ci\/|tests\/|export )/;

function codeFigure(text, language, caption = "") {
    const html = language === "console" ? consoleHtml(text) : language === "commands" ? commandsHtml(text) : codeHtml(text, language);
    const name = language === "console" ? "Commands and what they print" : caption ? "" : language === "commands" ? "Commands" : "Code";
    const label = name || caption.replace(/<[^>]*>/g, "");
    const wide = Math.max(...text.split("\n").map(line => line.length)) > 84;
    return `<figure class="code${wide ? " wide" : ""}${language === "console" ? " console" : ""}">`
        + (caption ? `<figcaption>${caption}</figcaption>` : "")
        + `<pre tabindex=0 role=group aria-label="${label}"><code>${html}</code></pre></figure>`;
}

md.renderer.rules.fence = (tokens, index, options, env) => {
    const { info, content } = tokens[index];
    const language = { sh: "bash", text: "text", "": "text", "c++": "cpp", dockerfile: "docker" }[info.trim()] ?? info.trim();
    return language === "mermaid" ? diagramFor(env, content) : codeFigure(content, language, tokens[index].meta?.caption);
};

md.renderer.rules.code_block = (tokens, index) => {
    const { content } = tokens[index];
    return codeFigure(content, commands.test(content.trim()) ? "commands" : "text");
};

md.renderer.rules.table_open = (tokens, index, options, env) =>
    `<div class="table" role=group tabindex=0 aria-label="Table ${env.tables = (env.tables ?? 0) + 1}"><table>`;
md.renderer.rules.table_close = () => "</table></div>";

// An empty header cell is no header.
md.renderer.rules.th_open = (tokens, index, options, env, self) => {
    const empty = tokens[index + 1].content.trim() === "";
    tokens[index].tag = empty ? "td" : "th";
    if (!empty) {
        tokens[index].attrSet("scope", "col");
    }
    env.emptyHeader = empty;
    return self.renderToken(tokens, index, options);
};
md.renderer.rules.th_close = (tokens, index, options, env) => (env.emptyHeader ? "</td>" : "</th>");

// Blocks at the top level, each a list of tokens. What is folded, from <details> to </details>, is one block.
function topBlocks(tokens) {
    const blocks = [];
    let depth = 0;
    let folded = false;
    for (const token of tokens) {
        if (depth === 0 && !folded) {
            blocks.push([]);
        }
        depth += token.nesting;
        blocks.at(-1).push(token);
        if (depth === 0 && token.type === "html_block") {
            folded = (folded || /<details/.test(token.content)) && !/<\/details>/.test(token.content);
        }
    }
    return blocks;
}

const isFolded = block => block[0].type === "html_block" && /<details/.test(block[0].content);

// The tables within a block.
function tablesIn(block) {
    const opens = block.flatMap((token, index) => (token.type === "table_open" ? [index] : []));
    return opens.map(from => block.slice(from, block.findIndex((token, index) => index > from && token.type === "table_close") + 1));
}

const plainText = inline => (inline.children ?? [])
    .map(child => (child.type === "softbreak" ? " " : child.type === "text" || child.type === "code_inline" ? child.content : "")).join("");

function blockText(block) {
    return block.map(token => (token.type === "inline" ? plainText(token) : token.type === "fence" && token.info !== "mermaid" ? token.content : "")).join(" ");
}

const isNavigation = block => block[0].type === "paragraph_open" && /\[Contents\]\(|\[Part two\]\(/.test(block[1].content)
    && /^(About|Previous|Before|\[)/.test(block[1].content);

const isCaption = block => block[0].type === "paragraph_open" && block[1].children.length >= 3
    && (block[1].children[0].type === "link_open" || block[1].children[0].content === "★ ") && block[1].children.at(-1).type === "link_close"
    && block[1].children.filter(child => child.type === "link_open").length === 1;

// {title, minutes, html, toc: [{level, id, title}], sections: [{id, title, text}]}
export function renderMarkdown(text, env) {
    const tokens = md.parse(text, env);
    const page = { title: "", minutes: "", toc: [], sections: [] };
    const slugs = uniqueSlugs();
    const parts = [];
    let section = { id: "", title: "", text: "" };
    page.sections.push(section);
    const blocks = topBlocks(tokens);
    let pairOf = "";  // "05 06" after a comment that begins a table of changes
    for (let index = 0; index < blocks.length; ++index) {
        const block = blocks[index];
        const first = block[0];
        if (first.type === "html_block") {
            pairOf = /<!-- changes: (\d\d) (\d\d)/.exec(first.content)?.slice(1).join("-") ?? (/<!-- end/.test(first.content) ? "" : pairOf);
        }
        if (first.type === "heading_open") {
            const level = Number(first.tag[1]);
            const title = plainText(block[1]);
            const id = (env.anchorPrefix ?? "") + slugs(title);
            section = { id, title, text: "" };
            page.sections.push(section);
            if (level === 1 && !page.title) {
                page.title = title;
                section.id = env.anchorPrefix ? id : "";
                parts.push({ kind: "title", html: title });
                continue;
            }
            page.toc.push({ level, id, title });
            const tag = env.anchorPrefix && level < 6 ? `h${level}` : first.tag;
            const inner = md.renderer.renderInline(block[1].children, md.options, env);
            parts.push({ kind: "heading", html: `<${tag} id="${id}">${inner}<a class=anchor href="#${id}" aria-label="Link to: ${escape(title)}">#</a></${tag}>` });
            continue;
        }
        if (isNavigation(block)) {
            page.minutes = /About (\d+) minutes/.exec(block[1].content)?.[1] ?? "";
            continue;
        }
        section.text += ` ${blockText(block)}`;
        if (isCaption(block) && blocks[index + 1]?.[0].type === "fence") {
            const caption = md.renderer.renderInline(block[1].children, md.options, env);
            blocks[index + 1][0].meta = { caption };
            continue;
        }
        if (pairOf && env.changes) {
            tablesIn(block).forEach(table => env.changes(pairOf, table));
        }
        const picture = first.type === "paragraph_open" && block[1].children.length === 1 && block[1].children[0].type === "image";
        const html = picture ? md.renderer.renderInline(block[1].children, md.options, env) : md.renderer.render(block, md.options, env);
        if (html.trim() === "") {
            continue;
        }
        const code = (first.type === "fence" && first.info.trim() !== "mermaid") || first.type === "code_block";
        const text_ = first.type === "paragraph_open" ? block[1].content : "";
        parts.push({ kind: code ? "code" : isFolded(block) || first.type === "table_open" || first.type === "fence" ? "wide" : "text", html, leads: /:$/.test(text_.trim()) });
    }
    page.html = assemble(parts.filter(part => part.kind !== "title"));
    return page;
}

// Code, the paragraph before it if that leads to it, and what is said after it, as one pair: on a
// wide page the code stands beside the text.
function assemble(parts) {
    const out = [];
    for (let index = 0; index < parts.length;) {
        const lead = parts[index].kind === "text" && parts[index + 1]?.kind === "code" ? index : -1;
        const code = lead >= 0 ? index + 1 : parts[index].kind === "code" ? index : -1;
        if (code < 0) {
            out.push(parts[index++].html);
            continue;
        }
        let end = code + 1;
        while (parts[end]?.kind === "text" && parts[end + 1]?.kind !== "code") {
            ++end;
        }
        const before = lead >= 0 ? parts[lead].html : "";
        const after = parts.slice(code + 1, end).map(part => part.html).join("");
        out.push(before || after
            ? `<div class=pair>${before ? `<div>${before}</div>` : ""}${parts[code].html}${after ? `<div>${after}</div>` : ""}</div>`
            : parts[code].html);
        index = end;
    }
    return out.join("\n");
}

// A file of the sources that is Markdown, without headings of its own in the page's outline.
export function renderInlineMarkdown(text, env) {
    return md.renderInline(text, env);
}

export { codeFigure, languageOf };
