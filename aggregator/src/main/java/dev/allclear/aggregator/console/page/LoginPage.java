package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.report.Markup;

/** Asks a person for the token. It travels in a body, never in an address, which browsers and proxies write down. */
final class LoginPage {
    private LoginPage() {}

    static void write(Markup html, boolean wasWrong) {
        html.open("section", "class", "login").leaf("h1", "Log in", "class", "plain");
        if (wasWrong) {
            html.leaf("p", "That is not the token of this console.", "class", "wrong", "role", "alert");
        }
        html.open("form", "method", "post", "action", "/login");
        html.open("label").leaf("span", "Token");
        html.empty(
                "input",
                "type",
                "password",
                "name",
                "token",
                "autocomplete",
                "current-password",
                "required",
                "required");
        html.close().leaf("button", "Log in", "type", "submit").close();
        html.leaf("p", "It is the value of console.token in the configuration of the aggregator.", "class", "small");
        html.close();
    }
}
