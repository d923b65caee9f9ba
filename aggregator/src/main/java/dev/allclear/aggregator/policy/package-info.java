/**
 * Which checks a database's migrations must pass and how long the answers may take, read from {@code policy} and
 * {@code databases.NAME.policy}.
 */
@NullMarked
package dev.allclear.aggregator.policy;

import org.jspecify.annotations.NullMarked;
