/**
 * The demonstration: a shop database, an application that uses it and writes a log, and two real migrations. Drives only the
 * database and the application; whatever the report says about them was found by the checks.
 */
@NullMarked
package dev.allclear.cli.demo;

import org.jspecify.annotations.NullMarked;
