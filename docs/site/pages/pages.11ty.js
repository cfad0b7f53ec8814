// One template for all pages: what differs between them is made in ../lib.

import { layout } from "../lib/layout.js";

export default class {
    data() {
        return {
            pagination: { data: "site.pages", size: 1, alias: "shown" },
            permalink: ({ shown }) => shown.url,
            eleventyExcludeFromCollections: true,
        };
    }

    render({ shown, site }) {
        return layout(shown, site);
    }
}
