/**
 * {@code allclear.yaml} and the environment, read into validated records. Every mistake is collected and reported at once;
 * a configuration that could be constructed is valid. The only place, beside mains and the command line, that reads the
 * environment.
 */
@NullMarked
package dev.allclear.config;

import org.jspecify.annotations.NullMarked;
