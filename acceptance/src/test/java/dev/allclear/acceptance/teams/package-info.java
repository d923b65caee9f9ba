/** Checks of teams beside the built-in ones: the examples in other languages, the page that leads to them, recipes for consumers. */
package dev.allclear.acceptance.teams;
