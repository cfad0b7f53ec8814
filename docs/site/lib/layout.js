// What stands around every page.

import { escape, relative } from "./html.js";

const themeSwitch = `<button type=button id=theme class=script-only aria-label="Dark or light">◐</button>`;
const searchButton = `<button type=button id=search-open class=script-only>Search <kbd>/</kbd></button>`;

// Before the first paint, so that nothing flashes.
const early = `try{const t=localStorage.theme;if(t)document.documentElement.dataset.theme=t}catch{}document.documentElement.classList.add("script")`;

function navigation(page, site) {
    const link = ([url, label, number], inside = "") => {
        const current = url === page.url;
        const shown = number ? `<b>${number}</b> ${escape(label)}` : escape(label);
        return `<li><a href="${relative(page.url, url)}"${current ? " aria-current=page" : ""}>${shown}</a>${current ? inside : ""}</li>`;
    };
    const toc = (page.toc ?? []).filter(each => each.level === 2);
    const inside = toc.length ? `<ul class=toc>${toc.map(each => `<li><a href="#${each.id}">${escape(each.title)}</a></li>`).join("")}</ul>` : "";
    return site.menu.map(group => `<p>${escape(group.title)}</p><ul>${group.links.map(each => link(each, inside)).join("")}</ul>`).join("");
}

function pager(page) {
    const link = (target, label, side) => (target
        ? `<a class=${side} rel=${side} href="${relative(page.url, target[0])}"><small>${label}</small> ${target[2] ? `${target[2]} ` : ""}${escape(target[1])}</a>` : "<span></span>");
    return page.previous || page.next
        ? `<nav class=pager aria-label="Previous and next">${link(page.previous, "Previous", "prev")}${link(page.next, "Next", "next")}</nav>` : "";
}

export function layout(page, site) {
    const to = url => relative(page.url, url);
    const menu = navigation(page, site);
    const scripts = (page.scripts ?? []).map(name => `<script src="${to(`assets/${name}`)}" defer></script>`).join("");
    const crumbs = page.crumbs ? `<p class=crumbs>${page.crumbs}</p>` : "";
    return `<!doctype html>
<html lang=en>
<head>
<meta charset=utf-8>
<meta name=viewport content="width=device-width, initial-scale=1">
<title>${escape(page.title)}${page.url === "index.html" ? "" : ` · ${escape(site.title)}`}</title>
${page.description ? `<meta name=description content="${escape(page.description)}">\n` : ""}${page.base ? `<base href="${page.base}">\n` : ""}<meta name=color-scheme content="light dark">
<link rel=icon href="data:,">
<link rel=stylesheet href="${to("assets/style.css")}">
<script>${early}</script>
</head>
<body class="${page.kind}" data-root="${to("index.html").replace(/index\.html$/, "")}">
<a class=skip href="#content">To the text</a>
<header class=top>
<details class=menu><summary aria-label=Menu>☰</summary><nav aria-label="Menu">${menu}</nav></details>
<a class=home href="${to("index.html")}">${escape(site.title)}</a>
${searchButton}${themeSwitch}
</header>
<nav class=side aria-label=Course>${menu}</nav>
<main id=content tabindex=-1>
<article>
${crumbs}<h1>${page.heading ?? escape(page.title)}</h1>
${page.minutes ? `<p class=meta>About ${page.minutes} minutes${page.meta ? ` · ${page.meta}` : ""}</p>` : page.meta ? `<p class=meta>${page.meta}</p>` : ""}
${page.html}
</article>
${pager(page)}
</main>
<script src="${to("assets/site.js")}" defer></script>${scripts}
</body>
</html>
`;
}
