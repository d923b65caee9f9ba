package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.report.Markup;
import java.util.function.Consumer;

/** What all pages have around them. */
record Layout(boolean hasLogout) {
    /**
     * A whole page.
     *
     * @param here the navigation's entry that this is; empty for none
     * @param content writes what is within {@code main}
     */
    String page(String title, String here, Consumer<Markup> content) {
        Markup html = Markup.html();
        html.open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", title + " · Allclear");
        html.empty("link", "rel", "icon", "href", "/assets/icon.svg", "type", "image/svg+xml");
        html.empty("link", "rel", "stylesheet", "href", "/assets/console.css");
        html.leaf("script", "", "src", "/assets/console.js", "defer", "defer");
        html.close().open("body");
        html.leaf("a", "To the content", "class", "skip", "href", "#content");
        navigation(html, here);
        html.open("main", "class", "page", "id", "content", "tabindex", "-1");
        content.accept(html);
        html.close();
        html.leaf("footer", "Allclear. Absence of evidence is never a pass.", "class", "page");
        return html.close().close().toString();
    }

    private void navigation(Markup html, String here) {
        html.open("header", "class", "top").open("div", "class", "page bar");
        html.leaf("a", "Allclear", "class", "brand", "href", "/");
        html.open("nav", "aria-label", "Pages");
        entry(html, "Runs", "/", here);
        entry(html, "Services", "/services", here);
        html.close();
        html.leaf("p", "", "id", "live", "role", "status", "class", "small");
        if (hasLogout) {
            html.open("form", "method", "post", "action", "/logout")
                    .leaf("button", "Log out", "type", "submit", "class", "quiet")
                    .close();
        }
        html.close().close();
    }

    private static void entry(Markup html, String name, String address, String here) {
        if (name.equals(here)) {
            html.leaf("a", name, "href", address, "aria-current", "page");
        } else {
            html.leaf("a", name, "href", address);
        }
    }

    /** A part that the script fetches again whenever something is heard on the stream of events. */
    static void live(Markup html, String fragment, String events, String content, Consumer<Markup> write) {
        html.open("div", "class", content, "data-live", fragment, "data-follow", events);
        write.accept(html);
        html.close();
    }

    /** A page with nothing but a sentence. */
    String sentence(String title, String sentence) {
        return page(title, "", html -> html.open("section")
                .leaf("h1", title)
                .leaf("p", sentence)
                .close());
    }
}
